"""Whether a course fits, and that the end it announces is the end it brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.evidence.actions import log_time
from segue.plan.courses import STUDY_WEEKS, Offer, offers, too_much
from segue.schedule.actions import choose, undo_choice
from segue.schedule.models import ChoiceSort
from tests.conftest import MONDAY, WEEKDAY_MINUTES, give_hours
from tests.records import before_week, do

pytestmark = pytest.mark.django_db


def offer(turn: Turn, course_id: str) -> Offer:
    return next(o for o in offers(turn) if o.course.id == course_id)


@pytest.mark.parametrize(("days", "done", "minutes"), [(0, 0, 0), (60, 3, 60), (91, 14, 90), (35, 9, 0)])
def test_every_course_brings_the_end_it_announces_and_taken_out_the_old_one(
    days: int,
    done: int,
    minutes: int,
    priya: Learner,
    on_day: Callable[[date], None],
    turn: Callable[[], Turn],
) -> None:
    today = MONDAY + timedelta(days=days)
    do(priya, before_week(done, MONDAY, today))
    on_day(today)
    if minutes:
        log_time(priya, activity_id="w09-charter", minutes=minutes, on=today)
    before = turn()
    assert bool(before.standing.slipped) is bool(minutes)
    for found in offers(before)[:: 4 if days else 1]:
        for scope, ends in (("slice", found.ends_slice), ("whole", found.ends_whole)):
            choose(priya, ChoiceSort.COURSE, found.course.id, scope=scope)
            after = turn()
            assert after.plan.ends_on == ends, (found.course.id, scope)
            slipped = [(slip.task_id, slip.was) for slip in after.standing.slipped]
            assert slipped == [(slip.task_id, slip.was) for slip in before.standing.slipped]
            assert after.standing.behind_minutes == before.standing.behind_minutes
        undo_choice(priya, ChoiceSort.COURSE, found.course.id)
    assert turn().plan == before.plan


def test_units_of_a_course_come_in_order_and_add_up(priya: Learner, turn: Callable[[], Turn]) -> None:
    choose(priya, ChoiceSort.COURSE, "elements-of-ai", scope="whole")
    units = [i for i in turn().activities if i.startswith("course:elements-of-ai:")]
    course = offer(turn(), "elements-of-ai").course
    assert [i.rpartition(":")[2] for i in units] == [u.id for u in course.units]
    starts = [turn().plan.start_of(i) or date.max for i in units]
    assert starts == sorted(starts)
    planned = sum(s.minutes for i in units for s in turn().plan.sessions_of(i))
    assert planned == pytest.approx(60 * offer(turn(), "elements-of-ai").hours, abs=len(units))


def test_slice_has_only_its_units(priya: Learner, turn: Callable[[], Turn]) -> None:
    choose(priya, ChoiceSort.COURSE, "elements-of-ai", scope="slice")
    course = offer(turn(), "elements-of-ai").course
    units = [i.rpartition(":")[2] for i in turn().activities if i.startswith("course:")]
    assert sorted(units) == sorted(course.slice)
    assert offer(turn(), "elements-of-ai").taken == "slice"


def test_taken_is_told(priya: Learner, turn: Callable[[], Turn]) -> None:
    assert {o.taken for o in offers(turn())} == {""}
    choose(priya, ChoiceSort.COURSE, "ai-for-everyone", scope="whole")
    assert {o.course.id: o.taken for o in offers(turn()) if o.taken} == {"ai-for-everyone": "whole"}


@pytest.mark.parametrize(
    ("minutes", "verdict"),
    [
        ((0, 90, 0, 90, 0, 120, 0), f"The slice fits into the {STUDY_WEEKS} weeks there are for it; the whole course does not."),
        ((120,) * 7, f"The whole course fits into the {STUDY_WEEKS} weeks there are for it."),
        (
            (30, 0, 30, 0, 0, 0, 0),
            f"That does not fit into the {STUDY_WEEKS} weeks there are for it: choose fewer units, or give the week more hours.",
        ),
    ],
)
def test_fit_depends_on_the_hours_of_the_week(
    minutes: tuple[int, ...], verdict: str, priya: Learner, turn: Callable[[], Turn]
) -> None:
    assert sum(WEEKDAY_MINUTES) == 300
    give_hours(priya, minutes)
    found = offer(turn(), "machine-learning-specialization")
    assert found.hours == 95
    assert found.slice_hours == 35
    weeks = 95 * 60 / sum(minutes)
    assert f"The whole course is about 95 h: at {sum(minutes) / 60:g} h a week {round(weeks, 1):g} weeks." in found.fit.text
    assert found.fit.text.endswith(verdict)


def test_a_course_in_the_plan_that_does_not_fit_is_warned_of(priya: Learner, turn: Callable[[], Turn]) -> None:
    assert too_much(turn()) == ()
    choose(priya, ChoiceSort.COURSE, "machine-learning-specialization", scope="slice")
    assert too_much(turn()) == ()
    choose(priya, ChoiceSort.COURSE, "machine-learning-specialization", scope="whole")
    assert too_much(turn()) == (
        "“Machine Learning Specialization” needs 95 h more: 19 weeks at 5 h a week, with nothing else in them. "
        "A course should fit into 8. Take its slice, or give the week more hours.",
    )
    first = next(i for i in turn().activities if i.startswith("course:"))
    log_time(priya, activity_id=first, minutes=7 * 60, on=MONDAY)
    assert too_much(turn())[0].startswith("“Machine Learning Specialization” needs 88 h more: 18 weeks")
    give_hours(priya, (120,) * 7)
    assert too_much(turn()) == ()


def test_minutes_logged_before_count_when_a_course_is_taken_again(
    priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    choose(priya, ChoiceSort.COURSE, "elements-of-ai", scope="whole")
    units = [i for i in turn().activities if i.startswith("course:")]
    for unit in units[:3]:
        log_time(priya, activity_id=unit, minutes=turn().activities[unit].minutes, on=MONDAY)
    log_time(priya, activity_id=units[3], minutes=30, on=MONDAY)
    undo_choice(priya, ChoiceSort.COURSE, "elements-of-ai")
    on_day(MONDAY + timedelta(days=1))
    announced = offer(turn(), "elements-of-ai").ends_whole
    choose(priya, ChoiceSort.COURSE, "elements-of-ai", scope="whole")
    assert turn().plan.ends_on == announced
    assert set(units[:3]) <= set(turn().state.done)
    assert turn().plan.remaining[units[3]] == turn().activities[units[3]].minutes - 30
