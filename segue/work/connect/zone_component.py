"""A time zone as a component of a calendar file (VTIMEZONE): rules that repeat every year, as all programs read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from segue.work.connect.zones import Change, changes_in

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEK = 7
SINCE = datetime(1970, 1, 1)
YEARS_AHEAD = 2
Rule = dict[str, object]
Part = TimezoneStandard | TimezoneDaylight


def zone_component(zone: str, year: int) -> Timezone:
    """The zone as it is in a year, with the one before and the two after.

    Where its changes follow no yearly rule, as in Morocco, each one stands there by its date.
    """
    years = [changes_in(zone, each) for each in range(year - 1, year + YEARS_AHEAD + 1)]
    component = Timezone()
    component.add("tzid", zone)
    for part in _by_rule(zone, years) or _by_date(zone, year, years):
        component.add_component(part)
    return component


def _by_rule(zone: str, years: Sequence[Sequence[Change]]) -> list[Part]:
    if len({len(changes) for changes in years}) > 1:
        return []
    each_year = [*zip(*years, strict=True)]
    rules = [_rule(changes) for changes in each_year]
    if None in rules:
        return []
    return [_part(zone, changes[0], rrule=rule) for changes, rule in zip(each_year, rules, strict=True)]


def _by_date(zone: str, year: int, years: Sequence[Sequence[Change]]) -> list[Part]:
    """The offset with which it begins, then every change there is."""
    first = datetime(year - 1, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone))
    offset = first.utcoffset() or timedelta()
    begins = TimezoneStandard()
    _add(begins, {"dtstart": SINCE, "tzoffsetfrom": offset, "tzoffsetto": offset, "tzname": first.tzname() or zone})
    alike: dict[tuple[timedelta, timedelta], list[Change]] = {}
    for change in (change for changes in years for change in changes):
        alike.setdefault((change.before, change.after), []).append(change)
    return [begins, *(_part(zone, same[0], rdate=[change.local for change in same[1:]]) for same in alike.values())]


def _part(zone: str, first: Change, **when: object) -> Part:
    part: Part = TimezoneDaylight() if first.after > first.before else TimezoneStandard()
    name = first.at.astimezone(ZoneInfo(zone)).tzname() or zone
    _add(part, {"dtstart": first.local, "tzoffsetfrom": first.before, "tzoffsetto": first.after, "tzname": name, **when})
    return part


def _add(part: Part, values: dict[str, object]) -> None:
    for name, value in values.items():
        if value != []:  # no more dates
            part.add(name, value)


def _rule(changes: Sequence[Change]) -> Rule | None:
    """The rule by which a change comes each year, from several in a row; ``None`` where they follow none."""
    days = [change.local for change in changes]
    alike = {(day.month, day.weekday(), day.time(), c.before, c.after) for day, c in zip(days, changes, strict=True)}
    places = {(day.day - 1) // WEEK + 1 for day in days}
    is_last = all((day + timedelta(days=WEEK)).month != day.month for day in days)
    if len(alike) > 1 or not (is_last or len(places) == 1):
        return None
    place = -1 if is_last else places.pop()
    return {"freq": "yearly", "bymonth": days[0].month, "byday": f"{place}{DAYS[days[0].weekday()]}"}
