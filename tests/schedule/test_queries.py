"""What the loop is given: hours, choices, courses, and the day to plan from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.availability import Availability, Span
from segue.courses.queries import programme_of
from segue.curriculum import current
from segue.evidence.actions import log_time
from segue.schedule.actions import choose
from segue.schedule.models import Choice, ChoiceSort
from segue.schedule.queries import availability_of, choices_from, hours_of, inputs_of, planning_day, turn_of
from tests.conftest import MONDAY, WEEKDAY_MINUTES, give_hours

pytestmark = pytest.mark.django_db


def test_nothing_before_the_first_hour(make_learner: Callable[..., Learner]) -> None:
    newcomer = make_learner("Nora", started=False)
    assert hours_of(newcomer) is None
    assert turn_of(newcomer) is None


def test_hours_are_what_the_planner_takes(priya: Learner) -> None:
    off = Span(date(2026, 12, 21), date(2027, 1, 3))
    hours = give_hours(priya, off=(off,))
    assert availability_of(hours) == Availability(MONDAY, WEEKDAY_MINUTES, (off,))


def test_choices_are_what_the_planner_takes(priya: Learner) -> None:
    choose(priya, ChoiceSort.PIN, "a", on=MONDAY)
    choose(priya, ChoiceSort.DEFER, "a", on=MONDAY + timedelta(days=1))
    choose(priya, ChoiceSort.SPLIT, "b", parts=3)
    choose(priya, ChoiceSort.SKIP, "c", reason="Known")
    choose(priya, ChoiceSort.COURSE, "d", scope="whole")
    found = choices_from(list(priya.choices.all()))
    assert found.pinned == {"a": MONDAY}
    assert found.deferred == {"a": MONDAY + timedelta(days=1)}
    assert found.split == {"b": 3}
    assert found.skipped == {"c": "Known"}


def test_choice_without_its_value_is_none(priya: Learner) -> None:
    rows = [Choice(sort=ChoiceSort.PIN, activity_id="a"), Choice(sort=ChoiceSort.SPLIT, activity_id="b")]
    found = choices_from(rows)
    assert not found.pinned
    assert not found.split


def test_courses_that_are_gone_from_the_catalogue_are_left_out(priya: Learner) -> None:
    choose(priya, ChoiceSort.COURSE, "no-longer-offered", scope="whole")
    choose(priya, ChoiceSort.COURSE, "ai-for-everyone", scope="slice")
    hours = hours_of(priya)
    assert hours is not None
    attending = inputs_of(priya, hours, programme_of(priya)).attending
    assert [(a.course.id, a.whole) for a in attending] == [("ai-for-everyone", False)]


def test_role_gives_the_weights(priya: Learner) -> None:
    hours = hours_of(priya)
    assert hours is not None
    for role in current().programme.roles:
        priya.role_target = role.id
        assert inputs_of(priya, hours, programme_of(priya)).weights == role.weights
    priya.role_target = ""
    assert inputs_of(priya, hours, programme_of(priya)).weights == {}


def test_planning_day_is_today(priya: Learner, on_day: Callable[[date], None]) -> None:
    assert planning_day(priya) == MONDAY
    log_time(priya, activity_id="w01-why", minutes=5, on=MONDAY)
    on_day(MONDAY + timedelta(days=9))
    assert planning_day(priya) == MONDAY + timedelta(days=9)


def test_clock_set_back_plans_from_the_newest_entry(priya: Learner, on_day: Callable[[date], None]) -> None:
    late = MONDAY + timedelta(days=9)
    on_day(late)
    log_time(priya, activity_id="w01-why", minutes=5, on=MONDAY)
    on_day(MONDAY - timedelta(days=700))
    assert planning_day(priya) == late
    turn = turn_of(priya)
    assert turn is not None
    assert turn.today == late
    assert turn.ledger.minutes_by_activity == {"w01-why": 5}


def test_turn_of_a_past_day(priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + timedelta(days=20))
    log_time(priya, activity_id="w01-why", minutes=5, on=MONDAY + timedelta(days=10))
    turn = turn_of(priya, MONDAY + timedelta(days=9))
    assert turn is not None
    assert turn.today == MONDAY + timedelta(days=9)
    assert not turn.ledger.entries


def test_each_learner_has_their_own(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("Sam")
    choose(sam, ChoiceSort.SKIP, "w01-why", reason="Known")
    log_time(sam, activity_id="w01-resume", minutes=5, on=MONDAY)
    turn = turn_of(priya)
    assert turn is not None
    assert not turn.inputs.choices.skipped
    assert not turn.ledger.entries
