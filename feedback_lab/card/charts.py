"""Charts: pure functions from data to a drawing. They never fail on no rows, one row, a missing interval or a long name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from feedback_lab.card import drawing as d
from feedback_lab.card.blocks import Svg
from feedback_lab.card.drawing import Frame
from feedback_lab.card.escaping import escape, shorten

ROW = 46  # a row of a chart of names: the name, and under it what is drawn
BAR_END, DOT_END = 66.0, 80.0  # per cent of the width that marks may take; the figures stand to the right
LEFT, RIGHT, TOP, FOOT = 11, 95, 34, 244  # where a line runs: per cent across, pixels down
ON_PAPER, ON_PHONE = 580, 310  # pixels across for the columns of a histogram
CLEAR = 13  # per cent between two names on an axis
MANY_POINTS = 20
NAMED_COLUMNS = 5  # a matrix of so few classes has room for their names
SHADES = 6
SERIES = 6


@dataclass(frozen=True)
class Bar:
    """A name, its value (0 or more), and the value in words."""

    name: str
    value: float
    shown: str


@dataclass(frozen=True)
class Dot:
    """A name with a value and its interval; NaN where not known. ``mark`` is a second value, ``note`` is mostly the n.

    ``role``: nothing, ``chosen`` (a ringed dot) or ``faint`` (a hollow dot: shown, not judged).
    """

    name: str
    value: float
    low: float
    high: float
    shown: str
    note: str = ""
    mark: float | None = None
    role: str = ""


@dataclass(frozen=True)
class Place:
    """A point of a line with its interval; NaN where not known. ``name`` is what the axis says, or nothing."""

    x: float
    y: float
    low: float
    high: float
    name: str = ""


@dataclass(frozen=True)
class Stack:
    """A name and its shares, which add up to about 1."""

    name: str
    shares: tuple[float, ...]


def bars(frame: Frame, rows: Sequence[Bar]) -> Svg:
    """A bar for each name, longest at full length, the value beside it."""
    if not rows:
        return d.nothing(frame)
    most = max([*d.finite(row.value for row in rows), 0.0]) or 1.0
    marks = []
    for place, row in enumerate(rows):
        top = place * ROW
        long = BAR_END * max(row.value, 0) / most if math.isfinite(row.value) else 0
        drawn = [
            d.label(0, top + 15, row.name),
            d.line(0, top + 22, 0, top + 38, "axis"),
            d.box(0, top + 23, long, 14, "bar", 1),
            d.text(long + 1, top + 34, row.shown, "value"),
        ]
        marks.append(d.group(drawn, f"{row.name}: {row.shown}"))
    return d.drawing(frame, len(rows) * ROW, marks)


def dots(frame: Frame, rows: Sequence[Dot], guide: float | None = None, guide_name: str = "", unit: str = "") -> Svg:
    """A dot with its interval for each name on one scale; ``guide`` is a value to hold them against, as a dashed line.

    ``unit`` stands behind the numbers of the scale.
    """
    values = d.finite([v for row in rows for v in (row.value, row.low, row.high, row.mark)] + [guide])
    if not rows or not d.finite(row.value for row in rows):
        return d.nothing(frame)
    scale = d.scale(values, 1.5, DOT_END)
    marks = [d.group(_dot_row(row, place * ROW, scale, guide), f"{row.name}: {row.shown}") for place, row in enumerate(rows)]
    foot = len(rows) * ROW
    marks.append(d.line(0, foot + 1, DOT_END + 1.5, foot + 1, "axis"))
    marks += [
        d.text(scale.at(tick), foot + 18, scale.name(tick) + unit, "tick", d.anchor_at(scale.at(tick))) for tick in scale.ticks
    ]
    height = foot + 26
    if guide is not None and guide_name:
        marks.append(d.line(0, height + 9, 4, height + 9, "guide"))
        marks.append(d.label(6, height + 13, guide_name, (96, 46), "soft"))
        height += 24
    return d.drawing(frame, height, marks)


def _dot_row(row: Dot, top: int, scale: d.Scale, guide: float | None) -> list[str]:
    middle = top + 30
    marks = [d.label(0, top + 15, row.name, (72, 27)), d.text(100, top + 15, row.shown, "value", "end")]
    marks += [d.line(scale.at(tick), middle - 8, scale.at(tick), middle + 8, "grid") for tick in scale.ticks]
    marks.append(d.line(0, middle, DOT_END + 1.5, middle, "grid"))
    if guide is not None:
        marks.append(d.line(scale.at(guide), top + 20, scale.at(guide), top + ROW, "guide"))
    role = f" {row.role}" if row.role else ""
    if math.isfinite(row.low) and math.isfinite(row.high):
        marks.append(d.line(scale.at(row.low), middle, scale.at(row.high), middle, f"interval{role}"))
        marks += [d.line(scale.at(end), middle - 5, scale.at(end), middle + 5, f"interval{role}") for end in (row.low, row.high)]
    if row.mark is not None and math.isfinite(row.mark):
        marks.append(d.line(scale.at(row.mark), middle - 9, scale.at(row.mark), middle + 9, "mark"))
    if math.isfinite(row.value):
        marks.append(_value_mark(scale.at(row.value), middle, row.role))
    return [*marks, d.text(100, middle + 4, row.note, "soft", "end")]


def _value_mark(across: float, down: float, role: str) -> str:
    """A dot; the chosen one differs by shape too, so that nobody has to tell colours apart."""
    if role == "chosen":
        return d.dot(across, down, "dot chosen", 7) + d.dot(across, down, "dot core", 2.5)
    return d.dot(across, down, f"dot {role}".strip())


def line_with_band(
    frame: Frame,
    places: Sequence[Place],
    axes: tuple[str, str],
    ahead: Place | None = None,
    marks: Sequence[tuple[float, str]] = (),
    logarithmic: bool = False,
) -> Svg:
    """A line through points with the band of their intervals. ``axes``: what x and y are. ``ahead``: a forecast, dashed.

    ``marks`` are values of x to point at, each with a word. Points without a name get round numbers along the axis.
    """
    known = [place for place in places if math.isfinite(place.x) and math.isfinite(place.y)]
    if not known:
        return d.nothing(frame)
    every = [*known, *([ahead] if ahead is not None and math.isfinite(ahead.y) else [])]
    xs = [place.x for place in every]
    across = d.Scale(min(xs), max(xs), LEFT, RIGHT, (), logarithmic)
    down = d.scale(d.finite(v for place in every for v in (place.y, place.low, place.high)), FOOT, TOP)
    drawn = [d.text(0, 12, axes[1], "soft"), *_levels(down)]
    drawn += [_mark(across.at(x), word, place) for place, (x, word) in enumerate(marks)]
    drawn += [_curve(known, across, down), *_ahead(known[-1], ahead, across, down), *_points(known, across, down)]
    ends = ((across.at(x), word) for x, word in _spread(every, across))
    drawn += [d.text(at, FOOT + 20, word, "tick", d.anchor_at(at)) for at, word in ends]
    drawn.append(d.label(LEFT, FOOT + 40, axes[0], (90, 42), "soft"))
    return d.drawing(frame, FOOT + 48, drawn)


def _levels(down: d.Scale) -> list[str]:
    """Lines across at round values, each with its number standing on it."""
    marks = [d.line(0, down.at(tick), 100, down.at(tick), "axis" if tick == down.low else "grid") for tick in down.ticks]
    return marks + [d.text(0, down.at(tick) - 4, down.name(tick), "tick") for tick in down.ticks]


def _curve(places: Sequence[Place], across: d.Scale, down: d.Scale) -> str:
    """Line and band in a box of their own that stretches; per cent do for no path."""

    def point(x: float, y: float) -> str:
        return f"{d.number((across.at(x) - LEFT) / (RIGHT - LEFT) * 1000)},{d.number(down.at(y))}"

    bounded = [place for place in places if math.isfinite(place.low) and math.isfinite(place.high)]
    edge = [point(p.x, p.low) for p in bounded] + [point(p.x, p.high) for p in reversed(bounded)]
    band = f'<polygon class="band" points="{" ".join(edge)}"/>' if len(bounded) > 1 else ""
    path = " ".join(point(place.x, place.y) for place in places)
    return (
        f'<svg x="{LEFT}%" y="0" width="{RIGHT - LEFT}%" height="260" viewBox="0 0 1000 260" preserveAspectRatio="none">'
        f'{band}<polyline class="curve" points="{path}" vector-effect="non-scaling-stroke"/></svg>'
    )


def _points(places: Sequence[Place], across: d.Scale, down: d.Scale) -> list[str]:
    """Dots where there are few points; a line of many needs none."""
    if len(places) > MANY_POINTS:
        return []
    marks = []
    for place in places:
        drawn = [d.dot(across.at(place.x), down.at(place.y), "dot", 4)]
        if len(places) == 1 and math.isfinite(place.low) and math.isfinite(place.high):
            drawn.insert(0, d.line(across.at(place.x), down.at(place.low), across.at(place.x), down.at(place.high), "interval"))
        marks.append(d.group(drawn, f"{place.name}: {place.y:.2f}"))
    return marks


def _ahead(last: Place, ahead: Place | None, across: d.Scale, down: d.Scale) -> list[str]:
    if ahead is None or not math.isfinite(ahead.y):
        return []
    here, there = (across.at(last.x), down.at(last.y)), (across.at(ahead.x), down.at(ahead.y))
    return [d.line(*here, *there, "forecast"), d.group([d.dot(*there, "dot faint", 5)], f"{ahead.name}, forecast: {ahead.y:.2f}")]


def _mark(at: float, word: str, place: int) -> str:
    anchor = "end" if at > 70 else "start"
    beside = at - 1 if anchor == "end" else at + 1
    return d.line(at, TOP - 4, at, FOOT, "guide") + d.text(beside, TOP + 18 + 18 * place, word, "soft halo", anchor)


def _spread(places: Sequence[Place], across: d.Scale) -> list[tuple[float, str]]:
    """Names on the axis that do not run into each other on a phone; the last one always stays."""
    if not any(place.name for place in places) and across.high > across.low:
        round_ones = d.scale([across.low, across.high], 0, 100)
        return [(tick, round_ones.name(tick)) for tick in round_ones.ticks if across.low <= tick <= across.high]
    kept: list[tuple[float, str]] = []
    for place in reversed([place for place in places if place.name]):
        if not kept or abs(across.at(kept[-1][0]) - across.at(place.x)) >= CLEAR:
            kept.append((place.x, place.name))
    return kept


def histogram(frame: Frame, bins: Sequence[tuple[str, int]], axes: tuple[str, str]) -> Svg:
    """Columns side by side in the order given. ``axes``: what x and y are."""
    if not bins:
        return d.nothing(frame)
    foot = 184
    down = d.scale([0.0, float(max([rows for _, rows in bins] + [1]))], foot, TOP, 4)
    drawn = [d.text(0, 12, axes[1], "soft"), *_levels(down)]
    start, wide = float(LEFT), (100.0 - LEFT) / len(bins)
    # How many names fit side by side on paper and on a phone, a letter taken as 7 pixels.
    room = 7 * max(len(shorten(name, 12)) for name, _ in bins) + 12
    every, on_phone = (-(-len(bins) // max(2, pixels // room)) for pixels in (ON_PAPER, ON_PHONE))
    for place, (name, rows) in enumerate(bins):
        high = foot - down.at(rows)
        at = start + place * wide
        drawn.append(d.group([d.box(at, foot - high, min(wide * 0.88, 12), high, "bar")], f"{name}: {rows:,}"))
        if place % every == 0:
            drawn.append(d.text(at, foot + 18, shorten(name, 12), "tick" if place % on_phone == 0 else "tick on-page"))
    drawn.append(d.text(start, foot + 38, axes[0], "soft"))
    return d.drawing(frame, foot + 46, drawn)


def heat(frame: Frame, names: Sequence[str], counts: Sequence[Sequence[int]]) -> Svg:
    """Counts as shaded cells: rows are what is true, columns what was said, each shaded by its share of the row.

    The number stands in the cell and the diagonal has an edge, so that the shade is never all there is.
    """
    if not names:
        return d.nothing(frame)
    start, size = 30.0, min(70.0 / len(names), 20.0 if len(names) <= NAMED_COLUMNS else 14.0)
    drawn = [d.text(0, 32, "True class", "soft"), d.text(start, 12, "Predicted class", "soft")]
    for i, name in enumerate(names):
        drawn += _column_name(start + (i + 0.5) * size, i + 1, name, len(names))
    for i, name in enumerate(names):
        top = 40 + i * 32
        drawn.append(d.group([d.label(0, top + 20, f"{i + 1}  {name}", (26, 14 if len(names) <= NAMED_COLUMNS else 26))], name))
        total = sum(counts[i]) or 1
        for j, rows in enumerate(counts[i]):
            drawn.append(_cell(start + j * size, top, size, rows, rows / total, i == j, f"{name}, called {names[j]}: {rows:,}"))
    return d.drawing(frame, 40 + len(names) * 32 + 6, drawn)


def _column_name(across: float, place: int, name: str, columns: int) -> list[str]:
    """The number of a class, with its name where few columns leave room."""
    if columns > NAMED_COLUMNS:
        return [d.text(across, 32, str(place), "tick", "middle")]
    long, brief = (
        d.text(across, 32, f"{place} {shorten(name, 14)}", "tick on-page", "middle"),
        d.text(across, 32, str(place), "tick on-phone", "middle"),
    )
    return [long, brief]


def _cell(x: float, y: float, size: float, rows: int, share: float, right: bool, tip: str) -> str:
    shade = 0 if rows == 0 else 1 + min(SHADES - 2, int(share * (SHADES - 1)))
    drawn = [d.box(x, y, size - 0.3, 30, f"heat-{shade}{' right' if right else ''}", 1)]
    if rows:
        drawn.append(d.text(x + (size - 0.3) / 2, y + 20, f"{rows:,}", f"on-heat-{shade}", "middle"))
    return d.group(drawn, tip)


def stacked(frame: Frame, parts: Sequence[str], rows: Sequence[Stack]) -> Svg:
    """Shares side by side that make up a whole, each named in words below in the same order."""
    if not rows or not parts:
        return d.nothing(frame)
    drawn: list[str] = []
    top = 0
    for row in rows:
        drawn.append(d.label(0, top + 15, row.name))
        start = 0.0
        for place, (part, share) in enumerate(zip(parts, row.shares, strict=False)):
            wide = 100 * share if math.isfinite(share) else 0.0
            box = d.box(start, top + 24, max(wide - 0.4, 0), 22, f"series-{place % SERIES}")
            drawn.append(d.group([box], f"{row.name}, {part}: {_share(share)}"))
            start += wide
        top += 54 + 22 * _key(drawn, top + 54, parts, row.shares)
        top += 8
    return d.drawing(frame, top, drawn)


def _share(share: float) -> str:
    return f"{100 * share:.1f}%" if math.isfinite(share) else "not known"


def _key(drawn: list[str], top: int, parts: Sequence[str], shares: Sequence[float]) -> int:
    """Squares with part and share under a bar, two a line; adds to ``drawn`` and returns the lines it took."""
    across = 3 if len(parts) == 3 else 2
    for place, (part, share) in enumerate(zip(parts, shares, strict=False)):
        x, y = 100 / across * (place % across), top + 22 * (place // across)
        shown = _share(share)
        drawn.append(f'<svg x="{d.across_of(x)}" y="{y}" width="{d.across_of(100 / across - 1)}" height="22">')
        drawn.append(f'<rect class="series-{place % SERIES}" x="0" y="4" width="11" height="11"/>')
        drawn.append(f'<text class="t value" x="16" y="14">{escape(shown)} {escape(shorten(part, 28))}</text></svg>')
    return -(-len(parts) // across)
