from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segue.core.activity import PeopleNeed, Phase, Wait
from segue.core.plan import Availability, Choices, Milestone, Plan, Request, Session, Span, Task, horizon_of, make_plan
from tests.core.plan_cases import EVENINGS, MONDAY, PHASES, Case, a_phase, broken_rules, random_case, with_more

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


# --- order ------------------------------------------------------------------------------------------------------------------


def test_by_week_then_as_given() -> None:
    plan = a_plan(a_task("c", 30, week=2), a_task("b", 30), a_task("a", 30))
    assert shown(plan) == ["Mon 2 Nov b 30", "Mon 2 Nov a 30", "Tue 3 Nov c 30"]


def test_a_long_task_goes_on_the_next_day_and_its_parts_are_numbered() -> None:
    plan = a_plan(a_task("a", 90), a_task("b", 60))
    assert plan.sessions == (
        Session(day(2), "a", 60, 1, 2),
        Session(day(3), "a", 30, 2, 2),
        Session(day(3), "b", 30, 1, 2),
        Session(day(4), "b", 30, 2, 2),
    )


def test_days_without_minutes_and_time_off_are_passed_over() -> None:
    plan = a_plan(a_task("a", 240), time_off=(Span(day(5), day(6)),), minutes=(0, 0, 60, 60, 60, 30, 0))
    assert shown(plan) == ["Wed 4 Nov a 60", "Sat 7 Nov a 30", "Wed 11 Nov a 60", "Thu 12 Nov a 60", "Fri 13 Nov a 30"]


def test_a_start_in_the_past_plans_from_today_and_one_in_the_future_from_then() -> None:
    assert shown(a_plan(a_task("a"), starts_on=day(2, 3), today=day(4))) == ["Wed 4 Nov a 60"]
    assert shown(a_plan(a_task("a"), starts_on=day(13), today=day(4))) == ["Fri 13 Nov a 60"]


def test_minutes_spent_today_are_gone() -> None:
    plan = a_plan(a_task("a", 40), a_task("b", 40), spent={MONDAY: 20, day(3): 60})
    assert shown(plan) == ["Mon 2 Nov a 40", "Tue 3 Nov b 40"]
    assert shown(a_plan(a_task("a", 40), spent={MONDAY: 500})) == ["Tue 3 Nov a 40"]


def test_a_whole_day_of_twelve_hours() -> None:
    plan = a_plan(*(a_task(f"t{n}", 120) for n in range(7)), minutes=(720,) * 7)
    assert shown(plan) == [*(f"Mon 2 Nov t{n} 120" for n in range(6)), "Tue 3 Nov t6 120"]


@pytest.mark.parametrize("starts_on", [date(2028, 2, 29), date(2027, 2, 28)])
def test_a_leap_day_is_a_day_like_others(starts_on: date) -> None:
    plan = a_plan(a_task("a", 60), starts_on=starts_on, today=starts_on, minutes=(30,) * 7)
    assert [s.on for s in plan.sessions] == [starts_on, starts_on + timedelta(days=1)]


def test_the_horizon_is_five_years_ahead() -> None:
    assert horizon_of(MONDAY) == date(2031, 11, 2)
    assert horizon_of(date(2028, 2, 29)) == date(2033, 2, 28)
    assert horizon_of(date(9998, 1, 1)) == date(9999, 1, 1)


# --- crumbs -----------------------------------------------------------------------------------------------------------------


def test_less_than_a_quarter_of_an_hour_at_the_end_of_a_day_stays_free() -> None:
    assert shown(a_plan(a_task("a", 50), a_task("b", 60))) == ["Mon 2 Nov a 50", "Tue 3 Nov b 60"]


def test_a_task_that_fits_into_the_end_of_a_day_overtakes_one_that_does_not() -> None:
    plan = a_plan(a_task("a", 50), a_task("b", 60), a_task("c", 10))
    assert shown(plan) == ["Mon 2 Nov a 50", "Mon 2 Nov c 10", "Tue 3 Nov b 60"]


def test_no_crumb_is_left_for_another_day() -> None:
    assert shown(a_plan(a_task("a", 70))) == ["Mon 2 Nov a 55", "Tue 3 Nov a 15"]


def test_short_days_are_used() -> None:
    plan = a_plan(a_task("a", 22), minutes=(10,) * 7)
    assert shown(plan) == ["Mon 2 Nov a 10", "Tue 3 Nov a 10", "Wed 4 Nov a 2"]


def test_sessions_are_short_only_where_things_would_not_fit_otherwise() -> None:
    tasks = [a_task(f"t{n}", 29) for n in range(260)]  # one quarter of an hour a week: 260 weeks in five years
    plan = a_plan(*tasks[:130], minutes=(15, 0, 0, 0, 0, 0, 0))
    assert plan.warnings == ()
    assert {s.minutes for s in plan.sessions} == {15, 14}
    tight = a_plan(*tasks[:133], minutes=(15, 0, 0, 0, 0, 0, 0))
    assert tight.unplaced == ()
    assert ["some sessions are shorter than 15 min" in warning for warning in tight.warnings] == [True]
    assert min(s.minutes for s in tight.sessions) == 1


# --- requirements and waits -------------------------------------------------------------------------------------------------


def test_a_requirement_comes_first_also_on_the_same_day() -> None:
    plan = a_plan(a_task("a", 30, requires=("b",)), a_task("b", 30, week=2))
    assert shown(plan) == ["Mon 2 Nov b 30", "Mon 2 Nov a 30"]


def test_what_is_done_skipped_or_unknown_holds_nothing_up() -> None:
    tasks = (a_task("a", requires=("gone", "done", "skipped")), a_task("done"), a_task("skipped"))
    plan = a_plan(*tasks, choices=Choices(skipped={"skipped": "no need"}), done={"done": day(1), "gone": day(1)})
    assert shown(plan) == ["Mon 2 Nov a 60"]


def test_skipping_what_others_build_on_is_pointed_out() -> None:
    tasks = (a_task("a", requires=("b",)), a_task("b"), a_task("c"), a_task("d", waits=(Wait("c", 3),), requires=("c", "b")))
    skipped = Choices(skipped={"b": "", "c": ""})
    assert a_plan(*tasks, choices=skipped).warnings == (
        "“A” builds on “B”, which you chose to skip: it goes ahead without.",
        "“D” builds on “C” and “B”, which you chose to skip: it goes ahead without.",
    )
    done = {"b": day(1), "c": day(1)}
    assert a_plan(*tasks, choices=skipped, done=done).warnings == ()
    assert a_plan(*tasks[1:3], choices=skipped).warnings == ()


def test_a_wait_counts_from_the_day_the_other_was_finished() -> None:
    plan = a_plan(a_task("a", 90), a_task("b", waits=(Wait("a", 2),)))
    assert shown(plan) == ["Mon 2 Nov a 60", "Tue 3 Nov a 30", "Thu 5 Nov b 60"]


def test_a_wait_of_no_days_is_over_at_once() -> None:
    assert shown(a_plan(a_task("b", 30, waits=(Wait("a", 0),)), a_task("a", 30))) == ["Mon 2 Nov a 30", "Mon 2 Nov b 30"]


def test_a_wait_runs_through_time_off() -> None:
    plan = a_plan(a_task("a"), a_task("b", waits=(Wait("a", 14),)), time_off=(Span(day(3), day(13)),))
    assert shown(plan) == ["Mon 2 Nov a 60", "Mon 16 Nov b 60"]
    plan = a_plan(a_task("a"), a_task("b", waits=(Wait("a", 7),)), time_off=(Span(day(3), day(13)),))
    assert shown(plan)[1] == "Mon 16 Nov b 60"


def test_a_wait_for_what_is_done_skipped_or_unknown() -> None:
    waits = (Wait("done", 5), Wait("skipped", 50), Wait("gone", 50))
    plan = a_plan(a_task("a", waits=waits), a_task("skipped"), choices=Choices(skipped={"skipped": ""}), done={"done": day(1)})
    assert shown(plan) == ["Fri 6 Nov a 60"]


def test_waiting_time_is_filled_with_what_comes_next() -> None:
    plan = a_plan(a_task("a"), a_task("b", waits=(Wait("a", 2),)), a_task("c", 180, week=2))
    assert shown(plan) == ["Mon 2 Nov a 60", "Tue 3 Nov c 60", "Wed 4 Nov b 60", "Thu 5 Nov c 60", "Fri 6 Nov c 60"]


# --- choices ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pin", [day(2), day(1), date(2026, 1, 1)])
def test_what_is_pinned_to_today_or_earlier_comes_first(pin: date) -> None:
    plan = a_plan(a_task("a"), a_task("b", week=9), choices=Choices(pinned={"b": pin}))
    assert shown(plan) == ["Mon 2 Nov b 60", "Tue 3 Nov a 60"]
    assert plan.warnings == ()


def test_a_pin_takes_its_day_from_what_was_going_on() -> None:
    plan = a_plan(a_task("a", 180), a_task("b", 30), choices=Choices(pinned={"b": day(3)}))
    assert shown(plan) == ["Mon 2 Nov a 60", "Tue 3 Nov b 30", "Tue 3 Nov a 30", "Wed 4 Nov a 60", "Thu 5 Nov a 30"]
    assert plan.warnings == ()


def test_two_pins_on_one_day_come_in_blueprint_order() -> None:
    plan = a_plan(a_task("a", week=2), a_task("b"), choices=Choices(pinned={"a": day(3), "b": day(3)}))
    assert shown(plan) == ["Tue 3 Nov b 60", "Wed 4 Nov a 60"]
    assert plan.warnings == (
        "“A” can't be on Tuesday 3 November 2026: the day is full. The first day that works is Wednesday 4 November 2026.",
    )


@pytest.mark.parametrize(
    ("task", "pin", "why", "start"),
    [
        (a_task("b"), day(7), "a Saturday has no minutes", "Monday 9 November 2026"),
        (a_task("b"), day(12), "it is in your time off", "Friday 13 November 2026"),
        (a_task("b", requires=("a",)), day(3), "it comes after “A”", "Wednesday 4 November 2026"),
        (a_task("b", waits=(Wait("a", 2),)), day(4), "it comes 2 days after “A”", "Friday 6 November 2026"),
        (a_task("b", waits=(Wait("a", 1),)), day(4), "it comes 1 day after “A”", "Thursday 5 November 2026"),
        (
            a_task("b", waits=(Wait("z", 9),)),
            day(4),
            "it may not begin before Tuesday 10 November 2026",
            "Tuesday 10 November 2026",
        ),
        (a_task("b", week=5), day(5), "its month opens on Monday 9 November 2026", "Monday 9 November 2026"),
        (a_task("b", week=5), day(9), "the months before it are not finished by then", "Tuesday 10 November 2026"),
    ],
)
def test_a_pin_that_can_not_be_kept_names_the_first_day_that_works(task: Task, pin: date, why: str, start: str) -> None:
    length = 180 if task.week == 1 else 310
    choices = Choices(pinned={"b": pin})
    time_off = (Span(day(12), day(12)),)
    plan = a_plan(a_task("a", length), task, choices=choices, done={"z": day(1)}, phases=TWO_MONTHS, time_off=time_off)
    assert plan.warnings == (f"“B” can't be on {pin:%A} {pin.day} November 2026: {why}. The first day that works is {start}.",)


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


def test_what_is_deferred_waits_for_its_day() -> None:
    plan = a_plan(a_task("a"), a_task("b"), a_task("c", requires=("a",)), choices=Choices(deferred={"a": day(4), "b": day(1)}))
    assert shown(plan) == ["Mon 2 Nov b 60", "Wed 4 Nov a 60", "Thu 5 Nov c 60"]
    assert plan.warnings == ()


def test_what_is_skipped_is_not_planned() -> None:
    plan = a_plan(a_task("a"), a_task("b"), choices=Choices(skipped={"a": "no need"}))
    assert shown(plan) == ["Mon 2 Nov b 60"]


def test_what_is_split_has_one_part_a_day() -> None:
    plan = a_plan(a_task("a", 50), a_task("b", 60), choices=Choices(split={"a": 3}))
    assert shown(plan) == [
        *("Mon 2 Nov a 17", "Mon 2 Nov b 43"),
        *("Tue 3 Nov a 17", "Tue 3 Nov b 17"),
        "Wed 4 Nov a 16",
    ]


def test_parts_may_be_meant_to_be_short_and_one_part_is_no_split() -> None:
    assert shown(a_plan(a_task("a", 20), choices=Choices(split={"a": 3}))) == ["Mon 2 Nov a 7", "Tue 3 Nov a 7", "Wed 4 Nov a 6"]
    assert shown(a_plan(a_task("a", 90), choices=Choices(split={"a": 1}))) == ["Mon 2 Nov a 60", "Tue 3 Nov a 30"]


def test_more_parts_than_minutes_are_a_minute_each() -> None:
    assert len(a_plan(a_task("a", 3), choices=Choices(split={"a": 9})).sessions) == 3


def test_choices_about_unknown_tasks_change_nothing() -> None:
    choices = Choices({"x": day(2)}, {"y": ""}, {"z": day(9)}, {"w": 3})
    assert a_plan(a_task("a"), choices=choices) == a_plan(a_task("a"))


# --- months -----------------------------------------------------------------------------------------------------------------


def test_a_month_opens_in_its_calendar_week_however_many_hours_one_has() -> None:
    plan = a_plan(a_task("a"), a_task("b", week=5), phases=TWO_MONTHS, starts_on=day(4), today=day(4))
    assert shown(plan) == ["Wed 4 Nov a 60", "Wed 11 Nov b 60"]


def test_a_month_opens_when_what_is_required_before_it_is_finished() -> None:
    tasks = (a_task("b", week=5, optional=True), a_task("a", 300), a_task("c", week=5))
    plan = a_plan(*tasks, phases=TWO_MONTHS, starts_on=day(12, 10), choices=Choices(pinned={"c": day(2)}))
    assert [text for text in shown(plan) if " a " not in text] == ["Mon 9 Nov c 60", "Tue 10 Nov b 60"]


@pytest.mark.parametrize("first", [a_task("a", optional=True), a_task("a", buffer=True)])
def test_optional_work_and_catch_up_time_keep_no_month_closed(first: Task) -> None:
    choices = Choices(pinned={"b": MONDAY})
    plan = a_plan(first, a_task("b", week=5), phases=TWO_MONTHS, starts_on=day(12, 10), choices=choices)
    assert shown(plan) == ["Mon 2 Nov b 60", "Tue 3 Nov a 60"]


@pytest.mark.parametrize(
    "choices",
    [Choices(pinned={"a": day(6)}), Choices(deferred={"a": day(6)}), Choices(skipped={"a": ""}), Choices(deferred={"z": day(6)})],
)
def test_what_is_skipped_or_held_back_keeps_no_month_closed(choices: Choices) -> None:
    tasks = (
        a_task("z", 10, optional=True),
        a_task("a", requires=("z",) if choices.deferred.get("z") else ()),
        a_task("b", week=5),
    )
    plan = a_plan(*tasks, phases=TWO_MONTHS, starts_on=day(12, 10), choices=choices, minutes=(70, 60, 60, 60, 70, 0, 0))
    assert plan.start_of("b") == MONDAY
    assert plan.start_of("a") == (None if choices.skipped else day(6))


def test_waiting_for_people_is_filled_with_the_next_month_and_ends_it_when_over() -> None:
    tasks = (
        a_task("a"),
        a_task("talk", waits=(Wait("a", 3),)),
        a_task("write", 30, requires=("talk",)),
        a_task("b", 240, week=5),
    )
    plan = a_plan(*tasks, phases=TWO_MONTHS, starts_on=day(12, 10))
    assert shown(plan) == [
        *("Mon 2 Nov a 60", "Tue 3 Nov b 60", "Wed 4 Nov b 60", "Thu 5 Nov talk 60"),
        *("Fri 6 Nov write 30", "Fri 6 Nov b 30", "Mon 9 Nov b 60", "Tue 10 Nov b 30"),
    ]


def test_a_week_beyond_the_phases_belongs_to_the_last_and_one_before_to_none() -> None:
    tasks = (a_task("early", 30, week=0), a_task("a", 30), a_task("late", 30, week=99))
    plan = a_plan(*tasks, phases=(a_phase(1, 1, 4, opens_week=2), a_phase(2, 5, 8, opens_week=3)))
    assert shown(plan) == ["Mon 2 Nov early 30", "Mon 9 Nov a 30", "Mon 16 Nov late 30"]


def test_catch_up_time_comes_after_the_required_work_of_its_week_and_nothing_waits_for_it() -> None:
    tasks = (a_task("free", 60, buffer=True), a_task("a", 60), a_task("b", 90, waits=(Wait("a", 3),)), a_task("c", 60, week=2))
    assert shown(a_plan(*tasks)) == [
        *("Mon 2 Nov a 60", "Tue 3 Nov free 60", "Wed 4 Nov c 60", "Thu 5 Nov b 60", "Fri 6 Nov b 30"),
    ]
    late = (a_task("free", 60, buffer=True), a_task("a", 90, requires=("z",)), a_task("z", 10, week=2))
    assert [s.task_id for s in a_plan(*late).sessions] == ["z", "a", "a", "free", "free"]


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
    assert why(plan) == [
        "“B” has no day: at 15 min a week it does not fit into the time until Sunday 2 November 2031, as far as the plan looks. "
        "Give the week more minutes, take less time off, or skip something.",
    ]
    assert [u.minutes for u in plan.unplaced] == [3000]
    assert plan.remaining == {"a": 3000, "b": 3000}


def test_a_circle_skipped_is_a_circle_no_more() -> None:
    plan = a_plan(a_task("a", requires=("b",)), a_task("b", requires=("a",)), choices=Choices(skipped={"b": ""}))
    assert shown(plan) == ["Mon 2 Nov a 60"]


# --- what follows -----------------------------------------------------------------------------------------------------------


def test_people_are_asked_ahead_and_never_before_today() -> None:
    early, late = PeopleNeed("mentor", 3, "Review it"), PeopleNeed("engineer", 21, "Half an hour")
    plan = a_plan(a_task("a", 300), a_task("b", people=(early, late)), a_task("c", people=(early,)), today=day(3))
    assert plan.requests == (
        Request(day(3), "b", "engineer", "Half an hour", day(10), late=True),
        Request(day(7), "b", "mentor", "Review it", day(10), late=False),
        Request(day(8), "c", "mentor", "Review it", day(11), late=False),
    )


def test_asking_today_is_not_late() -> None:
    plan = a_plan(a_task("a"), a_task("b", people=(PeopleNeed("mentor", 1, "Review it"),)))
    assert [(r.ask_by, r.late) for r in plan.requests] == [(MONDAY, False)]


def test_nobody_is_asked_for_what_has_no_day() -> None:
    plan = a_plan(a_task("a", requires=("a",), people=(PeopleNeed("mentor", 1, "Review it"),)))
    assert plan.requests == ()


def test_milestones_are_the_ends_of_the_months_and_of_everything() -> None:
    tasks = (a_task("a"), a_task("wait", waits=(Wait("a", 8),)), a_task("b", week=5))
    plan = a_plan(*tasks, phases=TWO_MONTHS)
    assert plan.milestones == (
        Milestone(day(9), "p2", "Phase 2"),
        Milestone(day(10), "p1", "Phase 1"),
        Milestone(day(10), "end", "End of the programme"),
    )
    assert plan.ends_on == day(10)


def test_a_month_with_something_unplaced_has_no_end_and_one_that_is_over_has_none_ahead() -> None:
    plan = a_plan(a_task("a", 30), a_task("b", 30, week=5, requires=("b",)), phases=TWO_MONTHS)
    assert plan.milestones == (Milestone(MONDAY, "p1", "Phase 1"),)
    assert plan.ends_on is None
    plan = a_plan(a_task("a", 30), a_task("b", 30, week=5), phases=TWO_MONTHS, done={"a": day(1)})
    assert [m.id for m in plan.milestones] == ["p2", "end"]


def test_nothing_left_ends_with_the_last_day_something_was_done() -> None:
    plan = a_plan(a_task("a"), a_task("b"), done={"a": date(2026, 9, 1), "b": date(2026, 10, 1)})
    assert plan == Plan(MONDAY, ends_on=date(2026, 10, 1))
    assert a_plan() == Plan(MONDAY)


def test_asking_a_plan() -> None:
    plan = a_plan(a_task("a", 150), a_task("b", 30), a_task("c", 30, requires=("c",)))
    assert [s.part for s in plan.sessions_of("a")] == [1, 2, 3]
    assert (plan.start_of("a"), plan.end_of("a")) == (day(2), day(4))
    assert (plan.sessions_of("c"), plan.start_of("c"), plan.end_of("c")) == ((), None, None)
    assert [s.task_id for s in plan.between(day(4), day(30))] == ["a", "b"]
    assert plan.between(day(5), day(30)) == ()
    assert [plan.minutes_on(day(n)) for n in (1, 2, 4, 5)] == [0, 60, 60, 0]
    assert plan.remaining == {"a": 150, "b": 30, "c": 30}


def test_a_task_has_something_left_and_an_id_of_its_own() -> None:
    with pytest.raises(ValueError, match="0 minutes left"):
        a_task("a", 0)
    with pytest.raises(ValueError, match="same id"):
        a_plan(a_task("a"), a_task("a", week=2))


# --- the made-up programme --------------------------------------------------------------------------------------------------


def test_half_a_year_at_five_hours_a_week() -> None:
    case = Case()
    plan = case.plan()
    assert broken_rules(plan, case) == []
    assert (plan.unplaced, plan.warnings) == ((), ())
    assert (len(case.tasks), sum(t.minutes for t in case.tasks)) == (104, 7740)
    assert plan.ends_on == date(2027, 4, 30)
    assert [m.on.isoformat() for m in plan.milestones] == [
        *("2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26", "2027-04-02", "2027-04-30", "2027-04-30"),
    ]
    starts = [plan.start_of(f"w{phase.first_week}.0") for phase in PHASES]
    assert starts == [MONDAY, date(2026, 11, 30), date(2026, 12, 28), date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 5)]


def test_with_all_the_hours_there_are_the_months_still_open_by_the_calendar() -> None:
    case = Case(availability=Availability(MONDAY, (720,) * 7))
    plan = case.plan()
    assert broken_rules(plan, case) == []
    starts = [plan.start_of(f"w{phase.first_week}.0") for phase in PHASES]
    assert starts == [MONDAY + timedelta(weeks=phase.opens_week - 1) for phase in PHASES]


SEEDS = 500


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(4))
def test_two_thousand_learners(chunk: int) -> None:
    for seed in range(chunk * SEEDS, (chunk + 1) * SEEDS):
        assert faults(seed) == [], f"seed {seed}"


def faults(seed: int) -> list[str]:
    """What is wrong with the plan of a random learner, and with their plan when they have more time."""
    random_ = random.Random(seed)
    case = random_case(random_)
    plan = case.plan()
    found = broken_rules(plan, case)
    if case.plan() != plan:
        found.append("not the same twice")
    if len(with_more(random_, case).plan().unplaced) > len(plan.unplaced):
        found.append("more time, less placed")
    return found


# --- any programme at all ---------------------------------------------------------------------------------------------------

IDS = [f"t{n}" for n in range(10)]
LEAP = date(2028, 2, 29)
days = st.integers(-10, 60).map(lambda n: LEAP + timedelta(days=n))
minutes_a_day = st.sampled_from((0, 0, 5, 14, 15, 16, 20, 29, 30, 31, 60))


@st.composite
def any_task(draw: st.DrawFn, task_id: str) -> Task:
    return Task(
        id=task_id,
        title=f"Task {task_id}",
        minutes=draw(st.sampled_from((1, 5, 14, 15, 16, 25, 40, 60, 100, 700))),
        week=draw(st.integers(0, 8)),
        requires=tuple(draw(st.lists(st.sampled_from([*IDS, "gone"]), max_size=2))),
        waits=tuple(draw(st.lists(st.builds(Wait, st.sampled_from(IDS), st.sampled_from((0, 1, 7, 30))), max_size=1))),
        people=tuple(
            draw(st.lists(st.builds(PeopleNeed, st.just("mentor"), st.sampled_from((0, 7, 40)), st.just("")), max_size=1))
        ),
        optional=draw(st.booleans()),
        buffer=draw(st.sampled_from((False, False, False, True))),
    )


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    some = st.sampled_from(ids)
    opens = draw(st.tuples(st.sampled_from((1, 1, 3)), st.sampled_from((1, 2, 4)), st.sampled_from((1, 3, 6))))
    phases = (a_phase(1, 1, 2, opens[0]), a_phase(2, 3, 4, opens[1]), a_phase(3, 5, 8, opens[2]))[: draw(st.integers(0, 3))]
    spans = draw(st.lists(st.tuples(days, st.sampled_from((0, 3, 20))), max_size=2))
    choices = Choices(
        pinned=draw(st.dictionaries(some, days, max_size=2)),
        skipped=draw(st.dictionaries(some, st.just(""), max_size=2)),
        deferred=draw(st.dictionaries(some, days, max_size=2)),
        split=draw(st.dictionaries(some, st.integers(1, 9), max_size=2)),
    )
    time_off = tuple(Span(first, first + timedelta(days=n)) for first, n in spans)
    availability = Availability(draw(days), draw(st.tuples(*[minutes_a_day] * 7)), time_off)
    today = draw(days)
    tasks = tuple(draw(any_task(task_id)) for task_id in ids)
    done = draw(st.dictionaries(some, days, max_size=2))
    return Case(tasks, availability, choices, phases, done, today, {today: draw(st.sampled_from((0, 5, 20)))})


@settings(max_examples=300, deadline=None)
@given(any_case())
def test_no_plan_breaks_a_rule(case: Case) -> None:
    plan = case.plan()
    assert broken_rules(plan, case) == []
    assert case.plan() == plan


@settings(max_examples=150, deadline=None)
@given(any_case(), st.tuples(*[st.integers(0, 60)] * 7), st.booleans())
def test_more_time_never_leaves_more_without_a_day(case: Case, more: tuple[int, ...], no_time_off: bool) -> None:
    now = case.availability
    richer = tuple(minutes + extra for minutes, extra in zip(now.weekday_minutes, more, strict=True))
    availability = Availability(now.starts_on, richer, () if no_time_off else now.time_off)
    assert len(replace(case, availability=availability).plan().unplaced) <= len(case.plan().unplaced)


def test_the_order_of_what_has_no_order_does_not_matter() -> None:
    case = Case(choices=Choices(pinned={"w3.0": day(20), "w5.1": day(20)}, split={"w2.0": 2, "w2.1": 3}))
    pinned, split = dict(reversed(case.choices.pinned.items())), dict(reversed(case.choices.split.items()))
    phases = tuple(reversed(case.phases))
    assert replace(case, choices=Choices(pinned=pinned, split=split), phases=phases).plan() == case.plan()


# --- the checker itself -----------------------------------------------------------------------------------------------------


def spoilt(sessions: tuple[Session, ...], n: int, **changes: object) -> tuple[Session, ...]:
    return (*sessions[:n], replace(sessions[n], **changes), *sessions[n + 1 :])  # type: ignore[arg-type]


def test_the_checker_sees_a_spoilt_plan() -> None:
    case = Case()
    plan = case.plan()
    s = plan.sessions
    bad = {
        "lost": s[:-1],
        "twice": (*s, s[-1]),
        "long": spoilt(s, 0, minutes=61),
        "short": spoilt(s, 1, minutes=s[1].minutes - 1),
        "moved": spoilt(s, 0, on=MONDAY - timedelta(days=1)),
        "swapped": (s[1], s[0], *s[2:]),
        "part": spoilt(s, 0, part=2),
        "unknown": spoilt(s, 0, task_id="w1.1"),
    }
    seen = {name: bool(broken_rules(replace(plan, sessions=sessions), case)) for name, sessions in bad.items()}
    assert seen == dict.fromkeys(bad, True)


def test_the_checker_sees_a_plan_made_for_another() -> None:
    case = Case()
    plan = case.plan()
    others = {
        "wait": replace(case, tasks=tuple(replace(t, waits=(Wait("w1.0", 99),)) if t.id == "w5.1" else t for t in case.tasks)),
        "requirement": replace(case, tasks=tuple(replace(t, requires=("w26.0",)) if t.id == "w5.1" else t for t in case.tasks)),
        "pin": replace(case, choices=Choices(pinned={"w1.2": day(20)})),
        "deferral": replace(case, choices=Choices(deferred={"w1.2": day(20)})),
        "split": replace(case, choices=Choices(split={"w1.1": 4})),
        "month": replace(case, phases=tuple(replace(p, opens_week=p.opens_week + 9) for p in PHASES)),
        "spent": replace(case, spent={MONDAY: 30}),
        "time off": replace(case, availability=Availability(MONDAY, EVENINGS, (Span(day(20), day(20)),))),
        "idle": replace(case, availability=Availability(MONDAY, (60, 60, 60, 60, 60, 60, 0))),
        "order": replace(case, tasks=tuple(reversed(case.tasks))),
        "lead": replace(case, tasks=tuple(replace(t, people=()) for t in case.tasks)),
    }
    seen = {name: bool(broken_rules(plan, other)) for name, other in others.items()}
    assert seen == dict.fromkeys(others, True)


def test_the_plan_is_a_function_of_what_it_is_given() -> None:
    case = Case()
    again = make_plan(list(case.tasks), case.availability, case.choices, list(case.phases), {}, case.today)
    assert again == case.plan()
