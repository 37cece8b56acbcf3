"""The script of the journey: what happened on which day, read from the content and filled with its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from segue.core.wording import written_date
from segue.demo import figures

WEEKS = 26
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# When a sitting begins where nothing else is said: evenings, lunch breaks, the weekend.
BEGINS = {"wed": time(12, 30), "fri": time(12, 30), "sat": time(10), "sun": time(16)}
EVENING = time(19)
SHORTEST = 4  # minutes that it takes to write a line into the ledger
VERBS = ("work", "time", "review", "confirm", "withdraw", "rate", "skip", "agree", "test", "sheet")
PLACE = re.compile(r"\{\{\s*([\w ]+?)\s*\}\}")


@dataclass(frozen=True)
class Event:
    """Something that happened. ``verb`` is one of ``VERBS``, ``about`` what stands behind it, ``fields`` the rest as written."""

    week: int
    at: datetime
    verb: str
    about: Any
    fields: Mapping[str, Any]


def events(start: date, weeks: int) -> Iterator[Event]:
    """What happened from the first hour to the Sunday of a week, in order."""
    yield from _timed(1, start, figures.content("start")["after"])
    for week in range(1, weeks + 1):
        yield from _timed(week, start, figures.content(f"week-{week:02}"))


def _timed(week: int, start: date, written: list[dict[str, Any]]) -> Iterator[Event]:
    """Sittings run on: what takes 40 minutes is written down 40 minutes after what came before it on that day."""
    last = datetime.min
    for fields in written:
        day = day_of(start, week, fields["day"])
        begins = datetime.combine(day, BEGINS.get(fields["day"], EVENING))
        moment = max(last, begins) + timedelta(minutes=max(fields.get("minutes", 0), SHORTEST))
        if "at" in fields:
            moment = datetime.combine(day, time.fromisoformat(fields["at"]))
        verb = next(verb for verb in VERBS if verb in fields)
        yield Event(week, moment, verb, fields[verb], fields)
        last = moment


def day_of(start: date, week: int, weekday: str) -> date:
    """A weekday of a week of the journey."""
    return start + timedelta(weeks=week - 1, days=WEEKDAYS.index(weekday))


def fill(text: str, start: date) -> str:
    """A text with its figures: ``{{gold}}`` is a figure, ``{{day 30 fri}}`` a date of the journey.

    Raises ``KeyError`` for a figure that there is not.
    """

    def found(place: re.Match[str]) -> str:
        name = place[1]
        if name.startswith("day "):
            _, week, weekday = name.split()
            return written_date(day_of(start, int(week), weekday))
        return shown(figures.numbers()[name])

    return PLACE.sub(found, text)


def shown(figure: object) -> str:
    """A figure as texts write it: ``1,842``, ``0.71``, ``14.5``."""
    if isinstance(figure, float):
        return f"{figure:.2f}" if figure < 10 else f"{figure:g}"
    return f"{figure:,}" if isinstance(figure, int) else str(figure)


def facts(written: Mapping[str, Any]) -> dict[str, float | str]:
    """Facts as recorded; ``=gold`` stands for a figure."""
    return {
        name: figures.numbers()[value[1:]] if isinstance(value, str) and value.startswith("=") else value
        for name, value in written.items()
    }
