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


def macro_f1_draws(truth: Ints, predictions: Ints, classes: int, seed: int = 0) -> Floats:
    """Macro-F1 of m predictions on rows drawn with replacement, float (RESAMPLES, m).

    ``predictions``: int (m, n), of the same n rows, n > 0. Every draw takes the same rows for all m, so the difference of two
    columns is paired. Only cells that occur are drawn, so hundreds of classes cost no more memory than tens.
    """
    from scipy import sparse

    cells, counts = np.unique(np.vstack([truth, predictions]), axis=1, return_counts=True)
    ones, places = np.ones(len(counts)), np.arange(len(counts))
    of_class = [sparse.csr_array((ones, (row, places)), shape=(classes, len(counts))) for row in cells]
    hits = [sparse.csr_array((ones * (row == cells[0]), (row, places)), shape=(classes, len(counts))) for row in cells[1:]]
    random, n = np.random.default_rng(seed), len(truth)
    pieces = []
    for begin in range(0, RESAMPLES, 50):
        drawn = random.multinomial(n, counts / n, min(50, RESAMPLES - begin)).T.astype(float)
        pieces.append(
            np.array(
                [_f1_of_counts(h @ drawn, of_class[0] @ drawn + p @ drawn) for h, p in zip(hits, of_class[1:], strict=True)]
            ).T
        )
    return np.concatenate(pieces)


def _f1_of_counts(hits: Floats, total: Floats) -> Floats:
    """Macro-F1 (draws,) of hits and of truth plus predicted, both (classes, draws)."""
    f1 = np.where(total > 0, 2 * hits / np.where(total > 0, total, 1), 0.0)
    return np.asarray(f1.sum(0) / np.maximum((total > 0).sum(0), 1))


def percentiles(draws: Floats, level: float = LEVEL) -> tuple[float, float]:
    """Low and high end of a percentile bootstrap interval; draws that are NaN are left out."""
    low, high = np.nanquantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def kappa_of(matrix: Ints | Floats) -> Floats:
    """Cohen's kappa (Cohen 1960) of counts (..., k, k); NaN where both labellers used one and the same label throughout."""
    n = np.maximum(matrix.sum((-2, -1)), 1)
    observed = np.trace(matrix, axis1=-2, axis2=-1) / n
    expected = (matrix.sum(-1) * matrix.sum(-2)).sum(-1) / (n * n)
    chance_left = np.asarray(1 - expected, dtype=float)
    return np.asarray(
        np.where(chance_left > 1e-12, (observed - expected) / np.where(chance_left > 1e-12, chance_left, 1), np.nan)
    )


def kappa(first: Ints, second: Ints, classes: int, seed: int = 0, level: float = LEVEL) -> Estimate:
    """Cohen's kappa of two labellers on the same n rows, places of labels (n,), with a percentile bootstrap interval.

    Full agreement leaves the bootstrap nothing to vary; the low end is then kappa at the low end of Wilson's interval of the
    observed agreement.
    """
    matrix = confusion(first, second, classes)
    n = int(matrix.sum())
    value = float(kappa_of(matrix)) if n else float("nan")
    if np.isnan(value):
        return Estimate(float("nan"), float("nan"), float("nan"), n)
    share = matrix / n
    if np.trace(matrix) == n:
        expected = float((share.sum(0) * share.sum(1)).sum())
        return Estimate(1.0, (wilson(n, n, level).low - expected) / (1 - expected), 1.0, n)
    random = np.random.default_rng(seed)
    draws = random.multinomial(n, share.ravel(), RESAMPLES).reshape(-1, classes, classes)
    return Estimate(value, *percentiles(kappa_of(draws), level), n)
