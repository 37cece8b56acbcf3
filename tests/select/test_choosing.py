from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.records.models import Target
from feedback_lab.records.rows import Ints
from feedback_lab.select.candidates import BY_NAME
from feedback_lab.select.choosing import choose
from feedback_lab.select.features import Reader
from feedback_lab.select.model import TextModel
from feedback_lab.select.tempering import Temper
from feedback_lab.select.trials import Trial

TRUTH = np.arange(600) % 2
MODEL = TextModel("", Target("label", "kind", ("a", "b")), Reader(), (), Temper((), (), 1.0, np.zeros(2)))


def wrong_in(first: int, last: int) -> Ints:
    """Verdicts that are wrong in these rows and right in all others."""
    said = TRUTH.copy()
    said[first:last] = 1 - said[first:last]
    return said


@pytest.mark.parametrize(
    ("words", "letters", "meaning", "recommended", "says"),
    [
        (wrong_in(0, 200), wrong_in(0, 100), wrong_in(0, 20), "meaning", "everything simpler is shown to be worse"),
        (wrong_in(0, 100), wrong_in(0, 100), wrong_in(0, 100), "words", "nothing simpler predicts anything"),
        (wrong_in(0, 100), wrong_in(0, 60), wrong_in(100, 158), "words+characters", "not shown to be worse"),
        # One right row more is no proof; sixteen of the same rows are, though their own intervals overlap.
        (wrong_in(0, 61), wrong_in(0, 60), wrong_in(0, 60), "words", "not shown to be worse"),
        (wrong_in(0, 76), wrong_in(0, 60), wrong_in(0, 60), "words+characters", "shown to be worse"),
    ],
)
def test_the_simplest_that_is_not_shown_to_be_worse(
    words: Ints, letters: Ints, meaning: Ints, recommended: str, says: str
) -> None:
    names = ("words", "words+characters", "meaning")
    trials = tuple(
        Trial(BY_NAME[name], MODEL, said, (), 0.0) for name, said in zip(names, (words, letters, meaning), strict=True)
    )
    chosen, reason = choose(trials, TRUTH, 2, 0)
    assert chosen.plan.name == recommended
    assert says in reason


def test_guessing_by_lot_is_not_recommended() -> None:
    lot = np.random.default_rng(0).integers(0, 2, len(TRUTH))
    trials = tuple(Trial(BY_NAME[name], MODEL, said, (), 0.0) for name, said in (("majority", TRUTH * 0), ("words", lot)))
    assert choose(trials, TRUTH, 2, 0)[0].plan.name == "majority"


def test_nothing_beats_the_majority() -> None:
    trials = tuple(Trial(BY_NAME[name], MODEL, np.zeros_like(TRUTH), (), 0.0) for name in ("majority", "words"))
    chosen, reason = choose(trials, TRUTH, 2, 0)
    assert chosen.plan.name == "majority"
    assert "don't give the target away" in reason
