"""What all charts share: a frame that speaks, labels that fit, scales with round ticks.

Charts have no viewBox. Places across are per cent of the width, places down are pixels, so a chart fits any width while its
letters keep their size. Colours are classes; the style sheet knows light, dark and paper.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback_lab.card.blocks import Svg
from feedback_lab.card.escaping import escape, shorten

# Columns of a label that fit on a page, and on a phone; both are drawn and the style sheet shows one.
LONG, SHORT = 84, 30
TIP = 240
# For the words about when a chart misleads: dots and lines may do without zero, bars never.
NO_ZERO = "The scale need not begin at 0."


@dataclass(frozen=True)
class Frame:
    """``key``: unique in the page. ``title`` and ``says`` are read out by a screen reader in place of the drawing."""

    key: str
    title: str
    says: str


def drawing(frame: Frame, height: int, marks: Iterable[str]) -> Svg:
    """A drawing of so many pixels in height, as wide as its place."""
    key = escape(frame.key)
    return Svg(
        f'<svg class="chart" role="img" width="100%" height="{height}" aria-labelledby="{key}-t {key}-d">'
        f'<title id="{key}-t">{escape(frame.title)}</title><desc id="{key}-d">{escape(frame.says)}</desc>{"".join(marks)}</svg>'
    )


def nothing(frame: Frame) -> Svg:
    """The drawing of no data."""
    return drawing(frame, 40, [text(0, 24, "Nothing to show.", "soft")])


def group(marks: Iterable[str], tip: str) -> str:
    """Marks that show a tip under the pointer."""
    return f"<g><title>{escape(shorten(tip, TIP))}</title>{''.join(marks)}</g>"


def text(across: float, down: float, words: str, role: str = "", anchor: str = "start") -> str:
    """Words; ``anchor`` is start, middle or end."""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="t{f" {role}" if role else ""}" x="{across_of(across)}" y="{number(down)}"{place}>{escape(words)}</text>'


def label(across: float, down: float, words: str, columns: tuple[int, int] = (LONG, SHORT), role: str = "label") -> str:
    """A name of any length: cut to fit a page, and shorter on a phone."""
    long, brief = (shorten(words, limit) for limit in columns)
    if long == brief:
        return text(across, down, long, role)
    return text(across, down, long, f"{role} on-page") + text(across, down, brief, f"{role} on-phone")


def line(x1: float, y1: float, x2: float, y2: float, role: str) -> str:
    """A straight line; x in per cent, y in pixels."""
    return f'<line class="{role}" x1="{across_of(x1)}" y1="{number(y1)}" x2="{across_of(x2)}" y2="{number(y2)}"/>'


def box(x: float, y: float, wide: float, high: float, role: str, round_by: int = 0) -> str:
    """A rectangle; x and width in per cent, y and height in pixels."""
    corner = f' rx="{round_by}"' if round_by else ""
    extent = f'width="{across_of(max(wide, 0))}" height="{number(max(high, 0))}"'
    return f'<rect class="{role}" x="{across_of(x)}" y="{number(y)}" {extent}{corner}/>'


def dot(x: float, y: float, role: str, radius: float = 5) -> str:
    """A disc at x per cent, y pixels."""
    return f'<circle class="{role}" cx="{across_of(x)}" cy="{number(y)}" r="{number(radius)}"/>'


def number(value: float) -> str:
    """A coordinate with two places at most, the same text on any machine."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in {"-0", ""} else shown


def across_of(value: float) -> str:
    """A place across, in per cent."""
    return f"{number(value)}%"


def finite(values: Iterable[float | None]) -> list[float]:
    """What is a number among them."""
    return [value for value in values if value is not None and math.isfinite(value)]


@dataclass(frozen=True)
class Scale:
    """From values to places: ``low`` to ``high`` lie between ``start`` and ``end``. ``ticks`` are round values within."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]
    logarithmic: bool = False

    def at(self, value: float) -> float:
        """The place of a value, kept within the scale."""
        low, high, value = (math.log(max(v, 1e-9)) if self.logarithmic else v for v in (self.low, self.high, value))
        share = (value - low) / (high - low) if high > low else 0.5
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))

    def name(self, tick: float) -> str:
        """A tick as a reader sees it, all of one scale with the same places."""
        step = min((b - a for a, b in zip(self.ticks, self.ticks[1:], strict=False)), default=1.0)
        places = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 0
        if abs(step * 10**places - round(step * 10**places)) > 1e-6:
            places += 1
        shown = f"{abs(tick):,.{places}f}"
        return f"−{shown}" if tick < 0 and float(shown.replace(",", "")) else shown


def scale(values: Sequence[float], start: float, end: float, ticks: int = 5) -> Scale:
    """A scale over these values that begins and ends at a round tick."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if high <= low:
        spread = abs(low) or 1.0
        low, high = low - spread / 2, high + spread / 2
    step = round_step((high - low) / max(1, ticks - 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(place * step for place in range(first, last + 1))
    return Scale(marks[0], marks[-1], start, end, marks)


def round_step(rough: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next((factor * power for factor in (1, 2, 2.5, 5) if factor * power >= rough * (1 - 1e-9)), 10 * power)


def anchor_at(across: float) -> str:
    """How words at this place stand so that they stay within the chart."""
    if across < 6:
        return "start"
    return "end" if across > 94 else "middle"
