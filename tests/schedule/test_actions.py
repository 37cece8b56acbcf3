"""What is kept of hours, time off and decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.errors import UserError
from segue.schedule.actions import (
    agree,
    check_weekday_minutes,
    choose,
    pause,
    renew_feed,
    set_hours,
    trim,
    undo_choice,
)
from segue.schedule.models import Choice, ChoiceSort, Hours, TimeOff
from segue.schedule.queries import hours_of, turn_of
from tests.conftest import MONDAY, WEEKDAY_MINUTES, give_hours

pytestmark = pytest.mark.django_db


def hours(learner: Learner) -> Hours:
    found = hours_of(learner)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("minutes", "message"),
    [
        ((0,) * 7, "0 minutes a week are too few for a plan."),
        ((29, 0, 0, 0, 0, 0, 0), "29 minutes a week are too few for a plan."),
        ((721, 0, 0, 0, 0, 0, 0), "Minutes a day go from 0 to 720 (12 hours)."),
        ((60, -1, 0, 0, 0, 0, 0), "Minutes a day go from 0 to 720 (12 hours)."),
        ((60,) * 6, "Minutes a day go from 0 to 720 (12 hours)."),
        ((60,) * 8, "Minutes a day go from 0 to 720 (12 hours)."),
    ],
)
def test_minutes_that_carry_no_plan(priya: Learner, minutes: tuple[int, ...], message: str) -> None:
    with pytest.raises(UserError) as caught:
        give_hours(priya, minutes)
    assert caught.value.message == message
    assert caught.value.hint
    assert hours(priya).weekday_minutes == list(WEEKDAY_MINUTES)


@pytest.mark.parametrize("minutes", [(30, 0, 0, 0, 0, 0, 0), (720,) * 7])
def test_least_and_most_that_carry_a_plan(minutes: tuple[int, ...]) -> None:
    check_weekday_minutes(minutes)


def test_hours_are_one_row_and_the_feed_keeps_its_address(priya: Learner, on_day: Callable[[date], None]) -> None:
    before = hours(priya)
    on_day(date(2026, 12, 1))
    set_hours(priya, starts_on=date(2026, 12, 7), weekday_minutes=(60,) * 7, session_at=time(6, 30))
    after = hours(priya)
    assert after.pk == before.pk
    assert after.feed_token == before.feed_token
    assert (after.starts_on, after.session_at, after.agreed_on) == (date(2026, 12, 7), time(6, 30), date(2026, 12, 1))
    assert after.weekday_minutes == [60] * 7


def test_time_off_is_left_alone_unless_it_is_given(priya: Learner) -> None:
    give_hours(priya, off=(Span(date(2026, 12, 21), date(2026, 12, 31)),))
    set_hours(priya, starts_on=MONDAY, weekday_minutes=WEEKDAY_MINUTES, session_at=time(19))
    assert priya.time_off.count() == 1
    set_hours(priya, starts_on=MONDAY, weekday_minutes=WEEKDAY_MINUTES, session_at=time(19), time_off=())
    assert priya.time_off.count() == 0


def test_hours_that_are_refused_leave_time_off_alone(priya: Learner) -> None:
    give_hours(priya, off=(Span(date(2026, 12, 21), date(2026, 12, 31)),))
    with pytest.raises(UserError):
        set_hours(priya, starts_on=MONDAY, weekday_minutes=(0,) * 7, session_at=time(19), time_off=())
    assert priya.time_off.count() == 1


def test_time_off_can_not_end_before_it_begins(priya: Learner) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeOff.objects.create(learner=priya, first=date(2026, 12, 2), last=date(2026, 12, 1))
    with pytest.raises(UserError):
        give_hours(priya, off=(Span(date(2026, 12, 2), date(2026, 12, 1)),))


def test_renewed_feed_has_a_token_nobody_can_guess(priya: Learner) -> None:
    tokens = {hours(priya).feed_token}
    for _ in range(3):
        renew_feed(priya)
        tokens.add(hours(priya).feed_token)
    assert len(tokens) == 4
    assert all(len(token) >= 43 for token in tokens)


def test_agreeing_moves_the_day_and_nothing_else(
    priya: Learner, make_learner: Callable[..., Learner], on_day: Callable[[date], None]
) -> None:
    sam = make_learner("Sam")
    on_day(date(2026, 12, 1))
    agree(priya)
    assert hours(priya).agreed_on == date(2026, 12, 1)
    assert hours(priya).starts_on == MONDAY
    assert hours(sam).agreed_on == MONDAY


def test_pause_is_time_off_and_agreed(priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(date(2026, 12, 1))
    span = Span(date(2026, 12, 1), date(2026, 12, 14))
    pause(priya, span)
    assert [(t.first, t.last, t.reason) for t in priya.time_off.all()] == [(span.first, span.last, "Pause")]
    assert hours(priya).agreed_on == date(2026, 12, 1)
    turn = turn_of(priya)
    assert turn is not None
    assert turn.plan.sessions[0].on == date(2026, 12, 15)


def test_trim_skips_with_a_reason_and_agrees(priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(date(2026, 12, 1))
    trim(priya, ("w02-course-unit", "w03-ai-pm-weeks"))
    turn = turn_of(priya)
    assert turn is not None
    assert turn.inputs.choices.skipped == dict.fromkeys(("w02-course-unit", "w03-ai-pm-weeks"), "Trimmed to keep the end date")
    assert turn.inputs.agreed_on == date(2026, 12, 1)


def test_later_choice_of_a_sort_replaces_the_earlier(priya: Learner) -> None:
    choose(priya, ChoiceSort.PIN, "w01-why", on=MONDAY)
    choose(priya, ChoiceSort.PIN, "w01-why", on=MONDAY + timedelta(days=2))
    choose(priya, ChoiceSort.SPLIT, "w01-why", parts=2)
    found = {c.sort: (c.on, c.parts) for c in priya.choices.all()}
    assert found == {"pin": (MONDAY + timedelta(days=2), None), "split": (None, 2)}


def test_undoing_takes_back_one_choice(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("Sam")
    for learner in (priya, sam):
        choose(learner, ChoiceSort.SKIP, "w01-why", reason="Known")
        choose(learner, ChoiceSort.DEFER, "w01-why", on=MONDAY)
    undo_choice(priya, ChoiceSort.SKIP, "w01-why")
    undo_choice(priya, ChoiceSort.SKIP, "w01-why")
    undo_choice(priya, ChoiceSort.PIN, "no-such-thing")
    assert [c.sort for c in priya.choices.all()] == ["defer"]
    assert Choice.objects.filter(learner=sam).count() == 2
