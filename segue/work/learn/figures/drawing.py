"""Plots as SVG, drawn by the server: points, lines, regions and bars between two axes.

Colour is never alone: each series has a mark of its own shape and a dash of its own. Every text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

COLOURS = ("var(--series-1)", "var(--series-2)", "var(--series-3)", "var(--series-4)", "var(--series-5)", "var(--series-6)")
DASHES = ("", "7 4", "2 4", "10 3 2 3", "1 3", "5 2")
LEFT, RIGHT, TOP, FOOT = 48, 12, 28, 46
SIZE = 13  # of letters, in units of the picture

Point = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """From where to where an axis goes, what it says, and its marks: values, or values with their words."""

    label: str
    least: float
    most: float
    ticks: Sequence[float | tuple[float, str]] = ()


@dataclass
class Plot:
    """A plot under construction. Things drawn later lie on top."""

    id: str
    title: str
    across: Axis
    up: Axis
    width: int = 460
    height: int = 330
    parts: list[str] = field(default_factory=list)
    key: list[tuple[str, str]] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Where a value stands across."""
        share = (value - self.across.least) / (self.across.most - self.across.least)
        return LEFT + min(max(share, 0), 1) * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Where a value stands up."""
        share = (value - self.up.least) / (self.up.most - self.up.least)
        return self.height - FOOT - min(max(share, 0), 1) * (self.height - TOP - FOOT)

    def dots(self, points: Iterable[Point], series: int, *, named: str = "", hollow: bool = False) -> None:
        """Marks in the shape and colour of a series."""
        marks = "".join(_mark(series, self.x(a), self.y(b)) for a, b in points)
        paint = _paint(series, hollow)
        self.parts.append(f'<path d="{marks}" {paint}/>')
        if named:
            self.key.append((f'<path d="{_mark(series, 0, 0)}" {paint}/>', named))

    def rings(self, points: Iterable[Point]) -> None:
        """Rings around points that are to be seen."""
        self.parts += [
            f'<circle cx="{self.x(a):.1f}" cy="{self.y(b):.1f}" r="8" fill="none" stroke="var(--ink)" stroke-width="2"/>'
            for a, b in points
        ]

    def crosses(self, points: Iterable[Point], *, named: str = "") -> None:
        """Large crosses, as for centres."""
        paint = 'fill="none" stroke="var(--ink)" stroke-width="3"'
        marks = "".join(_cross(self.x(a), self.y(b)) for a, b in points)
        self.parts.append(f'<path d="{marks}" stroke-linecap="round" {paint}/>')
        if named:
            self.key.append((f'<path d="{_cross(0, 0)}" transform="scale(.75)" {paint}/>', named))

    def line(self, points: Sequence[Point], series: int, *, named: str = "") -> None:
        """A line through the points, in the colour and dash of a series."""
        path = "L".join(f"{self.x(a):.1f} {self.y(b):.1f}" for a, b in points)
        dash = f' stroke-dasharray="{DASHES[series]}"' if DASHES[series] else ""
        paint = f'fill="none" stroke="{COLOURS[series]}" stroke-width="2.5"{dash}'
        self.parts.append(f'<path d="M{path}" stroke-linejoin="round" {paint}/>')
        if named:
            self.key.append((f'<path d="M-11 0H11" {paint}/>', named))

    def upright(self, value: float, label: str) -> None:
        """A thin line up at a value, with its words beside it."""
        x = self.x(value)
        begins = x < (self.width + LEFT) / 2
        at, anchor = (x + 5, "start") if begins else (x - 5, "end")
        self.parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{self.height - FOOT}" stroke="var(--ink)" stroke-width="1.5"/>'
            + _text(at, TOP + 12, label, anchor, "var(--ink)")
        )

    def regions(self, cells: Sequence[Sequence[int]]) -> None:
        """The plane in cells, rows from below, each with the number of its series: one pale path for each series."""
        high = (self.height - TOP - FOOT) / len(cells)
        wide = (self.width - LEFT - RIGHT) / len(cells[0])
        for series in sorted({cell for row in cells for cell in row}):
            path = "".join(
                f"M{LEFT + begin * wide:.1f} "
                f"{self.height - FOOT - (n + 1) * high:.1f}h{length * wide:.1f}v{high:.2f}h{-length * wide:.1f}z"
                for n, row in enumerate(cells)
                for begin, length in _runs(row, series)
            )
            self.parts.append(f'<path d="{path}" fill="{COLOURS[series]}" fill-opacity="0.16"/>')

    def bars(self, bars: Sequence[tuple[float, float, int]], wide: float) -> None:
        """Upright bars from the foot: where across, how high, in the colour of which series."""
        foot = self.y(self.up.least)
        self.parts += [
            f'<rect x="{self.x(at) - wide / 2:.1f}" y="{self.y(value):.1f}" width="{wide:.1f}" '
            f'height="{foot - self.y(value):.1f}" fill="{COLOURS[series]}"/>'
            for at, value, series in bars
        ]

    def box(self, corner: Point, number: str, words: str, series: int) -> None:
        """A field one unit wide and high with a number and words in it; ``corner`` is its lower left one."""
        (left, low), (right, top) = (self.x(corner[0]), self.y(corner[1])), (self.x(corner[0] + 1), self.y(corner[1] + 1))
        dash = f' stroke-dasharray="{DASHES[series]}"' if DASHES[series] else ""
        middle, centre = (left + right) / 2, (low + top) / 2
        self.parts.append(
            f'<rect x="{left + 3:.1f}" y="{top + 3:.1f}" width="{right - left - 6:.1f}" height="{low - top - 6:.1f}" rx="4" '
            f'fill="{COLOURS[series]}" fill-opacity="0.16" stroke="{COLOURS[series]}"{dash}/>'
            + _text(middle, centre, number, "middle", "var(--ink)", size=30)
            + _text(middle, centre + 24, words, "middle")
        )

    def words(self, at: Point, text: str) -> None:
        """Words centred above a point."""
        self.parts.append(_text(self.x(at[0]), self.y(at[1]) - 6, text, "middle", "var(--ink)"))

    def svg(self) -> str:
        """The whole picture."""
        head = len(self.key) * 20 + 6 if self.key else 0
        return "".join(
            [
                f'<svg viewBox="0 {-head} {self.width} {self.height + head}" width="{self.width}" role="img" '
                f'aria-labelledby="{self.id}-title"><title id="{self.id}-title">{escape(self.title)}</title>',
                *(_key_line(mark, name, n * 20 - head + 10) for n, (mark, name) in enumerate(self.key)),
                *self._frame(),
                *self.parts,
                "</svg>",
            ]
        )

    def _frame(self) -> list[str]:
        foot, right = self.height - FOOT, self.width - RIGHT
        lines = [f'<path d="M{LEFT} {foot}H{right}" stroke="var(--line-strong)" fill="none"/>']
        for value, words in map(_tick, self.across.ticks):
            lines.append(_text(self.x(value), foot + 17, words, "middle"))
        for value, words in map(_tick, self.up.ticks):
            y = self.y(value)
            lines.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="var(--line)" fill="none"/>')
            lines.append(_text(LEFT - 7, y + 4, words, "end"))
        lines.append(_text((LEFT + right) / 2, self.height - 8, self.across.label, "middle"))
        lines.append(_text(0, 12, self.up.label))
        return lines


def _tick(tick: float | tuple[float, str]) -> tuple[float, str]:
    return tick if isinstance(tick, tuple) else (tick, f"{tick:g}")


def _text(x: float, y: float, words: str, anchor: str = "start", ink: str = "var(--ink-soft)", size: int = SIZE) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{ink}">{escape(words)}</text>'


def _key_line(mark: str, name: str, y: float) -> str:
    return f'<g transform="translate({LEFT + 12} {y - 4})">{mark}</g>' + _text(LEFT + 32, y, name, ink="var(--ink)")


def _mark(series: int, x: float, y: float) -> str:
    """A circle, triangle, square, diamond, plus or bar: one shape for each series."""
    shapes = (
        f"M{x - 3.6:.1f} {y:.1f}a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0z",
        f"M{x:.1f} {y - 4.6:.1f}l4.6 8h-9.2z",
        f"M{x - 3.4:.1f} {y - 3.4:.1f}h6.8v6.8h-6.8z",
        f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z",
        f"M{x - 1.3:.1f} {y - 4.5:.1f}h2.6v3.2h3.2v2.6h-3.2v3.2h-2.6v-3.2h-3.2v-2.6h3.2z",
        f"M{x - 5:.1f} {y - 1.6:.1f}h10v3.2h-10z",
    )
    return shapes[series]


def _cross(x: float, y: float) -> str:
    return f"M{x - 7:.1f} {y - 7:.1f}l14 14m0 -14l-14 14"


def _paint(series: int, hollow: bool) -> str:
    fill = "var(--sheet)" if hollow else COLOURS[series]
    return f'fill="{fill}" stroke="{COLOURS[series] if hollow else "var(--sheet)"}" stroke-width="{1.6 if hollow else 0.7}"'


def _runs(row: Sequence[int], series: int) -> Iterable[tuple[int, int]]:
    """Where runs of a series begin in a row of cells, and how long they are."""
    begin = None
    for place, cell in enumerate([*row, -1]):
        if cell == series and begin is None:
            begin = place
        elif cell != series and begin is not None:
            yield begin, place - begin
            begin = None
