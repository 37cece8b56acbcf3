from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from feedback_lab.drift.separation import auc, separation


@given(
    st.lists(st.sampled_from([0.1, 0.2, 0.2, 0.5, 0.7, 0.9]), min_size=2, max_size=20),
    st.lists(st.sampled_from([0.1, 0.2, 0.5, 0.9]), min_size=2, max_size=20),
)
def test_the_area_is_scikit_learns_and_lies_in_its_interval(high: list[float], low: list[float]) -> None:
    scores, positive = np.array(high + low), np.arange(len(high) + len(low)) < len(high)
    found = auc(scores, positive)
    assert found.value == pytest.approx(roc_auc_score(positive, scores))
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_variance_is_delongs_by_hand() -> None:
    # Positives 3, 1; negatives 2, 0. Shares won by each positive: 1, 0.5; lost by each negative: 0.5, 1.
    found = auc(np.array([3.0, 1.0, 2.0, 0.0]), np.array([True, True, False, False]))
    assert found.value == 0.75
    variance = 0.125 / 2 + 0.125 / 2
    assert found.low == pytest.approx(0.75 - 1.959964 * variance**0.5)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(300):
        found = auc(np.concatenate([rng.normal(1, 1, 60), rng.normal(0, 1, 80)]), np.arange(140) < 60)
        inside += found.low <= 0.7602 <= found.high  # the normal distribution function at 1 / sqrt(2)
    assert 0.92 <= inside / 300 <= 0.98


@pytest.mark.parametrize("seed", range(3))
def test_the_same_source_is_not_told_apart_and_another_is(seed: int) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(400, 16)).astype(np.float32)
    same = separation(vectors[:200], vectors[200:], seed)
    other = separation(vectors[:200], vectors[200:] + 0.5, seed)
    assert same is not None
    assert other is not None
    assert same.value < 0.6
    assert other.low > 0.7
    assert separation(vectors[:200], vectors[200:], seed) == same


def test_too_few_rows_are_not_judged() -> None:
    assert separation(np.zeros((29, 4), np.float32), np.zeros((100, 4), np.float32)) is None
