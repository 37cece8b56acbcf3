"""Small plans for tests of single rules, each looked over by the checker."""

from __future__ import annotations

from datetime import date

from segue.core.activity import PeopleNeed, Phase, Wait
from segue.core.plan import Availability, Choices, Plan, Span, Task
from tests.core.plan_cases import EVENINGS, MONDAY, Case, a_phase
from tests.core.plan_checker import broken_rules

TWO_MONTHS = (a_phase(1, 1, 4), a_phase(2, 5, 8, opens_week=2))


def day(n: int, month: int = 11) -> date:
    return date(2026, month, n)


def a_task(
    task_id: str,
    minutes: int = 60,
    week: int = 1,
    requires: tuple[str, ...] = (),
    waits: tuple[Wait, ...] = (),
    people: tuple[PeopleNeed, ...] = (),
    optional: bool = False,
    buffer: bool = False,
) -> Task:
    return Task(task_id, task_id.upper(), minutes, week, requires, waits, people, optional, buffer)


def a_plan(
    *tasks: Task,
    minutes: tuple[int, ...] = EVENINGS,
    starts_on: date = MONDAY,
    time_off: tuple[Span, ...] = (),
    choices: Choices | None = None,
    phases: tuple[Phase, ...] = (),
    done: dict[str, date] | None = None,
    today: date = MONDAY,
    spent: dict[date, int] | None = None,
) -> Plan:
    """A plan that the checker found nothing wrong with."""
    availability = Availability(starts_on, minutes, time_off)
    case = Case(tasks, availability, choices or Choices(), phases, done or {}, today, spent or {})
    plan = case.plan()
    assert broken_rules(plan, case) == []
    return plan


def shown(plan: Plan) -> list[str]:
    return [f"{s.on:%a} {s.on.day} {s.on:%b} {s.task_id} {s.minutes}" for s in plan.sessions]
