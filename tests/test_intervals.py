"""Shares, scores and agreement: against scipy and scikit-learn, and at the ends where formulas break."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import cohen_kappa_score, confusion_matrix, f1_score

from feedback_lab.intervals import (
    RESAMPLES,
    confusion,
    kappa,
    kappa_of,
    macro_f1,
    macro_f1_draws,
    macro_f1_of,
    mean,
    percentiles,
    wilson,
)

CLASSES = 5
PAIRS = st.lists(st.tuples(st.integers(0, CLASSES - 1), st.integers(0, CLASSES - 1)), min_size=1, max_size=40)


@given(st.integers(1, 3_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.8, 0.95, 0.999]))
def test_wilson_is_scipys(case: tuple[int, int], level: float) -> None:
    hits, n = case
    found = wilson(hits, n, level)
    known = binomtest(hits, n).proportion_ci(level, "wilson")
    assert [found.low, found.high] == pytest.approx([known.low, known.high], abs=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.n == n


@pytest.mark.parametrize(("hits", "n"), [(0, 1), (1, 1), (0, 10**9), (10**9, 10**9)])
def test_a_share_of_none_or_all_has_a_width(hits: int, n: int) -> None:
    found = wilson(hits, n)
    assert found.low < found.high
    assert (found.low == 0) == (hits == 0)
    assert (found.high == 1) == (hits == n)


def test_nothing_says_nothing() -> None:
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)
    nothing = np.zeros(0, np.int64)
    for found in (mean(np.full(3, np.nan)), macro_f1(nothing, nothing, 3), kappa(nothing, nothing, 3)):
        assert found.n == 0
        assert np.isnan([found.value, found.low, found.high]).all()


def test_a_mean_leaves_out_what_is_missing() -> None:
    found = mean(np.array([1.0, np.nan, 2, 3, np.nan]))
    assert (found.value, found.n) == (2, 3)
    assert [found.low, found.high] == pytest.approx([2 - 1.959964 / 3**0.5, 2 + 1.959964 / 3**0.5])
    assert np.isnan(mean(np.array([4.0, np.nan])).low)


@given(PAIRS)
def test_scores_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    truth, predicted = np.array(pairs).T
    matrix = confusion(truth, predicted, CLASSES)
    assert matrix.tolist() == confusion_matrix(truth, predicted, labels=range(CLASSES)).tolist()
    assert float(macro_f1_of(matrix)) == pytest.approx(f1_score(truth, predicted, average="macro", zero_division=0))
    if len(set(truth) | set(predicted)) > 1:
        assert float(kappa_of(matrix)) == pytest.approx(cohen_kappa_score(truth, predicted))
    else:
        assert np.isnan(kappa_of(matrix))


@given(PAIRS)
def test_an_interval_holds_its_figure(pairs: list[tuple[int, int]]) -> None:
    """Kappa's draws are of cells, where all agree by luck of the draw; NaN among them is left out."""
    truth, predicted = np.array(pairs).T
    found = kappa(truth, predicted, CLASSES)
    assert np.isnan(found.value) or (-1 <= found.low <= found.value <= found.high <= 1) or found.n < 5
    scored = macro_f1(truth, predicted, CLASSES)
    assert scored == macro_f1(truth, predicted, CLASSES)
    assert 0 <= scored.low <= scored.high <= 1
    assert scored.n == len(pairs)


@pytest.mark.parametrize("n", [1, 3, 20, 2_000])
def test_no_mistake_yet_does_not_mean_none_ever(n: int) -> None:
    truth = np.arange(n) % 3
    for found in (macro_f1(truth, truth, 3), kappa(truth, truth, 3)):
        if not np.isnan(found.value):
            assert found.value == found.high == 1
            assert found.low < 1
    assert macro_f1(truth, truth, 3).low == wilson(n, n).low


def test_draws_have_the_spread_of_the_bootstrap() -> None:
    """Against rows drawn one by one, which is slow and plain."""
    random = np.random.default_rng(3)
    truth = random.integers(0, 4, 120)
    predicted = np.where(random.random(120) < 0.7, truth, random.integers(0, 4, 120))
    plain = []
    for _ in range(800):
        drawn = random.integers(0, 120, 120)
        plain.append(f1_score(truth[drawn], predicted[drawn], average="macro"))
    found = macro_f1_draws(truth, predicted[None, :], 4)[:, 0]
    assert len(found) == RESAMPLES
    assert found.mean() == pytest.approx(np.mean(plain), abs=0.01)
    assert percentiles(found) == pytest.approx(percentiles(np.array(plain)), abs=0.02)


def test_the_difference_of_two_models_is_paired() -> None:
    """The same rows are drawn for both, so equal models never differ, and their order does not matter."""
    random = np.random.default_rng(4)
    truth, one, other = random.integers(0, 3, (3, 60))
    draws = macro_f1_draws(truth, np.array([one, other, one]), 3)
    assert (draws[:, 0] == draws[:, 2]).all()
    again = macro_f1_draws(truth, np.array([one, other, one]), 3, seed=0)
    assert (draws == again).all()
    assert (draws != macro_f1_draws(truth, np.array([one, other, one]), 3, seed=1)).any()


def test_hundreds_of_classes_need_no_room_for_their_square() -> None:
    random = np.random.default_rng(5)
    truth = random.integers(0, 500, 4_000)
    predicted = np.where(random.random(4_000) < 0.8, truth, random.integers(0, 500, 4_000))
    tracemalloc.start()
    found = macro_f1(truth, predicted, 500)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.low < found.value
    assert most < 60e6  # 1,000 matrices of 500 x 500 are 2 GB
