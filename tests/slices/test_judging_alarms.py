"""How often groups without any true gap are accused, and how often the intervals hold the true distance."""

from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.records.models import Predictions
from feedback_lab.slices import slices
from feedback_lab.slices.judging import cut

RUNS = 100


def drawn(random: np.random.Generator, right: list[float], n: int) -> tuple[Predictions, list[str | None]]:
    """``n`` rows for each group, of two classes; ``right`` is how often the model is right in each."""
    at = np.repeat(np.arange(len(right)), n)
    truth = random.choice(2, len(at))
    hit = random.random(len(at)) < np.array(right)[at]
    predicted = np.where(hit, truth, 1 - truth)
    scores = np.full((len(at), 2), 0.5)
    return Predictions(np.arange(1, len(at) + 1), ("no", "yes"), truth, predicted, scores), [f"group {place}" for place in at]


@pytest.mark.parametrize("metric", ["macro_f1", "accuracy"])
def test_random_groups_are_rarely_accused(metric: str) -> None:
    """Five groups alike, 60 rows each: in about one of twenty files at most is any of them called different."""
    random, alarms, apart = np.random.default_rng(8), 0, 0
    for seed in range(RUNS):
        made, groups = drawn(random, [0.8] * 5, 60)
        found = slices(made, {"team": groups}, metric, seed=seed).slices[0]
        alarms += any(score.established for score in found.groups)
        assert found.disparity is not None
        apart += found.disparity.low > 0
    assert alarms / RUNS <= 0.1
    assert apart / RUNS <= 0.1


@pytest.mark.parametrize("metric", ["macro_f1", "accuracy"])
def test_intervals_of_gap_and_disparity_hold_the_true_ones(metric: str) -> None:
    """Right in 90, 80 and 70 of 100: macro-F1 of two even classes is the accuracy, so gap and distance are known."""
    random, gaps, distances = np.random.default_rng(9), 0, 0
    for seed in range(RUNS):
        made, groups = drawn(random, [0.9, 0.8, 0.7], 100)
        found = slices(made, {"team": groups}, metric, seed=seed).slices[0]
        worst = next(score for score in found.groups if score.group == "group 2")
        gaps += worst.gap.low <= -0.15 <= worst.gap.high
        assert found.disparity is not None
        distances += found.disparity.low <= 0.2 <= found.disparity.high
    assert gaps / RUNS >= 0.9
    assert distances / RUNS >= 0.9


def test_groups_hold_each_row_once() -> None:
    _, groups = drawn(np.random.default_rng(0), [0.8] * 7, 3)
    assert (np.sum(list(cut([*groups, None, ""]).values()), axis=0) == 1).all()
