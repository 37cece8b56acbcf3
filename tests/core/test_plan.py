from __future__ import annotations

from datetime import date, timedelta

import pytest

from segue.core.activity import PeopleNeed, Wait
from segue.core.plan import Choices, Milestone, Plan, Request, Session, Span, Task, horizon_of
from tests.core.plan_cases import MONDAY, a_phase
from tests.core.small_plans import TWO_MONTHS, a_plan, a_task, day, shown

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


def test_what_is_deferred_waits_for_its_day() -> None:
    plan = a_plan(a_task("a"), a_task("b"), a_task("c", requires=("a",)), choices=Choices(deferred={"a": day(4), "b": day(1)}))
    assert shown(plan) == ["Mon 2 Nov b 60", "Wed 4 Nov a 60", "Thu 5 Nov c 60"]
    assert plan.warnings == ()


def test_the_latest_of_several_days_counts() -> None:
    waits = (Wait("a", 1), Wait("z", 2))
    plan = a_plan(a_task("a"), a_task("b", waits=waits), done={"z": day(2)}, choices=Choices(deferred={"b": day(6)}))
    assert shown(plan) == ["Mon 2 Nov a 60", "Fri 6 Nov b 60"]
    assert shown(a_plan(a_task("a"), a_task("b", waits=waits), done={"z": day(3)}))[1] == "Thu 5 Nov b 60"
    assert shown(a_plan(a_task("a"), a_task("z", 30), a_task("b", waits=waits)))[2] == "Thu 5 Nov b 60"


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
    extra = (a_task("free", 60, buffer=True), a_task("extra", 60, optional=True))
    assert shown(a_plan(*extra)) == ["Mon 2 Nov extra 60", "Tue 3 Nov free 60"]
    late = (a_task("free", 60, buffer=True), a_task("a", 90, requires=("z",)), a_task("z", 10, week=2))
    assert [s.task_id for s in a_plan(*late).sessions] == ["z", "a", "a", "free", "free"]


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


def test_nobody_is_asked_again_once_the_asking_is_done() -> None:
    talk = a_task("talk", people=(PeopleNeed("mentor", 1, "Review it"),), waits=(Wait("ask", 1),))
    assert [r.who for r in a_plan(a_task("ask"), talk).requests] == ["mentor"]
    assert a_plan(talk, done={"ask": MONDAY}).requests == ()


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
