"""What goes with ratings, groups and time, as a page shows it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segue.shared.components import Column, Figure, Table
from segue.work.lab.models import Analysis
from segue.work.lab.pictures import OURS, REPORTS, Picture, brief, picture_of, said, table_of, without_commands
from segue.work.lab.reading import result_or_why

if TYPE_CHECKING:
    from feedback_lab.records.findings import Crossing, DriversResult

SHOWN, MOST = 10, 100  # crossings that stand there at once, and in all
MISLEADS = (
    "A share moves with what else is said, with who writes and with how texts are collected. Months with few rows have wide "
    "bands. The scale need not begin at 0."
)


@dataclass(frozen=True)
class Crossed:
    """Themes by the groups of a column, or by time. ``rest`` are those that the first table leaves out."""

    name: str
    says: str
    first: Table | None
    rest: Table | None


@dataclass(frozen=True)
class DriversPage:
    """What goes with what. ``themes``: those of which a line over time can be drawn, by id; ``theme``: the one drawn."""

    says: Sequence[str]
    ratings: Picture | None
    segments: Sequence[Crossed]
    period: str
    times: Crossed | None
    themes: Sequence[tuple[int, str]]
    theme: int
    line: Picture | None


def drivers_of(analysis: Analysis, theme: int | None = None) -> DriversPage | str:
    """Themes beside ratings, groups and time, or why not. ``theme``: whose line over time is drawn, else the largest.

    Raises ``UserError`` where the folder of the run was damaged.
    """
    from feedback_lab.records.findings import DriversResult

    found = result_or_why(analysis, "drivers", DriversResult)
    return without_commands(found) if isinstance(found, str) else _page(found, theme)


def _page(found: DriversResult, theme: int | None) -> DriversPage:
    from feedback_lab.card.drivers_section import ratings_figure

    themes = _themes(found.by_time)
    known = {number for number, _ in themes}
    shown = theme if theme is not None and theme in known else (themes[0][0] if themes else 0)
    return DriversPage(
        says=[said(line) for line in found.says],
        ratings=picture_of(ratings_figure(found), "ratings") if found.by_rating else None,
        segments=[_crossed(name, crossings) for name, crossings in found.by_segment.items() if crossings],
        period=found.period,
        times=_crossed(found.period or "time", found.by_time) if found.by_time else None,
        themes=themes,
        theme=shown,
        line=_line([each for each in found.by_time if each.theme == shown], found.period) if themes else None,
    )


def _themes(crossings: Sequence[Crossing]) -> list[tuple[int, str]]:
    """Themes that occur in time, the largest first."""
    rows: dict[int, float] = {}
    names = {each.theme: brief(each.theme_name) for each in crossings}
    for each in crossings:
        rows[each.theme] = rows.get(each.theme, 0.0) + each.share.value * each.share.n
    return [(number, names[number]) for number in sorted(rows, key=lambda number: (-rows[number], number))]


def _crossed(name: str, crossings: Sequence[Crossing]) -> Crossed:
    """Those that are established first, and the others to be opened."""
    from feedback_lab.card import wording as w
    from feedback_lab.card.drivers_section import crossings_table

    shown, settled = brief(name), [each for each in crossings if each.established]
    differ = f"{len(settled) or 'none'} {'differs' if len(settled) < 2 else 'differ'}"
    says = f"Of the strongest {w.count(len(crossings), 'pair')} {differ} by more than chance explains."
    first = table_of(crossings_table(f"Themes that differ by {shown}, the farthest first", settled, SHOWN)) if settled else None
    every = f"Themes by {shown}" + (f", the first {MOST} of {len(crossings):,}" if len(crossings) > MOST else "")
    rest = table_of(crossings_table(every, crossings, MOST)) if len(crossings) > len(settled[:SHOWN]) else None
    return Crossed(shown, says, first, rest)


def _line(crossings: Sequence[Crossing], period: str) -> Picture:
    from feedback_lab.card import wording as w
    from feedback_lab.card.charts import Place, line_with_band
    from feedback_lab.card.drawing import Frame

    name = brief(crossings[0].theme_name)
    places = [
        Place(at, 100 * each.share.value, 100 * each.share.low, 100 * each.share.high, each.group)
        for at, each in enumerate(crossings)
    ]
    most = max(crossings, key=lambda each: each.share.value if math.isfinite(each.share.value) else -1.0)
    title = f"Share of the texts about “{name}” by {period}"
    says = f"{title}: highest in {most.group}, {w.short(most.share, w.percent)}."
    svg = line_with_band(
        Frame("chart-time", title, says), places, (period.capitalize(), "Per cent of the texts; band: 95% interval")
    )
    columns = [
        Column(period.capitalize()),
        Column("Share (95% interval)", is_number=True),
        Column("Rows", is_number=True),
        Column("Settled"),
    ]
    rows = [
        [each.group, w.short(each.share, w.percent), w.count(each.share.n), "yes" if each.established else "no"]
        for each in crossings
    ]
    figure = Figure("time", says, Table(title, columns, rows), svg.replace(REPORTS, OURS, 1))
    return Picture(figure, MISLEADS)
