from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.error_analysis import choose_threshold, default_positive, threshold_for
from feedback_lab.errors import LabError
from tests.error_analysis.samples import honest, predictions

SCORES = st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.50001, 0.9, 1.0])
COSTS = st.sampled_from([0.0, 0.5, 1.0, 3.0])


@given(st.lists(st.tuples(SCORES, st.booleans()), min_size=1, max_size=30), COSTS, COSTS.filter(bool))
def test_no_threshold_of_all_is_cheaper(rows: list[tuple[float, bool]], cost_fp: float, cost_fn: float) -> None:
    scores, truth = np.array([each[0] for each in rows]), np.array([each[1] for each in rows])

    def cost_at(threshold: float) -> float:
        said = scores >= threshold
        return float(cost_fp * (said & ~truth).sum() + cost_fn * (~said & truth).sum())

    best, half, points = threshold_for(scores, truth, cost_fp, cost_fn)
    assert best.cost == min(cost_at(threshold) for threshold in np.linspace(0, 1.02, 103))
    assert half.cost == cost_at(0.5)
    assert all(point.cost == cost_at(point.threshold) for point in points)
    assert best in points
    assert half in points
    # No point is as cheap and has fewer errors of the dearer kind.
    dear = "false_negatives" if cost_fn > cost_fp else "false_positives"
    assert not any(point.cost == best.cost and getattr(point, dear) < getattr(best, dear) for point in points)


@pytest.mark.parametrize(("cost_fp", "cost_fn"), [(1.0, 1.0), (1.0, 4.0), (5.0, 1.0), (1.0, 9.0)])
def test_scores_that_are_probabilities_are_cut_where_the_costs_say(cost_fp: float, cost_fn: float) -> None:
    rng = np.random.default_rng(1)
    scores = rng.random(200_000)
    truth = rng.random(200_000) < scores
    best, _, _ = threshold_for(scores, truth, cost_fp, cost_fn)
    assert best.threshold == pytest.approx(cost_fp / (cost_fp + cost_fn), abs=0.02)


def test_the_curve_is_short_and_ends_with_never() -> None:
    model = honest(5_000)
    choice = choose_threshold(model, 1, 3)
    assert choice is not None
    assert len(choice.points) <= 102
    assert choice.points[0].recall == 1
    assert choice.points[-1].recall == 0
    assert choice.points[-1].precision is None
    assert [point.threshold for point in choice.points] == sorted(point.threshold for point in choice.points)


@pytest.mark.parametrize(
    ("classes", "rows", "positive"),
    [
        (("negative", "neutral", "positive"), (50, 3, 100), "negative"),
        (("negative", "positive"), (5, 100), "negative"),
        (("billing", "delivery", "fit"), (50, 25, 19), "delivery"),
        (("billing", "delivery", "negative"), (50, 25, 30), "delivery"),
        (("billing", "delivery"), (19, 3), None),
    ],
)
def test_the_class_to_find(classes: tuple[str, ...], rows: tuple[int, ...], positive: str | None) -> None:
    truth = np.repeat(np.arange(len(rows)), rows)
    assert default_positive(classes, truth) == positive


@pytest.mark.parametrize(("cost_fp", "cost_fn"), [(-1, 1), (0, 0), (float("nan"), 1), (1, float("inf"))])
def test_costs_that_are_none_are_refused(cost_fp: float, cost_fn: float) -> None:
    with pytest.raises(LabError, match="can't cost"):
        choose_threshold(honest(50), cost_fp, cost_fn)


def test_a_class_that_all_or_no_rows_bear_has_no_threshold() -> None:
    assert choose_threshold(predictions([0, 0], [0, 1]), positive="positive") is None
    assert choose_threshold(predictions([0, 0], [0, 1]), positive="negative") is None


def test_the_sentence_says_what_to_do_and_from_how_many_rows() -> None:
    truth = [0] * 10 + [1] * 90
    model = predictions(truth, [1] * 100, classes=("negative", "positive"), confidence=[0.7] * 10 + [0.9] * 90)
    choice = choose_threshold(model)
    assert choice is not None
    assert choice.says == (
        "Among 100 test rows, 10 of them “negative”, it is cheapest to say “negative” from a score of 0.20 on: "
        "0 false alarms and 0 missed, a cost of 0 instead of 10 at 0.5. "
        "It was chosen on these rows, so expect a little more on new ones. With only 10 rows of the class it may move a lot."
    )


def test_the_sentence_where_nothing_is_gained_and_where_never_is_best() -> None:
    same = choose_threshold(predictions([0, 1], [0, 1], classes=("negative", "positive")))
    never = choose_threshold(
        predictions([0, *[1] * 9], [0] * 10, classes=("negative", "positive"), confidence=[0.6, *[0.8] * 9]), cost_fp=10
    )
    assert same is not None
    assert "no threshold is cheaper than 0.5" in same.says
    assert never is not None
    assert "never to say “negative”: a cost of 1 instead of 90 at 0.5" in never.says
