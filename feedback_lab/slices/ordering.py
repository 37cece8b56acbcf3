"""The order in which groups are shown: bands such as ages from the lowest to the highest, all others by their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

MISSING = "(missing)"
OTHER = "(other)"
BAND = re.compile(r"(?P<below><)?\s*(?P<low>-?\d+(?:\.\d+)?)(?P<up>\s*\+|\s*(?:-|–|to)\s*<?-?\d+(?:\.\d+)?)?")


def in_order(largest_first: Sequence[str]) -> list[str]:
    """Bands in the order of their numbers, what has no band behind them; other names as they come.

    "<25", "25-34" and "35+" are bands. Plain numbers alone are not: they may be the numbers of shops.
    """
    named = [name for name in largest_first if name not in {MISSING, OTHER}]
    found = {name: BAND.fullmatch(name) for name in named}
    if not named or not all(found.values()) or not any(band and (band["below"] or band["up"]) for band in found.values()):
        return list(largest_first)
    places = {name: (float(band["low"]), not band["below"], name) for name, band in found.items() if band}
    return [*sorted(named, key=places.__getitem__), *(name for name in largest_first if name in {MISSING, OTHER})]
