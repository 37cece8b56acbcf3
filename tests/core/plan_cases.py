"""Cases for the planner: a made-up programme of 26 weeks, and random learners."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from segue.core.activity import PeopleNeed, Phase, Wait
from segue.core.availability import Availability, Choices, Span
from segue.core.plan import Plan, Task, make_plan

MONDAY = date(2026, 11, 2)
EVENINGS = (60, 60, 60, 60, 60, 0, 0)  # five hours a week


def a_phase(number: int, first_week: int, last_week: int, opens_week: int = 1) -> Phase:
    title = f"Phase {number}"
    return Phase(f"p{number}", number, "area", title, f"month {number}", first_week, last_week, opens_week, "", "", "")


PHASES = (
    a_phase(1, 1, 4),
    a_phase(2, 5, 8, 3),
    a_phase(3, 9, 13, 6),
    a_phase(4, 14, 17, 10),
    a_phase(5, 18, 22, 13),
    a_phase(6, 23, 26, 17),
)


def programme() -> tuple[Task, ...]:
    """About 110 tasks over 26 weeks of five hours: chains, people to ask and to wait for, optional work, catch-up time."""
    tasks = []
    for week in range(1, 27):
        buffer = 120 if week in (4, 8, 13, 17, 22) else 0
        minutes = [(75, 90, 45, 90), (60, 120, 60, 40, 20), (100, 50, 90, 60), (30, 45, 150, 75)][week % 4]
        minutes = minutes[:2] if buffer else minutes
        for n, length in enumerate(minutes):
            tasks.append(_task(week, n, length))
        if buffer:
            tasks.append(Task(f"w{week}.catch-up", f"Catch up in week {week}", buffer, week, buffer=True))
    return tuple(tasks)


def _task(week: int, n: int, minutes: int) -> Task:
    requires = [f"w{week}.0"] if n else []
    if not n and week > 1:
        requires.append(f"w{week - 1}.0")
    if n == 1 and week > 1:
        requires.append(f"w{week - 1}.1")
    waits = {9: (Wait("w6.0", 14),), 14: (Wait("w11.1", 14),), 23: (Wait("w20.0", 21),)}.get(week, ()) if n == 1 else ()
    people = (PeopleNeed("data scientist", 21, "an hour of their time"),) if n == 1 and week in (9, 13, 15, 16, 18, 24) else ()
    return Task(f"w{week}.{n}", f"Week {week} task {n}", minutes, week, tuple(requires), waits, people, optional=n == 3)


@dataclass(frozen=True)
class Case:
    """Everything that a plan follows from."""

    tasks: tuple[Task, ...] = field(default_factory=programme)
    availability: Availability = field(default_factory=lambda: Availability(MONDAY, EVENINGS))
    choices: Choices = field(default_factory=Choices)
    phases: tuple[Phase, ...] = PHASES
    done: dict[str, date] = field(default_factory=dict)
    today: date = MONDAY
    spent: dict[date, int] = field(default_factory=dict)

    def plan(self) -> Plan:
        return make_plan(self.tasks, self.availability, self.choices, self.phases, self.done, self.today, self.spent)


# --- random learners --------------------------------------------------------------------------------------------------------


def random_case(random_: random.Random) -> Case:
    """A learner somewhere in the programme, with hours, time off and choices of all sorts."""
    tasks = list(programme())
    starts_on = MONDAY + timedelta(days=random_.randrange(-200, 200))
    today = starts_on + timedelta(days=random_.choice((0, 0, random_.randrange(-30, 250))))
    done = _random_done(random_, tasks, today)
    if random_.random() < 0.3:
        tasks = [replace(t, minutes=max(5, t.minutes - random_.randrange(0, 60))) for t in tasks]
    chosen = random_.sample([t.id for t in tasks], 12)

    def some() -> int:
        return random_.randrange(0, 4)

    def day() -> date:
        return today + timedelta(days=random_.randrange(-30, 300))

    choices = Choices(
        pinned={i: day() for i in chosen[:3][: some()]},
        skipped=dict.fromkeys(chosen[3:6][: some()], "no need"),
        deferred={i: day() for i in chosen[6:9][: some()]},
        split={i: random_.randrange(1, 9) for i in chosen[9:12][: some()]},
    )
    spans = [(day(), random_.choice((1, 3, 14, 40))) for _ in range(random_.choice((0, 0, 1, 2, 5)))]
    time_off = tuple(Span(first, first + timedelta(days=days)) for first, days in spans)
    spent = {today: random_.choice((5, 30, 200))} if random_.random() < 0.3 else {}
    availability = Availability(starts_on, random_weekdays(random_), time_off)
    return Case(tuple(tasks), availability, choices, PHASES, done, today, spent)


def random_weekdays(random_: random.Random) -> tuple[int, ...]:
    """Minutes by weekday: evenings, weekends, anything, hardly anything, nothing."""
    shape = random_.random()
    if shape < 0.4:
        return tuple(random_.choice((0, 30, 45, 60, 90, 120)) for _ in range(7))
    if shape < 0.6:
        return tuple(random_.randrange(0, 121) for _ in range(7))
    if shape < 0.7:
        return (0, 0, 0, 0, 0, random_.choice((60, 180, 300)), random_.choice((0, 120)))
    if shape < 0.98:
        one = random_.randrange(7)
        return tuple(random_.randrange(5, 75) if n == one else random_.choice((0, 0, 0, 10, 14, 15, 16, 25)) for n in range(7))
    return (0,) * 7 if shape < 0.99 else (720,) * 7


def _random_done(random_: random.Random, tasks: list[Task], today: date) -> dict[str, date]:
    if random_.random() < 0.5:
        return {}
    so_far = random_.randrange(len(tasks))
    return {t.id: today - timedelta(days=random_.randrange(0, 60)) for t in tasks[:so_far] if random_.random() < 0.9}


def with_more(random_: random.Random, case: Case) -> Case:
    """The same learner with more minutes on some weekdays, or less time off."""
    now = case.availability
    time_off = tuple(span for span in now.time_off if random_.random() < 0.7)
    more = tuple(min(720, minutes + random_.choice((0, 0, 1, 5, 15, 30, 60))) for minutes in now.weekday_minutes)
    return replace(case, availability=Availability(now.starts_on, more, time_off))
