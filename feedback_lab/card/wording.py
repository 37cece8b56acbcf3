"""Figures as a reader sees them: thousands with commas, a true minus, an interval beside each estimate."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from feedback_lab.records.figures import Estimate

UNKNOWN = "not known"
MINUS = "−"
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
Format = Callable[[float], str]


def count(number: int, noun: str = "", plural: str = "") -> str:
    """20000 -> ``20,000``; with a noun ``1 row``, ``2 rows``."""
    if not noun:
        return f"{number:,}"
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def figure(value: float | None, digits: int = 2) -> str:
    """A number with so many places: ``0.71``, ``−0.12``."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    shown = f"{abs(value):,.{digits}f}"
    return f"{MINUS}{shown}" if value < 0 and float(shown.replace(",", "")) else shown


def signed(value: float | None, digits: int = 2) -> str:
    """As ``figure``, with a plus before what is above zero."""
    shown = figure(value, digits)
    return f"+{shown}" if value is not None and value > 0 and shown.strip("0.") else shown


def percent(share: float | None, digits: int = 1) -> str:
    """A share (0-1) in per cent: ``18.2%``."""
    return UNKNOWN if share is None or not math.isfinite(share) else f"{figure(100 * share, digits)}%"


def interval(estimate: Estimate, form: Format = figure) -> str:
    """``0.68 to 0.74``; says so where there is none."""
    if not (math.isfinite(estimate.low) and math.isfinite(estimate.high)):
        return "no interval"
    return f"{form(estimate.low)} to {form(estimate.high)}"


def short(estimate: Estimate | None, form: Format = figure) -> str:
    """``0.71 (0.68 to 0.74)``."""
    if estimate is None or not math.isfinite(estimate.value):
        return UNKNOWN
    return f"{form(estimate.value)} ({interval(estimate, form)})"


def full(estimate: Estimate | None, form: Format = figure) -> str:
    """``0.71 (95% interval 0.68 to 0.74, n = 2,000)``."""
    if estimate is None or not math.isfinite(estimate.value):
        return UNKNOWN
    return f"{form(estimate.value)} ({evidence(estimate, form)})"


def evidence(estimate: Estimate, form: Format = figure) -> str:
    """``95% interval 0.68 to 0.74, n = 2,000``."""
    between = interval(estimate, form)
    return f"{between if between == 'no interval' else f'95% interval {between}'}, n = {estimate.n:,}"


def bounded(estimate: Estimate) -> bool:
    """Whether value and both bounds are known."""
    return all(math.isfinite(value) for value in (estimate.value, estimate.low, estimate.high))


def size(number: int) -> str:
    """Bytes in a unit that suits: ``7.6 MB``."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if number >= scale:
            return f"{number / scale:.1f} {unit}"
    return count(number, "byte")


def milliseconds(value: float) -> str:
    """``61.2 ms``, and smaller ones with two places."""
    return f"{figure(value, 1 if value >= 1 else 2)} ms"


def seconds(value: float) -> str:
    """``0.04 s``, ``12 s``, ``3 min 20 s``."""
    if value < 0.005:
        return "under 0.01 s"
    if value < 10:
        return f"{value:.2f} s"
    if value < 120:
        return f"{value:.0f} s"
    return f"{int(value) // 60} min {int(value) % 60} s"


def day(text: str | None) -> str:
    """An ISO date or moment written out: ``2027-03-05`` -> ``5 March 2027``. Anything else stays as it is."""
    if text is None:
        return UNKNOWN
    try:
        on = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
