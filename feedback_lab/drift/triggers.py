"""From which figure on somebody should act, fixed before anybody looks at the figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback_lab.intervals import wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import InputShift

# Several figures are looked at, period by period.
DROP_LEVEL = 0.99
WIDER = 2.576 / 1.96  # 99% from 95%


@dataclass(frozen=True)
class Triggers:
    """Limits. A figure must reach its limit, and be more than chance.

    ``psi``: of any input. ``predictions_psi``: of the shares of predicted classes. ``auc``: of a classifier that tells new
    rows from old ones. ``drop``: in macro-F1, from the reference's test rows to the new rows.
    """

    psi: float = 0.25
    predictions_psi: float = 0.25
    auc: float = 0.7
    drop: float = 0.05


@dataclass(frozen=True)
class Figures:
    """What the triggers look at."""

    inputs: Sequence[InputShift]
    predictions: InputShift | None
    auc: Estimate | None
    reference: Estimate | None
    new: Estimate | None
    difference: Estimate | None

    @property
    def dropped(self) -> Estimate | None:
        """Macro-F1 on the reference minus on the new rows, with a 99% interval by the errors of both (Newcombe 1998, method
        10).
        """
        if self.reference is None or self.new is None:
            return None
        value = self.reference.value - self.new.value
        (before_down, before_up), (after_down, after_up) = _room(self.reference), _room(self.new)
        low, high = value - math.hypot(before_down, after_up), value + math.hypot(before_up, after_down)
        return Estimate(value, low, high, self.reference.n + self.new.n)


def _room(figure: Estimate) -> tuple[float, float]:
    """How far the truth may lie below and above, 99%; at least as for a share, since rows without a mistake never draw one."""
    share = wilson(round(figure.value * figure.n), figure.n, DROP_LEVEL)
    return (
        max((figure.value - figure.low) * WIDER, figure.value - share.low),
        max((figure.high - figure.value) * WIDER, share.high - figure.value),
    )


DEFAULT = Triggers()


def fired(figures: Figures, triggers: Triggers) -> tuple[str, ...]:
    """The triggers that were met, each as a phrase with its figure and its limit."""
    return tuple(_fired(figures, triggers))


def _fired(figures: Figures, triggers: Triggers) -> Iterator[str]:
    for each in figures.inputs:
        if _moved(each, triggers.psi):
            yield f"PSI of {each.feature}: {each.psi:.2f}, limit {triggers.psi:g}"
    if figures.predictions is not None and _moved(figures.predictions, triggers.predictions_psi):
        yield f"PSI of predictions: {figures.predictions.psi:.2f}, limit {triggers.predictions_psi:g}"
    if figures.auc is not None and figures.auc.value >= triggers.auc and figures.auc.low > 0.5:
        yield f"AUC of new against old rows: {figures.auc.value:.2f}, limit {triggers.auc:g}"
    if _fell(figures, triggers):
        assert figures.dropped is not None
        yield f"Drop in macro-F1: {figures.dropped.value:.2f}, limit {triggers.drop:g}"


def _moved(shift: InputShift, limit: float) -> bool:
    return shift.psi >= limit and shift.psi > (shift.by_chance or 0.0)


def _fell(figures: Figures, triggers: Triggers) -> bool:
    dropped = figures.dropped
    return dropped is not None and dropped.value >= triggers.drop and dropped.low > 0


def recommend(figures: Figures, triggers: Triggers) -> tuple[str, str]:
    """Hold, watch or retrain, and why."""
    met = fired(figures, triggers)
    better = figures.difference is not None and figures.difference.low > 0
    gain = _gain(figures.difference)
    if not met and not better:
        return "hold", f"No trigger was met. {gain}".strip()
    if not met:
        return "watch", f"No trigger was met, and yet more recent rows would help. {gain}"
    count = "One trigger was met" if len(met) == 1 else f"{len(met)} triggers were met"
    if better:
        return "retrain", f"{count}, and a model that has seen newer rows is better. {gain}"
    if _fell(figures, triggers):
        return _after_a_fall(count, gain)
    if figures.new is None:
        return "watch", f"{count}. Whether the model got worse is not known: label some of the new rows, then look again."
    return "watch", f"{count}, but the model is not established to be worse on the new rows. {gain}".strip()


def _after_a_fall(count: str, gain: str) -> tuple[str, str]:
    if not gain:
        return "retrain", f"{count}: the model got worse on new rows. Retrain with new rows, and compare before you switch."
    unmended = "the model got worse on new rows, and retraining with those at hand does not mend it"
    return "watch", f"{count}: {unmended}. {gain} Label more of them."


def _gain(difference: Estimate | None) -> str:
    if difference is None:
        return ""
    figures = f"{difference.value:+.3f} (95% interval {difference.low:+.3f} to {difference.high:+.3f}, n = {difference.n:,})"
    return f"Retrained with newer rows, macro-F1 changes by {figures}."
