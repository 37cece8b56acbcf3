"""Intervals: how far a figure from n cases can be trusted. All are 95% unless a level is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

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
    # At a share of 0 or 1 rounding may put an end on the wrong side of it.
    return Estimate(share, max(0.0, float(min(share, centre - half))), min(1.0, float(max(share, centre + half))), n)


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
    """Macro-F1 of n predictions, places of classes (n,), with a percentile bootstrap interval."""
    n = len(truth)
    if n == 0:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    value = float(macro_f1_of(confusion(truth, predicted, classes)))
    draws = macro_f1_draws(truth, predicted[None, :], classes, seed)[:, 0]
    return unless_flawless(Estimate(value, *percentiles(draws, level), n), level)


def unless_flawless(found: Estimate, level: float = LEVEL) -> Estimate:
    """The estimate, but where all n cases are right the bootstrap has nothing to vary: Wilson's low end of n in n stands in."""
    return Estimate(1.0, wilson(found.n, found.n, level).low, 1.0, found.n) if found.value == 1.0 else found


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
    if np.trace(matrix) == n:
        share = matrix / n
        expected = float((share.sum(0) * share.sum(1)).sum())
        return Estimate(1.0, (wilson(n, n, level).low - expected) / (1 - expected), 1.0, n)
    return Estimate(value, *percentiles(_kappa_draws(matrix, seed), level), n)


def _kappa_draws(matrix: Ints, seed: int) -> Floats:
    """Kappa of rows drawn with replacement, (RESAMPLES,). Only cells that occur are drawn, so many labels cost no more memory."""
    from scipy import sparse

    rows, columns = np.nonzero(matrix)
    counts, n = matrix[rows, columns], int(matrix.sum())
    ones, places, shape = np.ones(len(counts)), np.arange(len(counts)), (len(matrix), len(counts))
    of_first, of_second = (sparse.csr_array((ones, (labels, places)), shape=shape) for labels in (rows, columns))
    random, pieces = np.random.default_rng(seed), []
    for begin in range(0, RESAMPLES, 50):
        drawn = random.multinomial(n, counts / n, min(50, RESAMPLES - begin)).T.astype(float)
        expected = ((of_first @ drawn) * (of_second @ drawn)).sum(0) / (n * n)
        left = 1 - expected
        pieces.append(
            np.where(left > 1e-12, (drawn[rows == columns].sum(0) / n - expected) / np.where(left > 1e-12, left, 1), np.nan)
        )
    return np.concatenate(pieces)


def adjusted(looks: int, level: float = LEVEL) -> float:
    """The level for each of so many looks at which all of them hold together at ``level`` (Bonferroni)."""
    return 1 - (1 - level) / max(looks, 1)


def leaves_out(estimate: Estimate, value: float) -> bool:
    """Whether the interval does not hold ``value``; one without bounds leaves out nothing."""
    return estimate.low > value or estimate.high < value


def stretched(estimate: Estimate, level: float) -> Estimate:
    """A 95% interval carried to another level: each side grows as that of a normal distribution does."""
    factor = float(ndtri(0.5 + level / 2) / ndtri(0.5 + LEVEL / 2))
    low, high = estimate.value - estimate.low, estimate.high - estimate.value
    return Estimate(estimate.value, estimate.value - low * factor, estimate.value + high * factor, estimate.n)


def difference(first: Estimate, second: Estimate) -> Estimate:
    """First minus second of two separate groups, from their own intervals, which may be lopsided; n is the first's.

    Zou and Donner 2008 (MOVER). With Wilson's intervals this is Newcombe's interval for the difference of two shares.
    """
    value = first.value - second.value
    low = np.hypot(first.value - first.low, second.high - second.value)
    high = np.hypot(first.high - first.value, second.value - second.low)
    return Estimate(value, float(value - low), float(value + high), first.n)


def largest_difference(estimates: Sequence[Estimate], seed: int = 0) -> Estimate:
    """The largest distance between any two of several separate groups, with an interval that knows it was picked as the largest.

    All pairs get intervals that hold together, as in Tukey and Kramer's method, with the critical value simulated for the widths
    at hand. The true largest distance is at least the highest low end of a pair and at most the highest high end. n is the
    rows of both groups. Fewer than two groups: NaN.
    """
    if len(estimates) < 2:
        return Estimate(float("nan"), float("nan"), float("nan"), sum(e.n for e in estimates))
    value, below, above = (
        np.array(column) for column in zip(*((e.value, e.value - e.low, e.high - e.value) for e in estimates), strict=True)
    )
    z = float(ndtri(0.5 + LEVEL / 2))
    first, second = np.triu_indices(len(value), 1)
    spread = np.maximum((below + above) / (2 * z), 1e-12)
    noise = np.random.default_rng(seed).normal(0, spread, (RESAMPLES, len(value)))
    together = np.hypot(spread[first], spread[second])
    pieces = np.array_split(noise, 20)
    furthest = np.concatenate([(np.abs(piece[:, first] - piece[:, second]) / together).max(1) for piece in pieces])
    factor = float(np.quantile(furthest, LEVEL)) / z
    apart = value[:, None] - value
    low = float((apart - factor * np.hypot(below[:, None], above)).max())
    high = float((apart + factor * np.hypot(above[:, None], below)).max())
    most, least = int(value.argmax()), int(value.argmin())
    rows = estimates[most].n + estimates[least].n
    return Estimate(float(value[most] - value[least]), max(0.0, low), high, rows)


@dataclass(frozen=True)
class Sums:
    """What is kept of a group's values: how many, their sum, the sum of their squares. Sums of parts add up."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def __sub__(self, other: Sums) -> Sums:
        return Sums(self.n - other.n, self.total - other.total, self.squares - other.squares)

    @property
    def mean(self) -> float:
        """Mean, NaN of nothing."""
        return self.total / self.n if self.n else float("nan")

    @property
    def variance(self) -> float:
        """Sample variance (n - 1); NaN of fewer than two values."""
        if self.n < 2:
            return float("nan")
        spread = self.squares - self.n * self.mean**2
        # What rounding leaves of values that are all alike is no spread.
        return spread / (self.n - 1) if spread > 1e-12 * self.squares else 0.0


def mean_of_sums(sums: Sums, level: float = LEVEL) -> Estimate:
    """The mean with Student's interval; without bounds (NaN) for fewer than two values."""
    half = float(stdtrit(sums.n - 1, 0.5 + level / 2)) * np.sqrt(sums.variance / sums.n) if sums.n > 1 else float("nan")
    return Estimate(sums.mean, float(sums.mean - half), float(sums.mean + half), sums.n)


def mean_difference(first: Sums, second: Sums, level: float = LEVEL) -> Estimate:
    """First mean minus second, with Welch's interval (Welch 1947); n is the first's. Fewer than two values on a side: no bounds.

    A group whose values are all the same says nothing of its spread; it takes the other's, as in Student's test.
    """
    value = first.mean - second.mean
    if min(first.n, second.n) < 2:
        return Estimate(value, float("nan"), float("nan"), first.n)
    one, other = (first.variance or second.variance) / first.n, (second.variance or first.variance) / second.n
    if one + other == 0:
        return Estimate(value, value, value, first.n)
    freedom = (one + other) ** 2 / (one**2 / (first.n - 1) + other**2 / (second.n - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2) * np.sqrt(one + other))
    return Estimate(value, value - half, value + half, first.n)


def share_ratio(hits: int, n: int, other_hits: int, other_n: int, level: float = LEVEL) -> Estimate:
    """Share of a group divided by the share of another, with its log interval (Katz 1978); n is the first's.

    Half a row is added to each count for the interval (Walter 1975), so that none may be 0; where the other share is 0, for the
    value too. An empty group: no bounds.
    """
    if min(n, other_n) == 0:
        return Estimate(float("nan"), float("nan"), float("nan"), n)
    log = float(np.log((hits + 0.5) / (n + 0.5)) - np.log((other_hits + 0.5) / (other_n + 0.5)))
    spread = np.sqrt(1 / (hits + 0.5) - 1 / (n + 0.5) + 1 / (other_hits + 0.5) - 1 / (other_n + 0.5))
    half = float(ndtri(0.5 + level / 2)) * float(spread)
    value = hits / n / (other_hits / other_n) if other_hits else float(np.exp(log))
    return Estimate(value, min(value, float(np.exp(log - half))), max(value, float(np.exp(log + half))), n)


def chance_of_shares(hits: int, n: int, other_hits: int, other_n: int) -> float:
    """How often equal shares would lie at least this far apart, to either side: Fisher's exact test, its smaller tail doubled.

    The log interval of ``share_ratio`` is too narrow upwards for many looks at few rows, where this holds.
    """
    from scipy.stats import hypergeom

    drawn = hypergeom(n + other_n, hits + other_hits, n)
    return float(min(1.0, 2 * min(drawn.cdf(hits), drawn.sf(hits - 1))))
