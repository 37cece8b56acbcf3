from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from feedback_lab.drift.scoring import Champion, contest, known_truth, score, train_champion
from feedback_lab.records.rows import Rows
from tests.drift.samples import rows, train


@pytest.mark.parametrize(
    ("labels", "ratings", "classes", "truth"),
    [
        (["a", None], None, ("a", "b"), ["a", None]),
        (None, [1.0, np.nan], ("negative", "positive"), ["negative", None]),
        (["a", "b"], [3.0, 4.5], ("negative", "neutral", "positive"), ["neutral", "positive"]),
        (["positive", "negative"], [1.0, 5.0], ("negative", "positive"), ["positive", "negative"]),
        (None, [1.0, 5.0], ("a", "b"), [None, None]),
        (None, None, ("a", "b"), [None, None]),
    ],
)
def test_the_class_of_a_row(
    labels: list[str | None] | None, ratings: list[float] | None, classes: tuple[str, ...], truth: list[str | None]
) -> None:
    found = Rows(np.arange(2), ["x", "y"], None, None if ratings is None else np.array(ratings), labels)
    assert list(known_truth(found, classes)) == truth


def test_a_champion_is_scored_on_rows_that_it_did_not_see() -> None:
    champion = train_champion(rows(300), train, known_truth, 0)
    assert champion is not None
    assert len(champion.rows) == 240
    assert champion.reference is not None
    assert champion.reference.n == 60


def test_rows_without_classes_make_no_champion_and_no_score() -> None:
    bare = replace(rows(300), labels=None, ratings=None)
    assert train_champion(bare, train, known_truth, 0) is None
    assert score(train(rows(100)), rows(100), bare, known_truth, 0) is None


def test_texts_that_a_model_has_seen_do_not_count() -> None:
    old = rows(300)
    assert score(train(old), old, Rows.joined([old, rows(40, seed=9)]), known_truth, 0) == score(
        train(old), old, rows(40, seed=9), known_truth, 0
    )


def test_a_challenger_learns_a_class_that_the_champion_does_not_know() -> None:
    old = rows(400, shares=(0.5, 0.5, 0.0))
    duel = contest(Champion(train(old), None, old), rows(400, seed=1, shares=(0.3, 0.3, 0.4), first=401), train, known_truth, 0)
    assert duel is not None
    assert duel.challenger.classes == ("billing", "delivery", "fit")
    assert duel.difference.low > 0.1
    assert duel.challenger_new.n == 200
    assert duel.difference.value == pytest.approx(duel.challenger_new.value - duel.champion_new.value)


def test_new_rows_may_have_other_columns() -> None:
    old, new = rows(300), replace(rows(200, seed=1, first=301), ratings=None, segments={"shop": ["web"] * 200})
    assert contest(Champion(train(old), None, old), new, train, known_truth, 0) is not None
    assert contest(Champion(train(old), None, old), replace(new, labels=None), train, known_truth, 0) is None
