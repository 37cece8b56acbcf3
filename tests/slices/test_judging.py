"""The metric by group: worked numbers, Fairlearn beside it, and what may be concluded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.files import json_text
from feedback_lab.records.models import Predictions, Slice, SliceScore
from feedback_lab.slices import slices
from feedback_lab.slices.judging import MOST_GROUPS, cut

CLASSES = ("negative", "neutral", "positive")


def predictions(truth: list[int], predicted: list[int], classes: tuple[str, ...] = CLASSES) -> Predictions:
    n = len(truth)
    scores = np.full((n, len(classes)), 1 / len(classes))
    return Predictions(np.arange(1, n + 1), classes, np.array(truth, np.int64), np.array(predicted, np.int64), scores)


def random_predictions(n: int, right: dict[str, float], seed: int = 0) -> tuple[Predictions, list[str | None]]:
    """Rows of groups in turn; ``right`` is how often the model is right for each."""
    random = np.random.default_rng(seed)
    groups = [list(right)[row % len(right)] for row in range(n)]
    truth = random.choice(3, n, p=[0.2, 0.2, 0.6])
    hit = random.random(n) < np.array([right[group] for group in groups])
    return predictions(truth.tolist(), np.where(hit, truth, (truth + random.choice([1, 2], n)) % 3).tolist()), list(groups)


def by_name(piece: Slice) -> dict[str, SliceScore]:
    return {score.group: score for score in piece.groups}


def test_accuracy_by_hand() -> None:
    """Group a: 56 of 70 right; group b: 48 of 80 right. The gap is Newcombe's 0.2 (0.0524 to 0.3339)."""
    truth = [0] * 150
    predicted = [0] * 56 + [1] * 14 + [0] * 48 + [1] * 32
    found = slices(predictions(truth, predicted), {"team": ["a"] * 70 + ["b"] * 80}, metric="accuracy")
    a, b = by_name(found.slices[0])["a"], by_name(found.slices[0])["b"]
    assert (a.n, a.metric.value, b.metric.value) == (70, 0.8, 0.6)
    assert [a.gap.value, a.gap.low, a.gap.high] == pytest.approx([0.2, 0.0524, 0.3339], abs=5e-5)
    assert [b.gap.value, b.gap.low, b.gap.high] == pytest.approx([-0.2, -0.3339, -0.0524], abs=5e-5)
    assert a.established
    assert found.slices[0].disparity is not None
    assert found.slices[0].disparity.value == pytest.approx(0.2)
    assert found.slices[0].disparity.n == 150
    assert "Accuracy of “b” is 0.20 lower than that of all other rows (95% interval 0.05 to 0.33 lower; n = 80)." in (
        found.slices[0].says
    )


def test_macro_f1_by_hand() -> None:
    """Two classes, 8 of 10 and 15 of 20 right: F1 is 16/23 and 30/37."""
    truth, predicted = [0] * 10 + [1] * 20, [0] * 8 + [1] * 2 + [1] * 15 + [0] * 5
    found = slices(predictions(truth * 2, predicted * 2), {"team": ["a"] * 30 + ["b"] * 30}).slices[0]
    assert found.groups[0].metric.value == pytest.approx((16 / 23 + 30 / 37) / 2)
    assert found.groups[0].gap.value == 0
    assert found.groups[0].gap.low < -0.1
    assert not found.groups[0].established


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40))
@settings(max_examples=60)
def test_points_are_scikit_learns(rows: list[tuple[str, int, int]]) -> None:
    made = predictions([row[1] for row in rows], [row[2] for row in rows])
    names = [row[0] for row in rows]
    for metric in ("macro_f1", "accuracy"):
        for score in slices(made, {"team": names}, metric).slices[0].groups:
            at = np.array(names) == score.group
            known = (made.truth[at], made.predicted[at])
            macro = f1_score(*known, average="macro", zero_division=0)
            assert score.metric.value == pytest.approx(macro if metric == "macro_f1" else accuracy_score(*known))
            assert score.metric.low <= score.metric.value <= score.metric.high


def test_points_are_fairlearns() -> None:
    fair = pytest.importorskip("fairlearn.metrics", reason="needs Fairlearn, which brings pandas and is not installed")
    made, groups = random_predictions(600, {"a": 0.8, "b": 0.6, "c": 0.7})
    named = np.array(CLASSES)
    truth, predicted = named[made.truth], named[made.predicted]
    chosen = predicted == "positive"
    known = {
        "macro_f1": lambda t, p: f1_score(t, p, average="macro"),
        "accuracy": accuracy_score,
    }
    for metric, function in known.items():
        frame = fair.MetricFrame(metrics=function, y_true=truth, y_pred=predicted, sensitive_features=groups)
        found = slices(made, {"team": groups}, metric, positive="positive").slices[0]
        assert {score.group: score.metric.value for score in found.groups} == pytest.approx(frame.by_group.to_dict())
        assert found.disparity is not None
        assert found.disparity.value == pytest.approx(frame.difference(method="between_groups"))
        assert found.four_fifths is not None
        ratio = fair.demographic_parity_ratio(truth == "positive", chosen, sensitive_features=groups)
        assert found.four_fifths.value == pytest.approx(ratio)


def test_a_group_that_fares_worse_is_found_and_equal_ones_are_not() -> None:
    made, groups = random_predictions(1_200, {"a": 0.8, "b": 0.8, "c": 0.5})
    found = slices(made, {"team": groups}).slices[0]
    scores = by_name(found)
    assert scores["c"].established
    assert scores["c"].gap.high < 0
    assert found.disparity is not None
    assert found.disparity.low > 0
    assert "the largest distance between two of them is established" in found.says
    made, groups = random_predictions(1_200, {"a": 0.7, "b": 0.7, "c": 0.7})
    even = slices(made, {"team": groups}).slices[0]
    assert not any(score.established for score in even.groups)
    assert even.disparity is not None
    assert even.disparity.low == 0
    assert "For 3 groups a gap to all other rows is not established, corrected for 3 looks" in even.says
    assert "The largest distance between two judged groups is not established" in even.says


def test_small_groups_are_shown_and_not_judged() -> None:
    """Five rows, all wrong: the gap is wide, and nobody is accused."""
    truth, predicted = [0, 1] * 50 + [0] * 5, [0, 1] * 50 + [1] * 5
    found = slices(predictions(truth, predicted), {"team": ["large"] * 100 + ["small"] * 5}).slices[0]
    small = by_name(found)["small"]
    assert (small.n, small.metric.value, small.established) == (5, 0, False)
    assert found.disparity is None


def test_macro_f1_of_many_classes_needs_more_rows() -> None:
    """The same model for all groups: with 5 rows a class asked for, the smaller ones are not blamed for their size."""
    random = np.random.default_rng(2)
    truth = random.choice(40, 1_600)
    predicted = np.where(random.random(1_600) < 0.7, truth, random.choice(40, 1_600))
    made = predictions(truth.tolist(), predicted.tolist(), tuple(f"class {number}" for number in range(40)))
    groups: list[str | None] = ["half" if row % 2 else f"group {row % 16}" for row in range(1_600)]
    found = slices(made, {"team": groups})
    assert found.min_n == 200
    assert not any(score.established for score in found.slices[0].groups)
    assert slices(made, {"team": groups}, metric="accuracy").min_n == 30


def test_missing_groups_are_a_group() -> None:
    made, _ = random_predictions(120, {"a": 0.7})
    groups: list[str | None] = [["a", "b", None, ""][row % 4] for row in range(120)]
    assert {score.group: score.n for score in slices(made, {"team": groups}).slices[0].groups} == {
        "(missing)": 60,
        "a": 30,
        "b": 30,
    }


@pytest.mark.parametrize("groups", [["a"] * 60, [None] * 60])
def test_one_group_is_nothing_to_compare(groups: list[str | None]) -> None:
    made, _ = random_predictions(60, {"a": 0.7})
    found = slices(made, {"team": groups}).slices[0]
    assert found.says == "There is only one group, so there is nothing to compare."
    assert found.disparity is None
    assert np.isnan(found.groups[0].gap.value)


def test_the_smallest_of_very_many_groups_are_one() -> None:
    groups = cut([f"{place}" for place in range(100) for _ in range(100 - place)])
    assert len(groups) == MOST_GROUPS
    assert next(iter(groups)) == "0"
    assert sum(int(mask.sum()) for mask in groups.values()) == 5_050
    assert groups["(other)"].sum() == sum(range(1, 62))


@pytest.mark.parametrize(
    ("segments", "metric", "positive", "fault"),
    [
        ({"team": ["a"] * 60}, "auc", None, "no metric 'auc'"),
        ({"team": ["a"] * 60}, "accuracy", "hired", "no class 'hired'"),
        ({"team": ["a"] * 59}, "accuracy", None, "59 values for 60 predicted rows"),
        ({}, "accuracy", None, "no column that cuts them"),
    ],
)
def test_faults_are_named(segments: dict[str, list[str | None]], metric: str, positive: str | None, fault: str) -> None:
    made, _ = random_predictions(60, {"a": 0.7})
    with pytest.raises(LabError, match=fault):
        slices(made, segments, metric, positive)


def test_no_rows_are_not_enough() -> None:
    with pytest.raises(NotEnoughData):
        slices(predictions([], []), {"team": []})


def test_the_same_seed_gives_the_same_bytes() -> None:
    made, groups = random_predictions(300, {"a": 0.8, "b": 0.6})
    first, again, other = (json_text(slices(made, {"team": groups}, seed=seed)) for seed in (4, 4, 5))
    assert first == again
    assert first != other


def test_selection_is_looked_at_only_where_it_is_asked_for() -> None:
    made, groups = random_predictions(300, {"a": 0.8, "b": 0.6})
    without = slices(made, {"team": groups}).slices[0]
    assert without.four_fifths is None
    assert all(score.selection_rate is None for score in without.groups)
    assert "selection" not in without.says
