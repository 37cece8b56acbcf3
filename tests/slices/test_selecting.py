"""Selection rates by group and the four-fifths rule."""

from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.intervals import wilson
from feedback_lab.slices.selecting import lowest_to_highest, says_of_rule


def test_four_fifths_by_hand() -> None:
    """48 of 80 applicants against 12 of 40 (the example of the guidelines' own questions and answers): 0.30 / 0.60 = 0.5."""
    found = lowest_to_highest([wilson(48, 80), wilson(12, 40)])
    assert found is not None
    assert found.value == pytest.approx(0.5)
    assert found.n == 120
    assert 0.25 < found.low < found.value < found.high < 0.9


@pytest.mark.parametrize(
    ("rates", "says"),
    [
        ([(480, 800), (120, 400)], "below four fifths, and established"),
        ([(48, 80), (18, 40)], "below four fifths, but not established"),
        ([(48, 80), (22, 40)], "above four fifths, but not established"),
        ([(4_800, 8_000), (4_700, 8_000)], "above four fifths, and established"),
        ([(48, 80)], "can't be compared"),
        ([(0, 80), (0, 70)], "can't be compared"),
    ],
)
def test_what_may_be_concluded(rates: list[tuple[int, int]], says: str) -> None:
    assert says in says_of_rule(lowest_to_highest([wilson(*rate) for rate in rates]), "hired")


def test_nobody_of_a_group() -> None:
    found = lowest_to_highest([wilson(0, 50), wilson(20, 50)])
    assert found is not None
    assert (found.value, found.low) == (0, 0)
    assert found.high < 0.8


def test_everybody_of_all_groups() -> None:
    found = lowest_to_highest([wilson(50, 50), wilson(50, 50)])
    assert found is not None
    assert (found.value, found.high) == (1, 1)
    assert found.low > 0.8


def test_the_interval_knows_that_the_pair_was_picked() -> None:
    """Six groups with the same rate: the high end stays below 1 in about one of twenty draws, not in most."""
    random = np.random.default_rng(1)
    below = 0
    for _ in range(150):
        found = lowest_to_highest([wilson(int(hits), 100) for hits in random.binomial(100, 0.4, 6)])
        below += found is not None and found.high < 1
    assert below / 150 < 0.1
