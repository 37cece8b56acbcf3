"""Who gets selected: rates by group and the four-fifths rule. Only for tasks that select people or cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtri

from feedback_lab.intervals import LEVEL, largest_difference
from feedback_lab.records.figures import Estimate

FOUR_FIFTHS = 0.8  # Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D


def lowest_to_highest(rates: Sequence[Estimate], seed: int = 0) -> Estimate | None:
    """The lowest selection rate divided by the highest, with an interval that knows both were picked. n: rows of both groups.

    None for fewer than two groups, and where nobody is selected.
    """
    if len(rates) < 2 or max(rate.value for rate in rates) == 0:
        return None
    ordered = sorted(rates, key=lambda rate: rate.value)
    value = ordered[0].value / ordered[-1].value
    apart = largest_difference([_log(rate) for rate in rates], seed)
    low, high = float(np.exp(-apart.high)), float(np.exp(-apart.low))
    return Estimate(value, min(low, value), max(high, value), ordered[0].n + ordered[-1].n)


def _log(rate: Estimate) -> Estimate:
    """The logarithm of a rate with its interval; half a row is added so that a rate may be 0 (Walter 1975)."""
    hits = round(rate.value * rate.n)
    value = float(np.log((hits + 0.5) / (rate.n + 1)))
    half = float(ndtri(0.5 + LEVEL / 2) * np.sqrt(1 / (hits + 0.5) - 1 / (rate.n + 1)))
    return Estimate(value, value - half, value + half, rate.n)


def says_of_rule(ratio: Estimate | None, positive: str) -> str:
    """What may be concluded from the ratio."""
    if ratio is None:
        return f"Selection rates for “{positive}” can't be compared: fewer than two groups are judged, or nobody is selected."
    figures = f"{ratio.value:.2f} (95% interval {ratio.low:.2f} to {ratio.high:.2f})"
    if ratio.high < FOUR_FIFTHS:
        return f"The lowest selection rate for “{positive}” is {figures} of the highest: below four fifths, and established."
    if ratio.value < FOUR_FIFTHS:
        return f"The lowest selection rate for “{positive}” is {figures} of the highest: below four fifths, but not established."
    if ratio.low < FOUR_FIFTHS:
        return f"The lowest selection rate for “{positive}” is {figures} of the highest: above four fifths, but not established."
    return f"The lowest selection rate for “{positive}” is {figures} of the highest: above four fifths, and established."
