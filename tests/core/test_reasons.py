from __future__ import annotations

from datetime import date

import pytest

from segue.core.activity import Wait
from segue.core.plan import Choices, Plan, Span, Task
from tests.core.small_plans import TWO_MONTHS, a_plan, a_task, day, shown


@pytest.mark.parametrize(
    ("first", "task", "pin", "why", "start"),
    [
        (180, a_task("b"), 7, "a Saturday has no minutes", "Monday 9 November 2026"),
        (180, a_task("b"), 12, "it is in your time off", "Friday 13 November 2026"),
        (150, a_task("b", requires=("a",)), 3, "it comes after “A”", "Wednesday 4 November 2026"),
        (120, a_task("b", requires=("a",)), 3, "the day is full", "Wednesday 4 November 2026"),
        (180, a_task("b", waits=(Wait("a", 2),)), 4, "it comes 2 days after “A”", "Friday 6 November 2026"),
        (180, a_task("b", waits=(Wait("a", 1),)), 4, "it comes 1 day after “A”", "Thursday 5 November 2026"),
        (
            180,
            a_task("b", waits=(Wait("z", 9),)),
            4,
            "it may not begin before Tuesday 10 November 2026",
            "Tuesday 10 November 2026",
        ),
        (180, a_task("b", week=5), 5, "its month opens on Monday 9 November 2026", "Monday 9 November 2026"),
        (420, a_task("b", week=5), 9, "the months before it are not finished by then", "Wednesday 11 November 2026"),
    ],
)
def test_a_pin_that_can_not_be_kept_names_the_first_day_that_works(
    first: int, task: Task, pin: int, why: str, start: str
) -> None:
    choices = Choices(pinned={"b": day(pin)})
    time_off = (Span(day(12), day(12)),)
    plan = a_plan(a_task("a", first), task, choices=choices, done={"z": day(1)}, phases=TWO_MONTHS, time_off=time_off)
    assert plan.warnings == (f"“B” can't be on {day(pin):%A} {pin} November 2026: {why}. The first day that works is {start}.",)


def test_a_pin_before_the_plan_begins() -> None:
    plan = a_plan(a_task("a"), starts_on=day(9), choices=Choices(pinned={"a": day(4)}))
    assert shown(plan) == ["Mon 9 Nov a 60"]
    assert plan.warnings == (
        "“A” can't be on Wednesday 4 November 2026: the plan begins on Monday 9 November 2026. "
        "The first day that works is Monday 9 November 2026.",
    )


def test_a_pin_before_its_own_deferral() -> None:
    plan = a_plan(a_task("a"), choices=Choices(pinned={"a": day(4)}, deferred={"a": day(6)}))
    assert shown(plan) == ["Fri 6 Nov a 60"]
    assert ["it may not begin before Friday 6 November 2026" in warning for warning in plan.warnings] == [True]


# --- what has no day --------------------------------------------------------------------------------------------------------


def why(plan: Plan) -> list[str]:
    return [u.reason for u in plan.unplaced]


def test_no_minutes_on_any_weekday() -> None:
    plan = a_plan(a_task("a"), a_task("b", requires=("a",)), minutes=(0,) * 7)
    assert why(plan) == [
        "“A” has no day: there are no minutes on any weekday. Give at least one day some minutes.",
        "“B” has no day: there are no minutes on any weekday. Give at least one day some minutes.",
    ]
    assert (plan.sessions, plan.milestones, plan.ends_on) == ((), (), None)


def test_time_off_for_all_weeks() -> None:
    plan = a_plan(a_task("a"), time_off=(Span(day(1), date(2031, 1, 1)), Span(date(2031, 1, 2), date(2099, 1, 1))))
    assert why(plan) == [
        "“A” has no day: time off covers every working day until Sunday 2 November 2031. Shorten the time off.",
    ]


def test_a_start_beyond_the_horizon() -> None:
    plan = a_plan(a_task("a"), starts_on=date(2031, 11, 3))
    assert why(plan) == [
        "“A” has no day: the plan begins on Monday 3 November 2031, more than five years ahead. Choose an earlier start.",
    ]


@pytest.mark.parametrize(
    ("choices", "done"),
    [
        (Choices(pinned={"a": date(2040, 1, 2)}), {}),
        (Choices(deferred={"a": date(2040, 1, 2)}), {}),
        (Choices(), {"z": date(2039, 12, 30)}),
    ],
)
def test_a_day_beyond_the_horizon_and_what_needs_it(choices: Choices, done: dict[str, date]) -> None:
    tasks = (a_task("a", waits=(Wait("z", 3),)), a_task("b", requires=("a",)), a_task("c", week=5))
    plan = a_plan(*tasks, choices=choices, done=done, phases=TWO_MONTHS)
    assert shown(plan) == ["Mon 9 Nov c 60"]
    assert why(plan) == [
        "“A” has no day: it may not begin before Monday 2 January 2040, more than five years ahead. Choose an earlier day.",
        "“B” has no day: it needs “A”, which could not be placed. Mend that first, or skip it.",
    ]


def test_a_wait_longer_than_time_itself() -> None:
    plan = a_plan(a_task("a", waits=(Wait("z", 10**9),)), done={"z": day(1)})
    assert ["Friday 31 December 9999" in reason for reason in why(plan)] == [True]


def test_circles_and_what_waits_for_them() -> None:
    tasks = (
        *(a_task("a", requires=("b",)), a_task("b", waits=(Wait("c", 2),)), a_task("c", requires=("a",))),
        *(a_task("d", requires=("d",)), a_task("e", requires=("c",)), a_task("f", 30, week=5)),
    )
    plan = a_plan(*tasks, phases=TWO_MONTHS)
    assert shown(plan) == ["Mon 9 Nov f 30"]
    assert why(plan) == [
        "“A” has no day: it and “B” and “C” wait for each other. Skip one of them.",
        "“B” has no day: it and “C” and “A” wait for each other. Skip one of them.",
        "“C” has no day: it and “A” and “B” wait for each other. Skip one of them.",
        "“D” has no day: it waits for itself. Skip it.",
        "“E” has no day: it needs “C”, which could not be placed. Mend that first, or skip it.",
    ]


def test_too_little_time() -> None:
    plan = a_plan(a_task("a", 15 * 200), a_task("b", 15 * 200), minutes=(0, 0, 15, 0, 0, 0, 0))
    assert [s.task_id for s in plan.sessions] == ["a"] * 200
    assert plan.warnings == ()  # shorter sessions would not have helped
    assert why(plan) == [
        "“B” has no day: at 15 min a week it does not fit into the time until Sunday 2 November 2031, as far as the plan looks. "
        "Give the week more minutes, take less time off, or skip something.",
    ]
    assert [u.minutes for u in plan.unplaced] == [3000]
    assert plan.remaining == {"a": 3000, "b": 3000}


def test_a_circle_skipped_is_a_circle_no_more() -> None:
    plan = a_plan(a_task("a", requires=("b",)), a_task("b", requires=("a",)), choices=Choices(skipped={"b": ""}))
    assert shown(plan) == ["Mon 2 Nov a 60"]
