"""Intervals: how far a figure from n cases can be trusted. All are 95% unless a level is given."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Floats, Ints

LEVEL = 0.95
RESAMPLES = 1_000


def wilson(hits: int, n: int, level: float = LEVEL) -> Estimate:
    """A share with Wilson's score interval (Wilson 1927), sound for small n and for shares near 0 and 1. n = 0: from 0 to 1."""
    if n == 0:
        return Estimate(0.0, 0.0, 1.0, 0)
    z = float(ndtri(0.5 + level / 2))
    share = hits / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Estimate(share, max(0.0, float(centre - half)), min(1.0, float(centre + half)), n)


def mean(values: Floats, level: float = LEVEL) -> Estimate:
    """The mean of n values, NaN left out, with its normal interval. Fewer than two values: an interval without bounds is NaN."""
    known = values[~np.isnan(values)]
    n = len(known)
    if n < 2:
        value = float(known.mean()) if n else float("nan")
        return Estimate(value, float("nan"), float("nan"), n)
    half = float(ndtri(0.5 + level / 2)) * float(known.std(ddof=1)) / np.sqrt(n)
    value = float(known.mean())
    return Estimate(value, float(value - half), float(value + half), n)


def confusion(truth: Ints, predicted: Ints, classes: int) -> Ints:
    """Counts, int64 (classes, classes): rows are the truth, columns what was predicted."""
    return np.bincount(truth * classes + predicted, minlength=classes * classes).reshape(classes, classes).astype(np.int64)


def macro_f1_of(matrix: Ints | Floats) -> Floats:
    """Macro-F1 of confusion matrices (..., k, k), the mean over classes that occur as truth or prediction; as scikit-learn's."""
    hits = np.diagonal(matrix, axis1=-2, axis2=-1).astype(float)
    total = matrix.sum(-1) + matrix.sum(-2)
    occurs = total > 0
    f1 = np.where(occurs, 2 * hits / np.where(occurs, total, 1), 0.0)
    return np.asarray(f1.sum(-1) / np.maximum(occurs.sum(-1), 1))


def macro_f1(truth: Ints, predicted: Ints, classes: int, seed: int = 0, level: float = LEVEL) -> Estimate:
    """Macro-F1 with a percentile bootstrap interval.

    Drawing rows with replacement is drawing the cells of the confusion matrix from a multinomial, which is exact and needs no
    rows.
    """
    matrix = confusion(truth, predicted, classes)
    n = int(matrix.sum())
    if n == 0:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    draws = np.random.default_rng(seed).multinomial(n, matrix.ravel() / n, RESAMPLES)
    low, high = np.quantile(macro_f1_of(draws.reshape(-1, classes, classes)), [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(macro_f1_of(matrix)), float(low), float(high), n)
