"""What the three ways and other hours announce is what comes of them, however the work stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.loop import Turn
from segue.core.replan import at_pace
from segue.core.wording import written_date
from segue.evidence.actions import log_time
from segue.plan.replanning import PACES_IN_HOURS, WayCard, droppable, paces, skipped, slipped, ways_on, weekly_words
from segue.schedule import actions
from segue.schedule.models import ChoiceSort
from tests.conftest import MONDAY, WEEKDAY_MINUTES, give_hours
from tests.records import before_week, do

pytestmark = pytest.mark.django_db
SITUATIONS = {
    "at the start": (0, 0, 0),
    "two weeks missed": (14, 0, 0),
    "two weeks missed, minutes today": (15, 0, 45),
    "in the middle of a week": (24, 0, 0),
    "months missed": (60, 3, 0),
    "a month behind, minutes today": (100, 9, 90),
    "on time": (91, 14, 0),
    "ahead": (35, 9, 20),
    "near the end": (168, 25, 0),
}


def stand(learner: Learner, situation: str, on_day: Callable[[date], None]) -> date:
    """Brings Priya into a situation; gives the day."""
    days, done, minutes = SITUATIONS[situation]
    today = MONDAY + timedelta(days=days)
    do(learner, before_week(done, MONDAY, today))
    on_day(today)
    if minutes:
        log_time(learner, activity_id="w09-charter", minutes=minutes, on=today)
    return today


def take(learner: Learner, way: str, turn: Turn, back_on: date) -> None:
    if way == "shift":
        actions.agree(learner)
    elif way == "trim":
        actions.trim(learner, droppable(turn))
    else:
        actions.pause(learner, Span(turn.today, back_on - timedelta(days=1)))


def card(turn: Turn, way: str, back_on: date) -> WayCard:
    return next(w for w in ways_on(turn, back_on) if w.id == way)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_plan_ends_when_each_way_said(
    situation: str, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    back_on = stand(priya, situation, on_day) + timedelta(days=10)
    before = turn()
    announced = ways_on(before, back_on)
    for way in announced:
        with transaction.atomic():
            take(priya, way.id, before, back_on)
            after = turn()
            transaction.set_rollback(True)
        assert after.plan.ends_on == way.ends_on, way.id
        assert after.agreed.ends_on == way.ends_on
        assert (after.standing.behind_minutes, after.standing.slipped, after.standing.offer) == (0, (), False)
    shift, trim, pause = (way.ends_on or date.max for way in announced)
    assert trim <= shift <= pause < date.max


def test_cards_say_what_their_buttons_do(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    on_day(MONDAY + timedelta(days=30))
    back_on = MONDAY + timedelta(days=60)
    shift, trim, pause = ways_on(turn(), back_on)
    assert [w.button for w in (shift, trim, pause)] == ["Move the end", "Leave these out", "Pause"]
    assert shift.detail.startswith("Nothing is left out.")
    assert trim.detail == f"Leaves out {len(trim.titles)} optional activities."
    assert sorted(turn().activities[i].title for i in droppable(turn())) == sorted(trim.titles)
    assert not trim.is_empty
    assert f"No work until the end of {written_date(back_on - timedelta(days=1))}." in pause.detail
    assert pause.way.pause == Span(turn().today, back_on - timedelta(days=1))


def test_nothing_to_leave_out_is_an_empty_card(turn: Callable[[], Turn]) -> None:
    trim = card(turn(), "trim", MONDAY + timedelta(days=14))
    assert trim.is_empty
    assert trim.titles == ()
    assert trim.detail.startswith("Nothing has to be left out.")


def test_role_decides_what_goes_first(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    """Optional work for what weighs most in the role stays longest."""
    on_day(MONDAY + timedelta(days=8))
    dropped = set(droppable(turn()))
    assert dropped
    kept = [a for a in turn().activities.values() if a.optional and a.id not in dropped]
    weights = turn().inputs.weights

    def weight(activity_id: str) -> float:
        return max((weights.get(c, 0.0) for c in turn().activities[activity_id].competencies), default=0.0)

    assert min(weight(a.id) for a in kept) >= min(weight(i) for i in dropped)


@pytest.mark.parametrize("situation", ["at the start", "in the middle of a week", "a month behind, minutes today"])
def test_pace_is_the_end_that_such_hours_bring(
    situation: str, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    stand(priya, situation, on_day)
    table, availability = paces(turn()), turn().inputs.availability
    assert [row[0] for row in table.rows] == [f"{hours} h" for hours in PACES_IN_HOURS]
    for hours, (_, end) in zip(PACES_IN_HOURS, table.rows, strict=True):
        give_hours(priya, at_pace(availability, hours * 60).weekday_minutes)
        ends = turn().plan.ends_on
        assert ends is not None
        assert end == written_date(ends)


def test_pace_without_an_end_says_why(priya: Learner, turn: Callable[[], Turn]) -> None:
    actions.choose(priya, ChoiceSort.DEFER, "w01-why", on=date(2040, 1, 1))
    assert all("more than five years ahead" in str(row[1]) for row in paces(turn()).rows)


def test_weekly_hours_in_words(turn: Callable[[], Turn]) -> None:
    assert weekly_words(turn().inputs.availability) == "At 5 h a week"


def test_nothing_slips_while_one_keeps_up(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    assert slipped(turn()) is None
    do(priya, before_week(3, MONDAY))
    on_day(MONDAY + timedelta(days=10))
    assert slipped(turn()) is None


def test_what_slipped_has_its_old_and_its_new_day(
    priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    title = turn().activities["w01-diagnostic"].title
    on_day(MONDAY + timedelta(days=9))
    table = slipped(turn())
    assert table is not None
    assert [title, "Tuesday 24 November 2026", "Thursday 3 December 2026"] in [list(row) for row in table.rows]


def test_left_out_is_not_slipped(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    on_day(MONDAY + timedelta(days=9))
    actions.choose(priya, ChoiceSort.SKIP, "w01-diagnostic", reason="Taken elsewhere")
    table = slipped(turn())
    title = turn().activities["w01-diagnostic"].title
    assert table is not None
    assert title not in [row[0] for row in table.rows]
    assert [(s.id, s.title, s.reason) for s in skipped(turn())] == [("w01-diagnostic", title, "Taken elsewhere")]


def test_course_that_is_gone_leaves_no_trace_among_the_skipped(priya: Learner, turn: Callable[[], Turn]) -> None:
    actions.choose(priya, ChoiceSort.SKIP, "course:ai-for-everyone:w1", reason="Boring")
    assert skipped(turn()) == ()
    assert sum(WEEKDAY_MINUTES) == turn().inputs.availability.weekly_minutes
