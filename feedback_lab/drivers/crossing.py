"""Themes by group and by time: who speaks of what, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from feedback_lab.intervals import adjusted, chance_of_shares, leaves_out, share_ratio, wilson
from feedback_lab.records.findings import Crossing, Theme
from feedback_lab.records.rows import Ints

OTHER = "(other)"
MOST_GROUPS = 40
MOST_MONTHS = 24
MOST_PAIRS = 30  # of a segment; fifty themes and forty groups would be two thousand
# Log intervals are rough where fewer are expected, so such a pair is shown and not judged.
LEAST_ROWS = 30
LEAST_EXPECTED = 5


@dataclass(frozen=True)
class Pair:
    """A group and a theme: ``hits`` of the group's ``n`` rows, ``other_hits`` of the ``other_n`` of all others."""

    theme: Theme
    group: str
    hits: int
    n: int
    other_hits: int
    other_n: int

    @property
    def judged(self) -> bool:
        """Whether there are rows enough to say something. It looks at the margins only, never at the answer."""
        share = (self.hits + self.other_hits) / (self.n + self.other_n)
        return min(self.n, self.other_n) >= LEAST_ROWS and share * min(self.n, self.other_n) >= LEAST_EXPECTED

    @property
    def surplus(self) -> float:
        """Rows more than the share of all others would give."""
        return self.hits - self.n * self.other_hits / self.other_n


def pairs(groups: Mapping[str, Ints], themes: Sequence[Theme]) -> list[Pair]:
    """All pairs of a group and a theme, in the order of ``groups``; none where there is but one group."""
    everyone = sum(groups.values(), np.zeros(len(themes) + 1, np.int64))
    found = []
    for group, row in groups.items():
        n, other_n = int(row.sum()), int(everyone.sum() - row.sum())
        for place, theme in enumerate(themes):
            hits = int(row[place])
            if n and other_n:
                found.append(Pair(theme, group, hits, n, int(everyone[place]) - hits, other_n))
    return found


def crossing(pair: Pair, looks: int) -> Crossing:
    """The pair with its intervals. ``looks``: how many pairs are judged in all."""
    counts = (pair.hits, pair.n, pair.other_hits, pair.other_n)
    level = adjusted(looks)
    apart = pair.judged and leaves_out(share_ratio(*counts, level=level), 1)
    return Crossing(
        theme=pair.theme.id,
        theme_name=pair.theme.name,
        group=pair.group,
        share=wilson(pair.hits, pair.n),
        ratio=share_ratio(*counts),
        established=apart and chance_of_shares(*counts) < 1 - level,
    )


def strongest(found: Sequence[Pair], looks: int) -> tuple[Crossing, ...]:
    """What is established, then the rest; each by the rows that a group has more or fewer. At most ``MOST_PAIRS``."""
    ordered = sorted(found, key=lambda pair: (-abs(pair.surplus), pair.group, pair.theme.id))
    crossings = [crossing(pair, looks) for pair in ordered]
    return tuple(sorted(crossings, key=lambda each: not each.established)[:MOST_PAIRS])


def largest_groups(groups: Mapping[str, Ints]) -> dict[str, Ints]:
    """The groups with most rows, the largest first; all others are one group at the end."""
    ordered = sorted(groups.items(), key=lambda item: (-int(item[1].sum()), item[0]))
    if len(ordered) <= MOST_GROUPS:
        return dict(ordered)
    kept = {name: row for name, row in ordered[: MOST_GROUPS - 1] if name != OTHER}
    return {**kept, OTHER: np.sum([row for name, row in ordered if name not in kept], axis=0)}


def periods(months: Mapping[int, Ints]) -> tuple[str, dict[str, Ints]]:
    """``month`` or, with more than 24 months that have rows, ``quarter``; and the rows by ISO month or quarter, in time."""
    period = "month" if len(months) <= MOST_MONTHS else "quarter"
    found: dict[str, Ints] = {}
    for month in sorted(months):
        year, place = 1970 + month // 12, month % 12
        name = f"{year:04}-{place + 1:02}" if period == "month" else f"{year:04}-Q{place // 3 + 1}"
        found[name] = found[name] + months[month] if name in found else months[month]
    return (period, _latest(found)) if months else ("", {})


def _latest(found: dict[str, Ints]) -> dict[str, Ints]:
    """The latest periods; what came before them is one."""
    if len(found) <= MOST_GROUPS:
        return found
    names = list(found)
    early, late = names[: 1 - MOST_GROUPS], names[1 - MOST_GROUPS :]
    return {f"before {late[0]}": np.sum([found[name] for name in early], axis=0), **{name: found[name] for name in late}}
