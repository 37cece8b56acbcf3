"""What the learner says about time: hours on each weekday, time off, and decisions about single tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from segue.core.errors import UserError
from segue.core.wording import written_date

NOTHING: Mapping[date, int] = MappingProxyType({})
MOST_MINUTES = 720  # twelve hours: more in a day is a slip of the keyboard


@dataclass(frozen=True)
class Span:
    """Days from ``first`` to ``last``, both included. Raises ``UserError`` where the last comes before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UserError(
                f"The time off ends on {written_date(self.last)}, before it begins on {written_date(self.first)}.",
                "Choose a last day that is not before the first.",
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Availability:
    """When somebody works: from ``starts_on``, minutes on each weekday (seven numbers, Monday first, 0 to 720), less time off.

    Raises ``UserError`` for other numbers.
    """

    starts_on: date
    weekday_minutes: tuple[int, ...]
    time_off: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        if len(self.weekday_minutes) != 7:
            raise UserError(f"There are minutes for {len(self.weekday_minutes)} weekdays.", "Give seven numbers, Monday first.")
        for minutes in self.weekday_minutes:
            if not 0 <= minutes <= MOST_MINUTES:
                raise UserError(f"A day can't have {minutes} minutes of work.", f"Give 0 to {MOST_MINUTES} minutes for each day.")

    def minutes_on(self, day: date) -> int:
        """Minutes for work on a day; 0 before the start and in time off."""
        if day < self.starts_on or any(day in span for span in self.time_off):
            return 0
        return self.weekday_minutes[day.weekday()]

    @property
    def weekly_minutes(self) -> int:
        """Minutes of an ordinary week."""
        return sum(self.weekday_minutes)


@dataclass(frozen=True)
class Choices:
    """Decisions about single tasks, by task id.

    ``pinned``: comes first on that day; ``skipped``: left out, with the reason; ``deferred``: not before that day; ``split``:
    into that many parts (of the minutes that are left), at most one a day. Raises ``UserError`` for fewer than one part.
    """

    pinned: Mapping[str, date] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)
    deferred: Mapping[str, date] = field(default_factory=dict)
    split: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(parts < 1 for parts in self.split.values()):
            raise UserError("A task can't be split into fewer than one part.", "Give a number of parts from 1.")
