"""Macro-F1 of small groups: the interval holds the true figure about 95 times of 100, where plain resampling does not."""

from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.intervals import LEVEL, macro_f1_of
from feedback_lab.records.rows import Floats
from feedback_lab.slices.scoring import score

MIXED = np.array([[8.0, 3, 2], [3, 6, 5], [2, 3, 68]]) / 100
GOOD = np.diag([0.097, 0.194, 0.679]) + 0.01 / 3
EVEN = np.array([[0.4, 0.1], [0.1, 0.4]])


@pytest.mark.parametrize(
    ("cells", "n", "least"),
    [
        (MIXED, 60, 0.9),
        (MIXED, 200, 0.91),
        (GOOD, 30, 0.9),
        (GOOD, 60, 0.92),
        (GOOD, 200, 0.92),
        (EVEN, 30, 0.91),
        (EVEN, 150, 0.92),
    ],
)
def test_intervals_hold_the_true_macro_f1(cells: Floats, n: int, least: float) -> None:
    random, classes = np.random.default_rng(17), len(cells)
    true, held = float(macro_f1_of(cells / cells.sum())), 0
    for seed in range(150):
        truth, predicted = np.divmod(random.choice(classes**2, n, p=(cells / cells.sum()).ravel()), classes)
        found = score(truth, predicted, "macro_f1", seed)(LEVEL)
        held += found.low <= true <= found.high
    assert least <= held / 150


def test_a_group_without_a_mistake_has_an_interval() -> None:
    """Thirty right answers don't prove a perfect model."""
    truth = np.array([0] * 10 + [1] * 20)
    found = score(truth, truth, "macro_f1")(LEVEL)
    assert (found.value, found.high) == (1, 1)
    assert 0.7 < found.low < 0.95


@pytest.mark.parametrize("metric", ["macro_f1", "accuracy"])
def test_more_looks_make_wider_intervals(metric: str) -> None:
    random = np.random.default_rng(0)
    of = score(random.choice(3, 80), random.choice(3, 80), metric)
    at, corrected = of(LEVEL), of(0.999)
    assert corrected.low < at.low < at.value < at.high < corrected.high
    assert corrected.low >= 0


def test_one_class_and_no_rows() -> None:
    one, none = np.zeros(40, np.int64), np.zeros(0, np.int64)
    found = score(one, one, "macro_f1")(LEVEL)
    assert found.value == 1
    assert 0.85 < found.low < 0.95
    for metric in ("macro_f1", "accuracy"):
        assert np.isnan(score(none, none, metric)(LEVEL).value)


def test_all_wrong() -> None:
    found = score(np.zeros(40, np.int64), np.ones(40, np.int64), "macro_f1")(LEVEL)
    assert (found.value, found.low) == (0, 0)
    assert found.high < 0.2
