"""Intervals of models and labellers; those of groups are tested beside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, f1_score

from feedback_lab.intervals import RESAMPLES, kappa, macro_f1_draws, percentiles, wilson

pairs = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60)


@given(pairs)
def test_kappa_is_that_of_scikit_learn(labels: list[tuple[int, int]]) -> None:
    first, second = np.array(labels, np.int64).T
    found = kappa(first, second, 4)
    if len({*first.tolist(), *second.tolist()}) == 1:
        assert np.isnan(found.value)
        return
    assert found.value == pytest.approx(cohen_kappa_score(first, second))
    assert found.low <= found.value + 1e-12
    assert found.value <= found.high + 1e-12


def test_full_agreement_of_few_rows_leaves_doubt() -> None:
    ten, thousand = (np.arange(n) % 2 for n in (10, 1_000))
    assert kappa(ten, ten, 2).low == pytest.approx(2 * wilson(10, 10).low - 1)
    assert kappa(ten, ten, 2).low < 0.5 < 0.98 < kappa(thousand, thousand, 2).low


def test_draws_of_macro_f1_lie_around_it() -> None:
    random = np.random.default_rng(0)
    truth = random.integers(0, 4, 400)
    predicted = np.stack([np.where(random.random(400) < share, truth, random.integers(0, 4, 400)) for share in (0.5, 0.8)])
    draws = macro_f1_draws(truth, predicted, 4)
    assert draws.shape == (RESAMPLES, 2)
    for at in range(2):
        assert draws[:, at].mean() == pytest.approx(f1_score(truth, predicted[at], average="macro"), abs=0.01)
    assert percentiles(draws[:, 1] - draws[:, 0])[0] > 0


def test_equal_predictions_never_differ() -> None:
    truth = np.arange(50) % 3
    draws = macro_f1_draws(truth, np.stack([truth * 0, truth * 0]), 3)
    assert np.array_equal(draws[:, 0], draws[:, 1])


def test_pairing_makes_a_difference_sure() -> None:
    truth = np.arange(600) % 2
    first, second = truth.copy(), truth.copy()
    first[:76], second[:60] = 1 - first[:76], 1 - second[:60]
    draws = macro_f1_draws(truth, np.stack([first, second]), 2)
    assert percentiles(draws[:, 1] - draws[:, 0])[0] > 0
    assert percentiles(draws[:, 1])[0] < percentiles(draws[:, 0])[1]  # unpaired, the two intervals overlap
