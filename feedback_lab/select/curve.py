"""The learning curve of the recommended candidate, and what more labels would bring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from feedback_lab.intervals import macro_f1
from feedback_lab.records.models import CurvePoint, Forecast
from feedback_lab.records.rows import Floats, Ints
from feedback_lab.select.features import Features, take
from feedback_lab.select.model import TextModel
from feedback_lab.select.splitting import nested_order

SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 3 / 4, 1.0)
LEAST_ROWS = 20
EXTRA = 200  # labels of the forecast
LEAST_POINTS = 4
GOOD_FIT = 0.9  # share of the curve's variance that the power law must explain
EXPONENTS = np.round(np.arange(0.1, 1.55, 0.05), 2)


def learning_curve(
    model: TextModel, seen: Features, labels: Ints, tested: Features, truth: Ints, seed: int
) -> tuple[CurvePoint, ...]:
    """Macro-F1 on the test rows after learning from growing shares of the training rows, each share inside the next.

    Settings stay as they were chosen on all training rows. ``seen``: features of the training rows, ``labels`` (n,) their
    classes.
    """
    order = nested_order(labels, seed)
    points = []
    for size in sizes_of(labels, order):
        part = np.sort(order[:size])
        learnt = model if size == len(labels) else model.refit(take(seen, part), labels[part], seed)
        predicted = learnt.scores(tested).argmax(1).astype(np.int64)
        points.append(CurvePoint(size, macro_f1(truth, predicted, len(model.classes), seed)))
    return tuple(points)


def sizes_of(labels: Ints, order: Ints) -> list[int]:
    """How many rows the points stand on: from a beginning that holds every class and ``LEAST_ROWS`` up to all."""
    _, first = np.unique(labels[order], return_index=True)
    least = max(LEAST_ROWS, int(first.max()) + 1)
    return sorted({size for size in (round(share * len(labels)) for share in SHARES) if size >= least} | {len(labels)})


def forecast_of(curve: Sequence[CurvePoint], extra: int = EXTRA) -> Forecast:
    """What ``extra`` more labels would bring, by a power law: 1 - macro-F1 = a + b n^-c with a, b >= 0 (Hestness et al.
    2017).

    No gain is given where there are fewer than four points, where the curve does not rise by more than its own uncertainty,
    or where the law explains less than ``GOOD_FIT`` of it.
    """
    if len(curve) < LEAST_POINTS:
        return Forecast(extra, None, f"There are too few labelled rows to say what {extra} more would bring.")
    sizes = np.array([point.n for point in curve], float)
    scores = np.array([point.macro_f1.value for point in curve])
    last = curve[-1].macro_f1
    if scores[-1] - scores[0] <= (last.high - last.low) / 2:
        says = (
            f"From {curve[0].n:,} to {curve[-1].n:,} rows the score rises by no more than chance, so nothing says that "
            f"{extra} more labels would help."
        )
        return Forecast(extra, None, says)
    law, explained = fit_power_law(sizes, scores)
    if explained < GOOD_FIT:
        return Forecast(extra, None, f"The learning curve is too uneven to say what {extra} more labels would bring.")
    gain = float(np.diff(law(np.array([sizes[-1], sizes[-1] + extra])))[0])
    return Forecast(extra, gain, _says(extra, gain, curve[-1]))


def _says(extra: int, gain: float, last: CurvePoint) -> str:
    begin = f"If the learning curve goes on as it has, {extra} more labels bring about {gain:+.3f} macro-F1"
    if gain < (last.macro_f1.high - last.macro_f1.low) / 2:
        return f"{begin}: too little to tell apart with {last.macro_f1.n:,} test rows."
    return f"{begin}, from {last.macro_f1.value:.3f} with {last.n:,} rows."


class PowerLaw:
    """Score by number of rows: 1 - a - b n^-c."""

    def __init__(self, floor: float, slope: float, exponent: float) -> None:
        self.floor, self.slope, self.exponent = floor, slope, exponent

    def __call__(self, sizes: Floats) -> Floats:
        """Expected scores at these sizes."""
        return np.asarray(1 - self.floor - self.slope * sizes**-self.exponent)


def fit_power_law(sizes: Floats, scores: Floats) -> tuple[PowerLaw, float]:
    """The law with the least squared error, and the share of variance it explains. The exponent is searched on a grid, so the
    fit is exact in the other two and never fails to converge.
    """
    tries = [_fit_for(exponent, sizes, 1 - scores) for exponent in EXPONENTS.tolist()]
    best = min(tries, key=lambda law: float(((law(sizes) - scores) ** 2).sum()))
    spread = float(((scores - scores.mean()) ** 2).sum())
    return best, 1 - float(((best(sizes) - scores) ** 2).sum()) / spread if spread > 0 else 0.0


def _fit_for(exponent: float, sizes: Floats, errors: Floats) -> PowerLaw:
    powers = sizes**-exponent
    slope = float(((powers - powers.mean()) * (errors - errors.mean())).sum() / ((powers - powers.mean()) ** 2).sum())
    floor = float(errors.mean() - slope * powers.mean())
    if floor < 0:  # no score beyond 1: the line goes through the origin
        floor, slope = 0.0, float((powers * errors).sum() / (powers**2).sum())
    return PowerLaw(floor, slope, exponent) if slope > 0 else PowerLaw(float(errors.mean()), 0.0, exponent)
