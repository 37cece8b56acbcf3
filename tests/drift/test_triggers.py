from __future__ import annotations

import pytest

from feedback_lab.drift.triggers import Figures, Triggers, fired, recommend
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import InputShift

CALM = InputShift("rating", 0.02, 500, 500, 0.05)
MOVED = InputShift("rating", 0.4, 500, 500, 0.05)
CHANCE = InputShift("rating", 0.4, 30, 30, 0.9)
GOOD, FALLEN, UNSURE = Estimate(0.8, 0.77, 0.83, 700), Estimate(0.6, 0.56, 0.64, 600), Estimate(0.7, 0.55, 0.85, 40)
BETTER, EVEN = Estimate(0.1, 0.05, 0.15, 300), Estimate(0.0, -0.03, 0.03, 300)


@pytest.mark.parametrize(
    ("inputs", "auc", "new", "difference", "met", "recommendation", "says"),
    [
        (CALM, None, None, None, [], "hold", "No trigger was met."),
        (CALM, Estimate(0.52, 0.48, 0.56, 900), GOOD, EVEN, [], "hold", "No trigger was met. Retrained with newer rows"),
        (CALM, None, GOOD, BETTER, [], "watch", "more recent rows would help"),
        (CHANCE, Estimate(0.75, 0.45, 1.0, 60), UNSURE, None, [], "hold", "No trigger was met."),
        (MOVED, None, None, None, ["PSI of rating: 0.40, limit 0.25"], "watch", "label some of the new rows"),
        (MOVED, None, GOOD, EVEN, ["PSI of rating: 0.40, limit 0.25"], "watch", "not established to be worse"),
        (
            CALM,
            Estimate(0.8, 0.76, 0.84, 900),
            None,
            None,
            ["AUC of new against old rows: 0.80, limit 0.7"],
            "watch",
            "One trigger",
        ),
        (CALM, None, FALLEN, None, ["Drop in macro-F1: 0.20, limit 0.05"], "retrain", "compare before you switch"),
        (CALM, None, FALLEN, BETTER, ["Drop in macro-F1: 0.20, limit 0.05"], "retrain", "seen newer rows is better"),
        (CALM, None, FALLEN, EVEN, ["Drop in macro-F1: 0.20, limit 0.05"], "watch", "does not mend it"),
    ],
)
def test_what_is_met_and_what_to_do(
    inputs: InputShift,
    auc: Estimate | None,
    new: Estimate | None,
    difference: Estimate | None,
    met: list[str],
    recommendation: str,
    says: str,
) -> None:
    figures = Figures([inputs], None, auc, GOOD, new, difference)
    assert list(fired(figures, Triggers())) == met
    found, reason = recommend(figures, Triggers())
    assert found == recommendation
    assert says in reason


def test_a_score_without_a_mistake_on_few_rows_may_be_chance() -> None:
    figures = Figures([], None, None, Estimate(1.0, 1.0, 1.0, 60), Estimate(0.92, 0.88, 0.95, 300), None)
    assert fired(figures, Triggers()) == ()


def test_a_limit_may_be_set() -> None:
    figures = Figures([MOVED], InputShift("predictions", 0.3, 500, 500, 0.1), None, None, None, None)
    assert len(fired(figures, Triggers())) == 2
    assert fired(figures, Triggers(psi=0.5, predictions_psi=0.5)) == ()
