"""Time zones: which one somebody means, which moment a local time is, and the zone as calendars take it along."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from segue.core.wording import written_date

FALLBACK = "UTC"
AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
# Where a machine does not say its zone by name: the first of these that has its clock in January and in July.
LIKELY = (
    *("Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "America/Chicago", "America/Denver"),
    *("Asia/Kolkata", "Europe/Helsinki", "Europe/Istanbul", "Asia/Dubai", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney"),
    *("America/Sao_Paulo", "Africa/Johannesburg", "Africa/Lagos", "Pacific/Auckland", "Asia/Karachi", "Asia/Dhaka"),
    *("Asia/Jakarta", "America/Toronto", "America/Santiago", "Asia/Kathmandu", "Asia/Tehran", "Pacific/Honolulu"),
)


@dataclass(frozen=True)
class Taken:
    """The moment that a local time is taken for. ``said``: what is to be told of it, where the clock changes there."""

    moment: datetime
    said: str = ""


@dataclass(frozen=True)
class Change:
    """A change of the clock: the moment, and how far the zone is from UTC before and after."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def local(self) -> datetime:
        """What clocks showed when it came, by the time before."""
        return (self.at + self.before).replace(tzinfo=None)


@cache
def zone_names() -> frozenset[str]:
    """All names of zones that there are."""
    return frozenset(available_timezones())


@cache
def offered_zones() -> tuple[str, ...]:
    """The zones to choose from: those of a place."""
    return (FALLBACK, *sorted(name for name in zone_names() if name.split("/")[0] in AREAS))


def zone_named(text: str) -> str:
    """The name of the zone that somebody means, as ``Europe/Berlin``, ``europe/berlin`` or ``Berlin``; empty where none is."""
    wanted = "_".join(text.split()).casefold()
    if not wanted:
        return ""
    exact = [name for name in zone_names() if name.casefold() == wanted]
    found = exact or [name for name in offered_zones() if name.split("/")[-1].casefold() == wanted]
    return found[0] if found and (exact or len(found) == 1) else ""


def own_zone() -> str:
    """The zone of this machine; the likeliest with the same clock where it does not say a name."""
    return next((name for name in _told() if name in zone_names()), "") or _guessed()


def _told() -> Iterator[str]:
    yield os.environ.get("TZ", "").lstrip(":")
    yield str(Path(os.path.realpath("/etc/localtime"))).rpartition("zoneinfo/")[2]
    file = Path("/etc/timezone")
    if file.is_file():
        yield file.read_text("utf-8", errors="replace").strip()


def _guessed() -> str:
    days = (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))
    here = [day.astimezone().utcoffset() for day in days]
    return next((name for name in LIKELY if [day.replace(tzinfo=ZoneInfo(name)).utcoffset() for day in days] == here), FALLBACK)


def moment_of(day: date, at: time, zone: str) -> Taken:
    """The moment of a local time. One that is skipped is taken as late as the clock jumps; of one that comes twice, the first."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    there = moment.astimezone(ZoneInfo(zone))
    if there.replace(tzinfo=None) != local.replace(tzinfo=None):
        said = f"{written_date(day)} has no {at:%H:%M} in {zone}: the clocks go forward then. {there:%H:%M} is taken."
        return Taken(moment, said)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        said = f"{written_date(day)} has {at:%H:%M} twice in {zone}: the clocks go back then. The first is taken, before they do."
        return Taken(moment, said)
    return Taken(moment)


def changes_in(zone: str, year: int) -> tuple[Change, ...]:
    """The changes of the clock in a year, by UTC."""
    place = ZoneInfo(zone)
    first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    found = [(one, other) for one, other in pairwise(days) if _offset(one, place) != _offset(other, place)]
    return tuple(_change(one, other, place) for one, other in found)


def _offset(moment: datetime, place: ZoneInfo) -> timedelta:
    return moment.astimezone(place).utcoffset() or timedelta()


def _change(one: datetime, other: datetime, place: ZoneInfo) -> Change:
    before, after = _offset(one, place), _offset(other, place)
    while other - one > timedelta(seconds=1):
        middle = one + (other - one) // 2
        middle = middle.replace(microsecond=0)
        one, other = (middle, other) if _offset(middle, place) == before else (one, middle)
    return Change(other, before, after)
