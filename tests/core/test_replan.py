from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.activity import Wait
from segue.core.plan import Availability, Choices, Plan, Session, Span, Task, Unplaced
from segue.core.replan import (
    Slip,
    Standing,
    minutes_behind,
    missed_weeks,
    shrink_buffers,
    standing,
)
from tests.core.plan_cases import EVENINGS, MONDAY, Case
from tests.core.small_plans import a_plan, a_task, day

HOURS = Availability(MONDAY, EVENINGS)
FIVE_WEEKS = tuple(a_task(f"t{n}", 60) for n in range(25))
BASELINE = a_plan(*FIVE_WEEKS)


# --- standing ---------------------------------------------------------------------------------------------------------------


def stands(
    today: date,
    worked: Sequence[date] = (),
    done: dict[str, date] | None = None,
    baseline: Plan = BASELINE,
    tasks: tuple[Task, ...] = FIVE_WEEKS,
    hours: Availability = HOURS,
    choices: Choices | None = None,
) -> Standing:
    done = done or {}
    now = a_plan(*tasks, minutes=hours.weekday_minutes, time_off=hours.time_off, done=done, today=today, choices=choices)
    return standing(baseline, now, dict.fromkeys(worked, 30), done, hours, today)


def test_on_the_first_day_nothing_has_slipped() -> None:
    assert stands(MONDAY) == Standing(0, 0, (), offer=False)


def test_work_planned_before_today_and_still_to_do_is_behind() -> None:
    now = stands(day(5), done={"t0": day(2)})
    assert now == Standing(120, 0, (Slip("t1", day(3), day(5)), Slip("t2", day(4), day(6))), offer=False)


def test_what_is_planned_for_today_has_not_slipped_yet() -> None:
    assert stands(day(3), done={"t0": day(2)}).behind_minutes == 0


def test_work_done_ahead_makes_up_for_work_that_slipped() -> None:
    assert stands(day(5), done={"t0": day(2), "t9": day(3)}).behind_minutes == 60
    ahead = {f"t{n}": day(2) for n in range(9, 20)}
    assert stands(day(5), done=ahead).behind_minutes == 0


def test_work_done_in_part_counts() -> None:
    tasks = (a_task("t0", 25), *FIVE_WEEKS[1:])
    assert stands(day(4), done={"t1": day(3)}, tasks=tasks).behind_minutes == 25


def test_a_task_under_way_has_not_slipped_before_its_last_day() -> None:
    tasks = (a_task("a", 180), a_task("b"))
    now = stands(day(4), baseline=a_plan(*tasks), tasks=(a_task("a", 100), a_task("b")))
    assert now == Standing(40, 0, (), offer=False)
    assert stands(day(5), baseline=a_plan(*tasks), tasks=tasks).slipped == (Slip("a", day(4), day(9)),)


def test_what_was_skipped_or_is_new_has_not_slipped() -> None:
    now = stands(day(4), tasks=(*FIVE_WEEKS, a_task("new", 500)), choices=Choices(skipped={"t0": "", "t1": ""}))
    assert (now.behind_minutes, now.slipped) == (0, ())
    assert minutes_behind(BASELINE, FIVE_WEEKS, day(4)) == 120
    assert minutes_behind(BASELINE, FIVE_WEEKS, day(4), skipped={"t0"}) == 60
    assert minutes_behind(BASELINE, FIVE_WEEKS[1:], day(4)) == 60


def test_what_slipped_and_has_no_day_any_more() -> None:
    now = stands(day(3), tasks=(replace(FIVE_WEEKS[0], requires=("t0",)), *FIVE_WEEKS[1:]))
    assert (now.behind_minutes, now.slipped) == (60, (Slip("t0", day(2), None),))


def test_what_was_finished_after_the_plan_was_made_has_not_slipped() -> None:
    now = standing(BASELINE, BASELINE, {}, {"t0": day(2)}, HOURS, day(4))
    assert (now.behind_minutes, now.slipped) == (60, (Slip("t1", day(3), day(3)),))


def test_what_never_had_a_day_is_not_behind() -> None:
    nowhere = (a_task("stuck", 60, requires=("stuck",)),)
    assert stands(day(3), baseline=a_plan(*nowhere), tasks=nowhere).behind_minutes == 0


# --- missed weeks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "worked", "done", "missed"),
    [
        (day(8), [], {}, 0),  # the first week is not over
        (day(9), [], {}, 1),
        (day(15), [], {}, 1),
        (day(16), [], {}, 2),
        (day(23), [], {}, 3),
        (day(16), [day(2)], {}, 1),  # something was logged in the first week
        (day(16), [day(15)], {}, 0),  # on the last day of last week
        (day(16), [day(16)], {}, 2),  # this week does not count yet
        (day(16), [], {"t0": day(9)}, 0),  # something was finished last week
        (day(23), [day(12)], {}, 1),  # only those in a row up to last week
        (day(21, 12), [], {}, 5),  # weeks after the end of the agreed plan neither count nor break the row
    ],
)
def test_missed_weeks_in_a_row(today: date, worked: list[date], done: dict[str, date], missed: int) -> None:
    now = stands(today, worked, done)
    assert (now.missed_weeks, now.offer) == (missed, missed >= 2 or now.behind_minutes >= 600)


def test_two_missed_weeks_bring_the_offer_and_one_does_not() -> None:
    small = a_plan(*(a_task(f"t{n}", 30) for n in range(8)), minutes=(15, 0, 0, 0, 0, 0, 0))
    hours = Availability(MONDAY, (300, 0, 0, 0, 0, 0, 0))  # many hours, so that being behind is not what counts
    assert [standing(small, small, {}, {}, hours, day(n)).offer for n in (9, 15, 16)] == [False, False, True]


def test_a_week_wholly_in_time_off_neither_counts_nor_breaks_the_row() -> None:
    off = replace(HOURS, time_off=(Span(day(9), day(13)),))  # the weekend has no minutes anyway
    assert [missed_weeks(BASELINE, {}, {}, off, day(n)) for n in (9, 16, 23)] == [1, 1, 2]
    part = replace(HOURS, time_off=(Span(day(9), day(12)),))
    assert [missed_weeks(BASELINE, {}, {}, part, day(n)) for n in (9, 16, 23)] == [1, 2, 3]


def test_a_week_in_which_nothing_was_planned_neither_counts_nor_breaks_the_row() -> None:
    waiting = a_plan(a_task("a"), a_task("b", waits=(Wait("a", 14),)), a_task("c", waits=(Wait("b", 1),)))
    assert [missed_weeks(waiting, {}, {}, HOURS, day(n)) for n in (9, 16, 23)] == [1, 1, 2]


def test_the_week_in_which_the_plan_was_agreed_or_begins_never_counts_unless_from_its_monday() -> None:
    agreed = a_plan(*FIVE_WEEKS, today=day(3))
    assert [missed_weeks(agreed, {}, {}, HOURS, day(n)) for n in (9, 16)] == [0, 1]
    later = a_plan(*FIVE_WEEKS, starts_on=day(4))
    assert [missed_weeks(later, {}, {}, replace(HOURS, starts_on=day(4)), day(n)) for n in (9, 16)] == [0, 1]


@pytest.mark.parametrize(("minutes", "offer"), [(599, False), (600, True)])
def test_two_weeks_of_work_behind_bring_the_offer(minutes: int, offer: bool) -> None:
    baseline = Plan(MONDAY, (Session(MONDAY, "a", 700, 1, 1),))
    now = Plan(day(3), (Session(day(3), "a", minutes, 1, 1),))
    assert standing(baseline, now, {MONDAY: 60}, {}, HOURS, day(3)) == Standing(minutes, 0, (Slip("a", day(2), day(3)),), offer)


def test_without_hours_nothing_is_offered_for_being_behind() -> None:
    baseline = Plan(MONDAY, (Session(MONDAY, "a", 700, 1, 1),))
    now = Plan(day(3), unplaced=(Unplaced("a", "no minutes", 700),))
    none = Availability(MONDAY, (0,) * 7)
    assert standing(baseline, now, {}, {}, none, day(3)) == Standing(700, 0, (Slip("a", day(2), None),), offer=False)


# --- buffers ----------------------------------------------------------------------------------------------------------------

CATCH_UP = (
    a_task("w8", 120, 8, buffer=True),
    a_task("a", 60, 4),
    a_task("w4", 90, 4, buffer=True),
    a_task("w13", 60, 13, buffer=True),
)


@pytest.mark.parametrize(
    ("behind", "left"),
    [
        (-5, {"w8": 120, "w4": 90, "w13": 60}),
        (0, {"w8": 120, "w4": 90, "w13": 60}),
        (30, {"w8": 120, "w4": 60, "w13": 60}),
        (90, {"w8": 120, "w13": 60}),
        (100, {"w8": 110, "w13": 60}),
        (269, {"w13": 1}),
        (5000, {}),
    ],
)
def test_the_earliest_catch_up_time_gives_way_first(behind: int, left: dict[str, int]) -> None:
    tasks = shrink_buffers(CATCH_UP, behind)
    assert {t.id: t.minutes for t in tasks} == {"a": 60, **left}
    assert [t.id for t in tasks] == [t.id for t in CATCH_UP if t.id == "a" or t.id in left]


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 26), st.booleans()), max_size=8), st.integers(0, 900))
def test_catch_up_time_shrinks_by_just_what_slipped(rows: list[tuple[int, int, bool]], behind: int) -> None:
    tasks = [a_task(f"t{n}", minutes, week, buffer=buffer) for n, (minutes, week, buffer) in enumerate(rows)]
    before = sum(t.minutes for t in tasks if t.buffer)
    after = shrink_buffers(tasks, behind)
    assert sum(t.minutes for t in after if t.buffer) == max(0, before - behind)
    assert [t for t in after if not t.buffer] == [t for t in tasks if not t.buffer]


def test_a_lost_week_is_caught_up_without_moving_the_end() -> None:
    case = Case()
    baseline = case.plan()
    today = MONDAY + timedelta(weeks=6)
    done = {t.id: MONDAY for t in case.tasks if (end := baseline.end_of(t.id)) and end < today - timedelta(days=3)}
    tasks = [t for t in case.tasks if t.id not in done]
    behind = minutes_behind(baseline, tasks, today)
    assert behind > 0
    shrunk = replace(case, tasks=shrink_buffers(tasks, behind), done=done, today=today)
    assert baseline.ends_on == shrunk.plan().ends_on
    assert standing(baseline, shrunk.plan(), {}, done, case.availability, today).behind_minutes == 0
    assert (replace(shrunk, tasks=tuple(tasks)).plan().ends_on or MONDAY) > (baseline.ends_on or MONDAY)
