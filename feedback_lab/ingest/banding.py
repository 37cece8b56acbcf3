"""Numbers as groups: ages, prices and the like cut at edges into bands with names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from feedback_lab.ingest.ratings import NO_VALUE, number

AGES = (18.0, 25.0, 35.0, 45.0, 55.0, 65.0)
# Up to so many different numbers are taken as they are.
FEW = 12
DIGITS = 2


def guess_edges(name: str, values: Sequence[str | None]) -> tuple[float, ...]:
    """Edges at which a column of numbers is cut: the usual ones for ages, else quintiles rounded to two digits.

    Empty where there are at most ``FEW`` different numbers, which are groups as they stand.
    """
    found = [value for value in map(_number, values) if value is not None]
    if len(set(found)) <= FEW:
        return ()
    if re.search(r"(?:^|[^a-z])age(?:$|[^a-z])", name.casefold()) and min(found) >= 0 and max(found) < 130:
        return AGES
    quintiles = {_rounded(float(edge)) for edge in np.quantile(found, [0.2, 0.4, 0.6, 0.8])}
    # An edge at or below the least value would leave its lower band empty.
    return tuple(sorted(edge for edge in quintiles if edge > min(found)))


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _number(value: str | None) -> float | None:
    return None if value is None else number(value)


def bands(values: Sequence[str | None], edges: Sequence[float]) -> list[str | None]:
    """The band of each value. Edges 25, 35 give "<25", "25-34", "35+"; an edge belongs to the band above it.

    Values that are no numbers are None. Without edges, the values themselves, trimmed; None where there is none.
    """
    if not edges:
        return [None if value is None or value.strip() in NO_VALUE else value.strip() for value in values]
    cuts = sorted(set(edges))
    names = band_names(cuts)
    known: dict[str | None, str | None] = {}
    for value in set(values):
        found = _number(value)
        known[value] = None if found is None else names[bisect_right(cuts, found)]
    return [known[value] for value in values]


def band_names(edges: Sequence[float]) -> list[str]:
    """Names of the bands between sorted edges, lowest first; one more than there are edges."""
    whole = all(float(edge).is_integer() for edge in edges)
    inner = [_between(low, high, whole) for low, high in pairwise(edges)]
    return [f"<{edges[0]:.12g}", *inner, f"{edges[-1]:.12g}+"]


def _between(low: float, high: float, whole: bool) -> str:
    if not whole:
        return f"{low:.12g} to <{high:.12g}"
    if high - low == 1:
        return f"{low:.12g}"
    return f"{low:.12g} to {high - 1:.12g}" if low < 0 else f"{low:.12g}-{high - 1:.12g}"
