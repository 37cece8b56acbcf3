"""The step ``errors``: all looks at the mistakes of one model on its test rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from feedback_lab.error_analysis.calibration import calibration, calibration_error
from feedback_lab.error_analysis.mistakes import mistakes
from feedback_lab.error_analysis.taxonomy import TAXONOMY
from feedback_lab.error_analysis.threshold import choose_threshold
from feedback_lab.errors import NotEnoughData
from feedback_lab.intervals import confusion
from feedback_lab.records.models import ErrorsResult, Predictions
from feedback_lab.records.rows import Ints

PAIRS = 20


def errors(
    predictions: Predictions,
    texts: Mapping[int, str] | Sequence[str],
    cost_false_positive: float = 1.0,
    cost_false_negative: float = 1.0,
    positive: str | None = None,
    seed: int = 0,
) -> ErrorsResult:
    """Where a model fails on its test rows, how well it knows, and the cheapest threshold for one class.

    ``texts``: the texts of the test rows, either by row number or in the order of ``predictions.number``. ``positive``: the
    class that gets a threshold; None takes ``default_positive``. Costs are in any unit, the same for both.
    Raises ``NotEnoughData`` without test rows, ``LabError`` for a class that does not exist or costs that are no costs.
    """
    if not len(predictions.truth):
        raise NotEnoughData("There are no test rows, so there are no mistakes to look at.")
    aligned = [texts[int(row)] for row in predictions.number] if isinstance(texts, Mapping) else list(texts)
    if len(aligned) != len(predictions.number):
        raise ValueError(f"{len(aligned)} texts for {len(predictions.number)} predictions")
    matrix = confusion(predictions.truth, predictions.predicted, len(predictions.classes))
    confidence = predictions.scores[np.arange(len(aligned)), predictions.predicted]
    right = predictions.predicted == predictions.truth
    return ErrorsResult(
        classes=predictions.classes,
        matrix=tuple(tuple(row) for row in matrix.tolist()),
        worst_pairs=worst_pairs(matrix, predictions.classes),
        mistakes=mistakes(predictions, aligned, seed),
        taxonomy=dict(TAXONOMY),
        calibration=calibration(confidence, right),
        calibration_error=calibration_error(confidence, right, seed),
        threshold=choose_threshold(predictions, cost_false_positive, cost_false_negative, positive),
    )


def worst_pairs(matrix: Ints, classes: Sequence[str], most: int = PAIRS) -> tuple[tuple[str, str, int], ...]:
    """Pairs of truth and prediction with most mistakes, the worst first; equal ones in the order of the classes."""
    wrong = matrix.copy()
    np.fill_diagonal(wrong, 0)
    order = np.argsort(-wrong.ravel(), kind="stable")[:most]
    cells = [(divmod(int(cell), len(classes)), int(wrong.ravel()[cell])) for cell in order]
    return tuple((classes[truth], classes[said], rows) for (truth, said), rows in cells if rows)
