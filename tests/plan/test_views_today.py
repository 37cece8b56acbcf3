"""The first page of the day, in every state it can be in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.loop import Turn
from segue.core.wording import spoken_minutes, written_date
from segue.curriculum import current
from segue.evidence.actions import log_time
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from tests.browsing import press, visit
from tests.conftest import MONDAY, WEEKDAY_MINUTES, give_hours
from tests.records import before_week, do

TUESDAY = MONDAY + timedelta(days=1)


def test_day_with_work_names_it_with_minutes_and_why(
    page: Client, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    on_day(TUESDAY)
    shown = visit(page, "/")
    assert (shown.status, shown.heading) == (200, "What next?")
    assert f"{written_date(TUESDAY)} · week 1 of 26" in shown.text
    sessions = turn().plan.between(TUESDAY, TUESDAY)
    assert sum(s.minutes for s in sessions) == 90
    for session in sessions:
        activity = turn().activities[session.task_id]
        assert f"Takes {spoken_minutes(session.minutes)}\n# {activity.title}\n{activity.why}" in shown.text
    assert "5 h left of 5 h" in shown.section("This week")
    ends = turn().plan.ends_on
    assert ends is not None
    assert f"There on {ends.day} {ends:%b %Y}" in shown.text


def test_day_without_work_says_when_the_next_is(page: Client) -> None:
    shown = visit(page, "/")
    assert shown.heading == "Nothing planned today"
    assert "The next session is tomorrow, on Tuesday 24 November 2026. You may begin now all the same." in shown.text
    assert shown.link("The whole week") == "/plan/week/2026-11-24/"


def test_logged_minutes_are_taken_from_the_week_and_the_day(page: Client, on_day: Callable[[date], None]) -> None:
    on_day(TUESDAY)
    shown = press(page, visit(page, "/"), "Log the minutes", activity_id="w01-diagnostic", minutes="25", note="Half of it")
    assert shown.path == "/"
    week = shown.section("This week")
    assert "25 min logged since Monday" in week
    assert "4.6 h left of 5 h" in week
    assert "Takes 15 min\n# Take the diagnostic" in shown.text


def test_day_that_is_used_up_shows_the_next_one(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(TUESDAY)
    log_time(priya, activity_id="w01-diagnostic", minutes=90, on=TUESDAY)
    shown = visit(page, "/")
    assert shown.heading == "Nothing planned today"
    assert "The next session is in 2 days, on Thursday 26 November 2026." in shown.text


def test_two_missed_weeks_bring_three_ways_and_no_blame(page: Client, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + timedelta(days=13))
    assert "The weeks went otherwise" not in visit(page, "/").text
    on_day(MONDAY + timedelta(days=14))
    shown = visit(page, "/")
    assert "The weeks went otherwise. Nothing is lost." in shown.text
    ways = visit(page, shown.link("See the three ways"))
    assert ways.path == "/plan/replan/"
    for way in ("Keep everything, move the end", "Leave out optional work", "Pause for a while"):
        assert f"\n# {way}\n" in ways.text
    for word in ("overdue", "late!", "failed", "behind schedule"):
        assert word not in (shown.text + ways.text).lower()


def test_everything_done(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + timedelta(weeks=27))
    shown = visit(page, "/")
    assert shown.heading == "The plan is done"
    assert "Nothing holds you back" in shown.text
    assert "every line is met." in shown.text
    assert "Log what you did" not in shown.text
    assert visit(page, "/plan/").status == 200
    assert visit(page, "/plan/replan/").status == 200


def test_everything_left_out_is_not_readiness(page: Client, priya: Learner) -> None:
    for activity in current().programme.activities:
        choose(priya, ChoiceSort.SKIP, activity.id, reason="No")
    shown = visit(page, "/")
    assert "Nothing holds you back" not in shown.text
    assert "can't be reached as planned" in shown.text


def test_clock_set_back_is_told_and_nothing_is_lost(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    later = MONDAY + timedelta(days=10)
    on_day(later)
    do(priya, later, "w01-diagnostic")
    log_time(priya, activity_id="w01-why", minutes=20, on=later)
    assert "clock" not in visit(page, "/").text
    on_day(date(2024, 1, 1))
    shown = visit(page, "/")
    assert "Your computer's clock stands before your last entry" in shown.text
    assert f"{written_date(later)} · week 1 of 26" in shown.text
    assert "20 min logged since Monday" in shown.text
    assert "# Take the diagnostic" not in shown.text
    for path in ("/plan/", "/plan/hours/", "/plan/replan/", "/plan/courses/", "/readiness/", "/plan/calendar.ics"):
        assert visit(page, path).status == 200, path
    on_day(later)
    assert "clock" not in visit(page, "/").text


def test_week_without_room(page: Client, priya: Learner) -> None:
    give_hours(priya, WEEKDAY_MINUTES, (Span(MONDAY, MONDAY + timedelta(days=6)),))
    shown = visit(page, "/")
    assert "The next session is in 8 days, on Tuesday 1 December 2026." in shown.text
    assert "0 h left of 0 h" in shown.section("This week")


def test_people_to_ask_within_a_week_are_named(
    page: Client, priya: Learner, turn: Callable[[], Turn], on_day: Callable[[date], None]
) -> None:
    assert turn().plan.requests[0].ask_by > MONDAY + timedelta(days=7)
    assert "People to ask this week" not in visit(page, "/").text
    day = MONDAY + timedelta(weeks=7)
    do(priya, before_week(8, MONDAY))
    on_day(day)
    asked = visit(page, "/").section("People to ask this week")
    soon = [r for r in turn().plan.requests if r.ask_by <= day + timedelta(days=7)]
    assert soon
    assert asked.count("\nAsk ") == len(soon)
    for request in soon:
        late = " (sooner would have been better)" if request.late else ""
        assert f"Ask {request.who} by {written_date(request.ask_by)}{late}. {request.ask}" in asked
        assert turn().activities[request.task_id].title in asked


def test_next_things_are_three_at_most(page: Client, priya: Learner) -> None:
    give_hours(priya, (720,) * 7)
    shown = visit(page, "/")
    assert "The next 3 things" in shown.text
    assert shown.section("The next 3 things", until="\n# Log").count("Takes ") == 3


def test_optional_activity_is_marked(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + timedelta(days=3))
    do(priya, MONDAY, "w01-diagnostic", "w01-why", "w01-resume", "w01-study-first-ideas")
    shown = visit(page, "/")
    assert "Choose a course slice and try its first unit" in shown.text
    assert "\noptional\n" in shown.text
