from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.drift.resampling import macro_f1_with_gaps, paired_difference
from feedback_lab.intervals import confusion, macro_f1, macro_f1_of, wilson
from feedback_lab.records.figures import Estimate

THREE = st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=40)


@given(THREE)
def test_the_difference_is_that_of_the_two_figures(cells: list[tuple[int, int, int]]) -> None:
    truth, first, second = (np.array(side, dtype=np.int64) for side in zip(*cells, strict=True))
    found = paired_difference(truth, first, second, 3)
    by_hand = macro_f1_of(confusion(truth, second, 3)) - macro_f1_of(confusion(truth, first, 3))
    assert found.value == pytest.approx(float(by_hand))
    turned = paired_difference(truth, second, first, 3)
    assert turned.value == pytest.approx(-found.value)
    assert paired_difference(truth, first, first, 3).high == 0


def test_pairing_makes_the_interval_narrow() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, 1_000)
    first = np.where(rng.random(1_000) < 0.7, truth, 1 - truth)
    second = np.where(rng.random(1_000) < 0.1, truth, first)  # the same answers, a few of them mended
    found = paired_difference(truth, first, second, 2)
    assert found.low > 0
    assert found.high - found.low < 0.04


def test_without_gaps_it_is_macro_f1() -> None:
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 4, 500)
    said = np.where(rng.random(500) < 0.7, truth, rng.integers(0, 4, 500))
    found, usual = macro_f1_with_gaps(truth, said, 4), macro_f1(truth, said, 4)
    assert found.n == usual.n == 500
    assert found.value == pytest.approx(usual.value)
    assert [found.low, found.high] == pytest.approx([usual.low, usual.high], abs=0.01)


def test_no_answer_is_wrong_and_no_class_of_its_own() -> None:
    # Class 0: 1 of 2 found, none false: F1 2/3. Class 1: F1 1.
    assert macro_f1_with_gaps(np.array([0, 0, 1]), np.array([0, -1, 1]), 2).value == pytest.approx((2 / 3 + 1) / 2)


def test_rows_without_a_mistake_do_not_make_it_sure() -> None:
    truth = np.arange(20) % 2
    assert macro_f1_with_gaps(truth, truth, 2) == Estimate(1.0, wilson(20, 20).low, 1.0, 20)
    assert macro_f1_with_gaps(truth, 1 - truth, 2) == Estimate(0.0, 0.0, wilson(0, 20).high, 20)


def test_no_rows() -> None:
    none = np.zeros(0, np.int64)
    assert np.isnan(macro_f1_with_gaps(none, none, 2).value)
    assert np.isnan(paired_difference(none, none, none, 2).value)
