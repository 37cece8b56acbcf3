"""Population stability index: how far two sets of shares lie apart.

PSI = sum over bins of (new - reference) * ln(new / reference), with shares of the rows (Lewis 1994; Siddiqi 2006, "Credit Risk
Scorecards", who also gives the marks 0.1 and 0.25). It is Jeffreys' divergence of the two. Of rows from one source it is about
(1/n + 1/m) times a chi-squared figure with one degree of freedom less than bins (Yurdakul and Naranjo 2020), so that a few
hundred rows in many bins pass 0.25 by chance alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from feedback_lab.records.rows import Floats, Ints

BINS = 10
# More values than this are bins "other" and not looked at one by one.
VALUES = 20
# Half a row more in each bin, so that an empty one has a logarithm (the prior of Jeffreys for shares).
SMOOTHING = 0.5
CHANCE = 0.001
Value = TypeVar("Value", str, float, int)


@dataclass(frozen=True)
class Distance:
    """PSI of two sets of counts, and what rows of one source exceed by chance in one of 1,000 comparisons."""

    psi: float
    by_chance: float
    reference_n: int
    new_n: int


def psi(reference: Ints, new: Ints) -> Distance:
    """PSI of counts: int (bins,) each. Half a row is added to every bin; bins that are empty on both sides count for nothing."""
    from scipy.stats import chi2

    used = (reference + new) > 0
    bins, n, m = int(used.sum()), int(reference.sum()), int(new.sum())
    if bins < 2 or not n or not m:
        return Distance(0.0, 0.0, n, m)
    expected = (reference[used] + SMOOTHING) / (n + SMOOTHING * bins)
    found = (new[used] + SMOOTHING) / (m + SMOOTHING * bins)
    value = float(((found - expected) * np.log(found / expected)).sum())
    return Distance(value, float(chi2.ppf(1 - CHANCE, bins - 1)) * (1 / n + 1 / m), n, m)


def psi_of_numbers(reference: Floats, new: Floats, bins: int = BINS) -> Distance:
    """PSI of numbers (n,) and (m,), cut at the quantiles of the reference. NaN is a bin of its own.

    Where the reference has no more than ``bins`` different numbers, each is a bin, with one for all other numbers.
    """
    if len(np.unique(reference[~np.isnan(reference)])) <= bins:
        return psi_of_values(_none_for_nan(reference), _none_for_nan(new))
    edges = np.unique(np.quantile(reference[~np.isnan(reference)], np.arange(1, bins) / bins, method="inverted_cdf"))
    return psi(_counts(reference, edges), _counts(new, edges))


def _none_for_nan(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.tolist()]


def _counts(values: Floats, edges: Floats) -> Ints:
    place = np.where(np.isnan(values), len(edges) + 1, np.searchsorted(edges, values, side="left"))
    return np.bincount(place, minlength=len(edges) + 2).astype(np.int64)


def psi_of_values(reference: Sequence[Value | None], new: Sequence[Value | None], most: int = VALUES) -> Distance:
    """PSI of categories. The ``most`` frequent values of the reference are bins; all others are one, and None is one."""
    known = Counter(value for value in reference if value is not None)
    kept = sorted(known, key=lambda value: (-known[value], value))[:most]
    places: dict[Value | None, int] = {value: place for place, value in enumerate(kept)}
    places[None] = len(kept) + 1

    def counts(values: Sequence[Value | None]) -> Ints:
        placed = [places.get(value, len(kept)) for value in values]
        return np.bincount(placed, minlength=len(kept) + 2).astype(np.int64)

    return psi(counts(reference), counts(new))
