"""Dates and times as people and programs write them.

A time with a zone is turned into UTC; one without is taken as it stands. Days and months in numbers are read both ways; which one
is meant is decided for the whole column, by the rows that leave no doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from feedback_lab.ingest.ratings import number

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENDS = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "t|tember", "ober", "ember", "ember")
_LONG = "|".join(f"{short}(?:{end})?" for short, end in zip(MONTHS, _ENDS, strict=True))

# How a date is written: the name for the reader.
ISO = "2026-11-03"
SECONDS = "seconds since 1970"
MILLIS = "milliseconds since 1970"
EXCEL = "day numbers of a spreadsheet"
MONTH_FIRST_NAME = "Nov 3, 2026"
DAY_FIRST_NAME = "3 November 2026"
DAY_FIRST = "day first, such as 25/11/2026"
MONTH_FIRST = "month first, such as 11/25/2026"
DOTTED = "day first with dots, such as 3.11.2026"
EITHER = "day and month in either order, such as 3/11/2026"
# Numbers alone: dates only where something else says so.
NUMERIC = frozenset({SECONDS, MILLIS, EXCEL})

_CLOCK = (
    r"(?:(?:\s*[,T]\s*|\s+(?:at\s+)?)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?)?"
    r"\s*(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d\d:?\d\d)?"
)
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+"
_FLAGS = re.IGNORECASE | re.ASCII
_NUMBERS = re.compile(rf"(?P<a>\d{{1,2}})(?P<by>[/.-])\s?(?P<b>\d{{1,2}})(?P=by)\s?(?P<year>\d{{4}}|\d\d){_CLOCK}", _FLAGS)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})(?P<by>[/.-])(?P<month>\d{{1,2}})(?:(?P=by)(?P<day>\d{{1,2}}))?{_CLOCK}", _FLAGS)
_MONTH_NAME = re.compile(
    rf"(?:{_DAY})?(?P<name>{_LONG})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}", _FLAGS
)
_DAY_NAME = re.compile(
    rf"(?:{_DAY})?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-](?:of\s+)?(?P<name>{_LONG})\.?,?[\s-](?P<year>\d{{4}}){_CLOCK}",
    _FLAGS,
)
_UNIX = re.compile(
    rf"(?:{_DAY})(?P<name>{_LONG})\s+(?P<day>\d{{1,2}})\s+(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?P<half>)"
    r"\s+(?P<zone>[+-]\d{4}|UTC|GMT)?\s*(?P<year>\d{4})",
    _FLAGS,
)
_SPACED_ZONE = re.compile(r"(?<=\d)\s+(?=[+-]\d\d:?\d\d$)|\s*(?:UTC|GMT)$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
KEPT = 50_000


@dataclass(frozen=True)
class Moment:
    """A time as seconds since 1970, read day first and month first (the same where it is no question), and how it was written."""

    form: str
    day_first: int
    month_first: int


def moment(value: str) -> Moment | None:
    """The time that is meant, or None."""
    plain = value.strip()
    if not 5 <= len(plain) <= 60:
        return None
    try:
        return _digits(plain) if plain.replace(".", "", 1).isdigit() and "." not in plain[:4] else _written(plain)
    except (ValueError, OverflowError):
        return None


def _written(plain: str) -> Moment | None:
    if plain[4:5] == "-":
        iso = _iso(plain)
        if iso is not None:
            return iso
    if match := _NUMBERS.fullmatch(plain):
        return _in_numbers(match)
    if match := _YEAR_FIRST.fullmatch(plain):
        return _sure(ISO, match, int(match["month"]), int(match["day"] or 1))
    for pattern, form in ((_MONTH_NAME, MONTH_FIRST_NAME), (_DAY_NAME, DAY_FIRST_NAME), (_UNIX, MONTH_FIRST_NAME)):
        if match := pattern.fullmatch(plain):
            return _sure(form, match, MONTHS.index(match["name"][:3].lower()) + 1, int(match["day"]))
    return None


def _iso(plain: str) -> Moment | None:
    try:
        found = datetime.fromisoformat(_SPACED_ZONE.sub("", plain))
    except ValueError:
        return None
    at = _seconds(found)
    return Moment(ISO, at, at)


def _digits(plain: str) -> Moment | None:
    whole = plain.partition(".")[0]
    if len(plain) == 8:
        found = datetime.strptime(plain, "%Y%m%d")
        at = _seconds(found)
        return Moment(ISO, at, at) if 1900 <= found.year <= 2100 else None
    value = number(plain)
    if value is None:
        return None
    if len(whole) == 5 and 20_000 <= value < 80_000:
        at = _seconds(_EXCEL_EPOCH + timedelta(days=value))
        return Moment(EXCEL, at, at)
    if len(whole) in {9, 10}:
        return Moment(SECONDS, int(value), int(value))
    return Moment(MILLIS, int(value) // 1000, int(value) // 1000) if len(whole) in {12, 13} else None


def _in_numbers(match: re.Match[str]) -> Moment | None:
    a, b = int(match["a"]), int(match["b"])
    if match["by"] == "." and b <= 12:  # nobody writes months first with dots
        return _sure(DOTTED, match, b, a)
    if a > 12:
        return _sure(DAY_FIRST, match, b, a)
    if b > 12:
        return _sure(MONTH_FIRST, match, a, b)
    day_first, month_first = _at(match, b, a), _at(match, a, b)
    return Moment(EITHER, day_first, month_first)


def _sure(form: str, match: re.Match[str], month: int, day: int) -> Moment:
    at = _at(match, month, day)
    return Moment(form, at, at)


def _at(match: re.Match[str], month: int, day: int) -> int:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 69 else 1900  # as POSIX has it
    hour = int(match["hour"] or 0)
    half = (match["half"] or "")[:1].lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half == "p" else 0)
    found = datetime(year, month, day, hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=_zone(match["zone"]))
    return _seconds(found)


def _zone(text: str | None) -> timezone:
    digits = re.sub(r"[^0-9+-]", "", text or "")
    if not digits:
        return UTC
    minutes = int(digits[1:3]) * 60 + int(digits[3:])
    return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes))


def _seconds(found: datetime) -> int:
    aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return (aware - _EPOCH) // timedelta(seconds=1)


class Calendar:
    """Reads many times; the same text is read once."""

    def __init__(self) -> None:
        self._known: dict[str, Moment | None] = {}

    def moment(self, value: str) -> Moment | None:
        """As ``moment``, remembered."""
        try:
            return self._known[value]
        except KeyError:
            pass
        if len(self._known) >= KEPT:
            self._known.clear()
        found = self._known[value] = moment(value)
        return found


def day_comes_first(forms: Counter[str], delimiter: str) -> bool:
    """Whether 3/11/2026 is in November, from how the sure ones are written. Without any, a file with semicolons is European."""
    if forms[DAY_FIRST] != forms[MONTH_FIRST]:
        return forms[DAY_FIRST] > forms[MONTH_FIRST]
    return delimiter == ";"
