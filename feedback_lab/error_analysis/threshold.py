"""From which score on one class should be said, given what each kind of error costs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from feedback_lab.errors import LabError
from feedback_lab.records.models import Predictions, ThresholdChoice, ThresholdPoint
from feedback_lab.records.rows import Bools, Floats, Ints

LEAST_ROWS = 20
POINTS = 100
TONES = {"negative", "neutral", "positive"}
# A threshold above every score: never say the class. Only where a score of 1 occurs; else a value below 1 will do.
NEVER = 1.01


def threshold_for(
    scores: Floats, truth: Bools, cost_fp: float, cost_fn: float
) -> tuple[ThresholdPoint, ThresholdPoint, tuple[ThresholdPoint, ...]]:
    """The cheapest threshold, the threshold 0.5, and the cost curve, by trying every cut that makes a difference.

    ``scores``: float (n,), 0-1; ``truth``: bool (n,), n > 0. A row is called positive where its score is at or above the
    threshold. A threshold lies halfway between two scores, so it is as far as can be from either. Of equally cheap ones the
    most cautious is taken: the one with fewest errors of the dearer kind (of false alarms where both cost the same). The curve
    has at most ``POINTS`` points plus these two. For scores that are true probabilities the cheapest threshold comes near
    cost_fp / (cost_fp + cost_fn) (Elkan 2001).
    """
    _check(cost_fp, cost_fn)
    distinct = np.unique(scores)
    above = NEVER if distinct[-1] >= 1 else (distinct[-1] + 1) / 2
    cuts = np.concatenate([[0.0], (distinct[:-1] + distinct[1:]) / 2, [above]])
    false_alarms, missed = _counts(scores, truth, cuts)
    cost = cost_fp * false_alarms + cost_fn * missed
    # Whether sums of costs are equal must not hang on their last digit.
    cheapest = np.flatnonzero(cost <= cost.min() * (1 + 1e-12))
    best = int(cheapest[0] if cost_fn > cost_fp else cheapest[-1])
    shown = np.unique(np.concatenate([np.linspace(0, len(cuts) - 1, min(POINTS, len(cuts))).round().astype(np.int64), [best]]))
    at = np.unique(np.concatenate([cuts[shown], [0.5]]))
    points = _points(scores, truth, at, cost_fp, cost_fn)
    by_cut = {point.threshold: point for point in points}
    return by_cut[float(cuts[best])], by_cut[0.5], points


def _check(cost_fp: float, cost_fn: float) -> None:
    if not all(math.isfinite(cost) and cost >= 0 for cost in (cost_fp, cost_fn)) or cost_fp + cost_fn == 0:
        raise LabError(
            f"An error can't cost {cost_fp:g} (false positive) and {cost_fn:g} (false negative).",
            "Give costs of 0 or more, at least one of them above 0.",
        )


def _counts(scores: Floats, truth: Bools, cuts: Floats) -> tuple[Ints, Ints]:
    """False positives and false negatives (m,) at each cut: how many scores of either kind lie at or above, and below."""
    false_alarms = (~truth).sum() - np.searchsorted(np.sort(scores[~truth]), cuts, side="left")
    missed = np.searchsorted(np.sort(scores[truth]), cuts, side="left")
    return false_alarms.astype(np.int64), missed.astype(np.int64)


def _points(scores: Floats, truth: Bools, cuts: Floats, cost_fp: float, cost_fn: float) -> tuple[ThresholdPoint, ...]:
    false_alarms, missed = _counts(scores, truth, cuts)
    positives = int(truth.sum())
    points = []
    for cut, fp, fn in zip(cuts.tolist(), false_alarms.tolist(), missed.tolist(), strict=True):
        hits = positives - fn
        points.append(
            ThresholdPoint(
                threshold=cut,
                false_positives=fp,
                false_negatives=fn,
                precision=hits / (hits + fp) if hits + fp else None,
                recall=hits / positives if positives else 0.0,
                cost=cost_fp * fp + cost_fn * fn,
            )
        )
    return tuple(points)


def default_positive(classes: Sequence[str], truth: Ints) -> str | None:
    """The class to find: ``negative`` where classes are tones, else the rarest with ``LEAST_ROWS`` test rows; None without."""
    rows = np.bincount(truth, minlength=len(classes))
    if "negative" in classes and set(classes) <= TONES:
        return "negative"
    enough = [(int(rows[at]), at) for at in range(len(classes)) if rows[at] >= LEAST_ROWS]
    return classes[min(enough)[1]] if enough else None


def choose_threshold(
    predictions: Predictions, cost_fp: float = 1.0, cost_fn: float = 1.0, positive: str | None = None
) -> ThresholdChoice | None:
    """The threshold for one class against the rest. None where no class has enough test rows, or all or none bear ``positive``.

    Raises ``LabError`` for a class that does not exist and for costs that are no costs.
    """
    _check(cost_fp, cost_fn)
    name = positive or default_positive(predictions.classes, predictions.truth)
    if name is None:
        return None
    if name not in predictions.classes:
        raise LabError(f"There is no class “{name}”.", f"Choose one of: {', '.join(predictions.classes)}.")
    place = predictions.classes.index(name)
    truth = predictions.truth == place
    if truth.all() or not truth.any():
        return None
    best, half, points = threshold_for(predictions.scores[:, place], truth, cost_fp, cost_fn)
    says = _says(name, best, half, len(truth), int(truth.sum()))
    return ThresholdChoice(name, cost_fp, cost_fn, points, best, half, says)


def _says(name: str, best: ThresholdPoint, half: ThresholdPoint, n: int, positives: int) -> str:
    counted = f"Among {n:,} test rows, {positives:,} of them “{name}”,"
    caution = "It was chosen on these rows, so expect a little more on new ones."
    few = f" With only {positives:,} rows of the class it may move a lot." if positives < LEAST_ROWS else ""
    cost = f"a cost of {best.cost:,.6g} instead of {half.cost:,.6g} at 0.5"
    if best.cost >= half.cost:
        return f"{counted} no threshold is cheaper than 0.5: {_errors(half)}, a cost of {half.cost:,.6g}.{few}"
    if best.recall == 0:
        return f"{counted} it is cheapest never to say “{name}”: {cost}.{few}"
    said = f"it is cheapest to say “{name}” from a score of {best.threshold:.2f} on"
    return f"{counted} {said}: {_errors(best)}, {cost}. {caution}{few}"


def _errors(point: ThresholdPoint) -> str:
    alarms = "1 false alarm" if point.false_positives == 1 else f"{point.false_positives:,} false alarms"
    return f"{alarms} and {point.false_negatives:,} missed"
