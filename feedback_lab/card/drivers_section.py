"""What goes with low and high ratings, with groups, and with time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import Block, Column, Figure, Fold, Given, Line, Paragraph, Points, Section, Table
from feedback_lab.card.charts import Dot, dots
from feedback_lab.card.drawing import Frame
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import RunView
from feedback_lab.records.findings import Crossing, Driver, DriversResult

IN_CHART = 20
SETTLED, PAIRS = 8, 200  # rows of the tables of themes by group
CAUSE = "These go together. Nothing here says that one brings the other about."


def drivers_section(run: RunView) -> list[Section]:
    """The section, or none where nothing could be related."""
    drivers = run.drivers
    if drivers is None:
        return []
    blocks: list[Block] = [Paragraph(CAUSE, "lede")]
    if drivers.says:
        blocks.append(Points(tuple(Given(line) for line in drivers.says)))
    if drivers.by_rating:
        blocks.append(ratings_figure(drivers))
    blocks += [_crossings(column, crossings, "group") for column, crossings in drivers.by_segment.items() if crossings]
    if drivers.by_time:
        blocks.append(_crossings(drivers.period or "time", drivers.by_time, "time"))
    return [Section("What goes with what", tuple(blocks), "drivers")]


def ratings_figure(drivers: DriversResult) -> Figure:
    """Themes beside ratings: the difference of each with its interval; a hollow dot is not settled."""
    ordered = sorted(drivers.by_rating, key=lambda d: (d.impact, d.theme))
    shown = _ends(ordered)
    settled = [d for d in ordered if d.established]
    below = sum(d.difference.value < 0 for d in settled)
    overall = f" The mean rating is {w.full(drivers.overall)}." if drivers.overall is not None else ""
    says = (
        f"{below} of {w.count(len(ordered), 'theme')} clearly go with lower ratings and {len(settled) - below} with higher "
        f"ones.{overall}"
    )
    title = "Rating of a theme's rows minus that of all others, by weight on the mean" + (
        f", the {IN_CHART} that weigh most" if len(shown) < len(ordered) else ""
    )
    drawn = [_dot(d) for d in shown]
    table = Table(
        "Themes and ratings, the heaviest on the low side first",
        (
            Column("Theme"),
            Column("Rows", True),
            Column("Mean rating", True),
            Column("Difference", True),
            Column("95% interval", True),
            Column("Settled"),
            Column("Impact on the mean", True),
        ),
        tuple(_row(d) for d in ordered),
    )
    warns = (
        "A theme of complaints goes with low ratings by its nature. A hollow dot is a difference that these rows don't settle "
        "once it is counted how many themes were looked at. Impact is share times difference: how far the mean would move "
        "without the theme."
    )
    svg = dots(Frame("chart-drivers", title, says), drawn, 0.0, "dashed: no difference from all other rows")
    return Figure(title, says, svg, table, warns)


def _ends(ordered: Sequence[Driver]) -> list[Driver]:
    """Both ends of a long list."""
    if len(ordered) <= IN_CHART:
        return list(ordered)
    return [*ordered[: IN_CHART // 2], *ordered[-IN_CHART // 2 :]]


def _dot(driver: Driver) -> Dot:
    e = driver.difference
    role = "" if driver.established else "faint"
    return Dot(driver.theme_name, e.value, e.low, e.high, w.short(e, w.signed), w.count(driver.rows, "row"), role=role)


def _row(driver: Driver) -> tuple[Line, ...]:
    e = driver.difference
    name = Given(shorten(driver.theme_name, 90))
    return (
        name,
        w.count(driver.rows),
        w.short(driver.mean),
        w.signed(e.value),
        w.interval(e, w.signed),
        "yes" if driver.established else "no",
        w.signed(driver.impact, 3),
    )


def _crossings(column: str, crossings: Sequence[Crossing], kind: str) -> Section:
    """Themes by group or period: what is settled as a table, the rest to be opened."""
    settled = [c for c in crossings if c.established]
    name = shorten(column, 60)
    title: Line = ("Themes by ", Given(name))
    others = "all other rows" if kind == "group" else "all other periods"
    pairs = w.count(len(crossings), "pair")
    if not settled:
        first: Block = Paragraph(f"None of the strongest {pairs} differs from {others} by more than chance explains.")
    else:
        shown = f", {SETTLED} of them shown" if len(settled) > SETTLED else ""
        first = crossings_table(f"Themes that differ by {name}: {len(settled)} of the strongest {pairs}{shown}", settled, SETTLED)
    every = crossings_table(f"Themes by {name}, those that are far more frequent than elsewhere first", crossings, PAIRS)
    return Section(
        title,
        (
            first,
            Fold(
                f"The strongest {pairs}" if len(crossings) <= PAIRS else f"The first {PAIRS} of {pairs}", (every,), printed=False
            ),
        ),
    )


def _far(crossing: Crossing) -> float:
    """How far a share lies from that of all others, as a factor in either direction."""
    ratio = crossing.ratio.value
    return abs(math.log(ratio)) if math.isfinite(ratio) and ratio > 0 else 0.0


def crossings_table(caption: str, crossings: Sequence[Crossing], most: int) -> Table:
    """Themes by group or period: what is settled first, then what lies farthest from all others."""
    ordered = sorted(crossings, key=lambda c: (not c.established, c.ratio.value < 1, -_far(c), c.group, c.theme))[:most]
    return Table(
        caption,
        (
            Column("Group"),
            Column("Theme"),
            Column("Share (95% interval)", True),
            Column("n", True),
            Column("Times the others' share", True),
            Column("Settled"),
        ),
        tuple(
            (
                Given(shorten(c.group, 60)),
                Given(shorten(c.theme_name, 60)),
                w.short(c.share, w.percent),
                w.count(c.share.n),
                w.short(c.ratio),
                "yes" if c.established else "no",
            )
            for c in ordered
        ),
    )
