"""The metric of some rows, with an interval that holds for groups of thirty rows too."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from feedback_lab.intervals import RESAMPLES, confusion, macro_f1_of, percentiles, stretched, wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Floats, Ints

PSEUDO = 2.0  # rows put on the diagonal, and as many beside it

# The metric at a level, such as 0.95.
Score = Callable[[float], Estimate]


def score(truth: Ints, predicted: Ints, metric: str, seed: int = 0) -> Score:
    """``macro_f1`` or ``accuracy`` of rows; ``truth`` and ``predicted`` are places of classes (n,).

    Macro-F1 is over the classes that occur in these rows, as scikit-learn's. No rows: NaN, with no bounds.
    """
    n = len(truth)
    if n == 0:
        return lambda level: Estimate(float("nan"), float("nan"), float("nan"), 0)
    if metric == "accuracy":
        hits = int((truth == predicted).sum())
        return lambda level: wilson(hits, n, level)
    return macro_f1(truth, predicted, seed)


def macro_f1(truth: Ints, predicted: Ints, seed: int = 0) -> Score:
    """Macro-F1 with a bootstrap over the cells of the confusion matrix.

    Plain resampling fails for small groups: one without a mistake would get an interval without width, and rare classes drop out
    of the draws. So four rows are added before drawing, as in Agresti and Coull 1998: two right ones, and two wrong ones spread
    as truth and predictions are. Draws are moved to the centre that they should have, since they lie too low on average.
    """
    occurring, coded = np.unique(np.concatenate([truth, predicted]), return_inverse=True)
    n, classes = len(truth), len(occurring)
    matrix = confusion(coded[:n], coded[n:], classes)
    value = float(macro_f1_of(matrix))
    if classes == 1:  # nothing to confuse it with
        return lambda level: wilson(n, n, level)
    extra = _extra(matrix)
    draws = _draws(matrix, extra, np.random.default_rng(seed))
    low, high = percentiles(np.clip(draws - draws.mean() + macro_f1_of(matrix + 2 * PSEUDO * extra), 0, 1))
    estimate = Estimate(value, min(low, value), max(high, value), n)
    return lambda level: _within(stretched(estimate, level))


def _within(estimate: Estimate) -> Estimate:
    return Estimate(estimate.value, max(0.0, estimate.low), min(1.0, estimate.high), estimate.n)


def _extra(matrix: Ints) -> Floats:
    """Shares of the added rows by cell, sum 1: half of them on the diagonal."""
    n = matrix.sum()
    truth, predicted = matrix.sum(1) / n, matrix.sum(0) / n
    wrong = np.outer(truth, predicted)
    np.fill_diagonal(wrong, 0)
    return np.asarray((np.diag(truth) + wrong / wrong.sum()) / 2)


def _draws(matrix: Ints, extra: Floats, random: np.random.Generator) -> Floats:
    """Macro-F1 (RESAMPLES,) of n rows drawn from the counts and the added rows together.

    Only cells that occur are drawn, and added rows one by one, so that hundreds of classes cost little.
    """
    n, classes = int(matrix.sum()), len(matrix)
    added = random.binomial(n, 2 * PSEUDO / (n + 2 * PSEUDO), RESAMPLES)
    cells = np.flatnonzero(matrix)
    drawn = random.multinomial(n - added, matrix.ravel()[cells] / n).astype(float)
    hits, total = _by_class(cells, classes)
    hits, total = drawn @ hits, drawn @ total
    at, cells = np.repeat(np.arange(RESAMPLES), added), random.choice(classes**2, int(added.sum()), p=extra.ravel())
    more_hits, more_total = _by_class(cells, classes)
    np.add.at(hits, at, more_hits)
    np.add.at(total, at, more_total)
    f1 = np.where(total > 0, 2 * hits / np.where(total > 0, total, 1), 0.0)
    return np.asarray(f1.sum(1) / (total > 0).sum(1))


def _by_class(cells: Ints, classes: int) -> tuple[Floats, Floats]:
    """What a row in each cell adds to the hits, and to truth plus predicted, of each class: (cells, classes) each."""
    identity = np.eye(classes)
    truth, predicted = identity[cells // classes], identity[cells % classes]
    return truth * predicted, truth + predicted
