"""Why a task has no day, or not the day it was pinned to: sentences that name the task, the cause and the mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from segue.core.availability import Availability
from segue.core.placing import Job
from segue.core.wording import counted, quoted, spoken_minutes, written_date

AHEAD = "more than five years ahead"


@dataclass(frozen=True)
class Outcome:
    """What came of placing ``jobs``: ``left`` are those without a day, ``ends`` has the last day (an ordinal) of the others."""

    jobs: Sequence[Job]
    titles: Sequence[str]
    availability: Availability
    begin: date
    horizon: date
    left: frozenset[int]
    ends: Mapping[int, int]

    @cached_property
    def has_days(self) -> bool:
        """Whether any day up to the horizon has minutes. Asked for each job without a day, so it is found out once."""
        days = (self.horizon - self.begin).days + 1
        return any(self.availability.minutes_on(self.begin + timedelta(days=n)) for n in range(days))


def why_unplaced(outcome: Outcome, i: int) -> str:
    """Why a job has no day."""
    cause, mend = next(_causes(outcome, i))
    return f"“{outcome.titles[i]}” has no day: {cause}. {mend}"


def _causes(outcome: Outcome, i: int) -> Iterator[tuple[str, str]]:
    """(cause, mend), the most telling first."""
    circle = [outcome.titles[j] for j in _circle(outcome.jobs, i)]
    if circle:
        others = f"it and {quoted(circle[1:])} wait for each other" if circle[1:] else "it waits for itself"
        yield others, "Skip one of them." if circle[1:] else "Skip it."
    yield from _lack_of_days(outcome)
    for j, _ in outcome.jobs[i].needs:
        if j in outcome.left:
            yield f"it needs “{outcome.titles[j]}”, which could not be placed", "Mend that first, or skip it."
    first = max(outcome.jobs[i].wake, outcome.jobs[i].opens)
    if first > outcome.horizon.toordinal():
        day = date.fromordinal(min(first, date.max.toordinal()))
        yield f"it may not begin before {written_date(day)}, {AHEAD}", "Choose an earlier day."
    pace = spoken_minutes(outcome.availability.weekly_minutes)
    yield (
        f"at {pace} a week it does not fit into the time until {written_date(outcome.horizon)}, as far as the plan looks",
        "Give the week more minutes, take less time off, or skip something.",
    )


def _lack_of_days(outcome: Outcome) -> Iterator[tuple[str, str]]:
    if not outcome.availability.weekly_minutes:
        yield "there are no minutes on any weekday", "Give at least one day some minutes."
    if outcome.begin > outcome.horizon:
        yield f"the plan begins on {written_date(outcome.begin)}, {AHEAD}", "Choose an earlier start."
    if not outcome.has_days:
        yield f"time off covers every working day until {written_date(outcome.horizon)}", "Shorten the time off."


def _circle(jobs: Sequence[Job], i: int) -> list[int]:
    """The jobs that wait for each other in a circle through ``i``, from ``i`` on; empty where it is in none."""
    paths, seen = [[i]], {i}
    for path in paths:  # grows while it is walked, so that a shortest circle is found
        for j, _ in jobs[path[-1]].needs:
            if j == i:
                return path
            if j not in seen:
                seen.add(j)
                paths.append([*path, j])
    return []


def why_not_on(outcome: Outcome, i: int, pin: date, start: date) -> str:
    """Why a job pinned to one day begins on another, which is the first that works."""
    why = next(_hindrances(outcome, i, pin))
    return f"“{outcome.titles[i]}” can't be on {written_date(pin)}: {why}. The first day that works is {written_date(start)}."


def _hindrances(outcome: Outcome, i: int, pin: date) -> Iterator[str]:
    job, availability = outcome.jobs[i], outcome.availability
    if pin < outcome.begin:
        yield f"the plan begins on {written_date(outcome.begin)}"
    if not availability.minutes_on(pin):
        yield "it is in your time off" if availability.weekday_minutes[pin.weekday()] else f"a {pin:%A} has no minutes"
    if job.opens > pin.toordinal():
        yield f"its month opens on {written_date(date.fromordinal(job.opens))}"
    for j, days in job.needs:
        if outcome.ends.get(j, 0) + days > pin.toordinal():
            wait = f"{counted(days, 'day')} after " if days else ""
            yield f"it comes {wait}{'' if days else 'after '}“{outcome.titles[j]}”"
    if job.wake > pin.toordinal():
        yield f"it may not begin before {written_date(date.fromordinal(job.wake))}"
    if any(_keeps(outcome, k, job.bar, pin) for k in range(len(outcome.jobs))):
        yield "the months before it are not finished by then"
    yield "the day is full"


def _keeps(outcome: Outcome, k: int, bar: int, pin: date) -> bool:
    other = outcome.jobs[k]
    return other.required and other.week < bar and outcome.ends.get(k, 0) > pin.toordinal()
