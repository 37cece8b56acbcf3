"""The first page of the first hour, filled in wrongly: what was typed stays, and each error says what and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.wording import written_date
from segue.schedule.models import TimeOff
from segue.schedule.queries import hours_of, turn_of
from tests.browsing import press, visit
from tests.conftest import MONDAY, WEEKDAY_MINUTES

NO_HOURS = {f"day_{n}": "0" for n in range(7)}
REFUSED: Mapping[str, tuple[Mapping[str, str], str]] = {
    "no hours at all": (NO_HOURS, "0 minutes a week are too few for a plan. Give at least 30 minutes a week."),
    "hardly any": ({**NO_HOURS, "day_2": "29"}, "29 minutes a week are too few for a plan. Give at least 30 minutes a week."),
    "hours as minutes": (
        {"day_1": "6000"},
        "Tuesday: Tuesday: a day holds at most 720 minutes (12 hours). Give a smaller number.",
    ),
    "negative": ({"day_6": "-5"}, "Sunday: Sunday: minutes can't be fewer than 0. Give 0 for a day off."),
    "words": ({"day_0": "an hour"}, "Monday: Monday: give a whole number of minutes, such as 45."),
    "half a minute": ({"day_0": "7.5"}, "Monday: Monday: give a whole number of minutes, such as 45."),
    "very many digits": ({"day_0": "9" * 5000}, "Monday: Monday: give a whole number of minutes, such as 45."),
    "no start": ({"starts_on": ""}, "Start on: This field is required."),
    "a start in words": ({"starts_on": "next Monday"}, "Start on: Enter a valid date."),
    "a day that does not exist": ({"starts_on": "2027-02-29"}, "Start on: Enter a valid date."),
    "a start years away": (
        {"starts_on": "2036-01-01"},
        "Start on: Tuesday 1 January 2036 is more than 2 years away. Choose a day nearer to today.",
    ),
    "a start years ago": (
        {"starts_on": "1926-11-23"},
        "Start on: Tuesday 23 November 1926 is more than 2 years away. Choose a day nearer to today.",
    ),
    "no time of day": ({"session_at": ""}, "A session usually begins at: This field is required."),
    "a time that does not exist": ({"session_at": "25:00"}, "A session usually begins at: Enter a valid time."),
    "time off that ends first": (
        {"off-0-first": "2026-12-24", "off-0-last": "2026-12-20"},
        "It ends on Sunday 20 December 2026, before it begins on Thursday 24 December 2026. Swap the two days.",
    ),
    "only the first day off": ({"off-0-first": "2026-12-24"}, "Give both days, or clear the row."),
    "only the last day off": ({"off-1-last": "2026-12-24"}, "Give both days, or clear the row."),
    "only a reason": ({"off-0-reason": "Skiing"}, "Give both days, or clear the row."),
    "days off in words": ({"off-0-first": "Christmas", "off-0-last": "New Year"}, "Enter a valid date."),
    "a long name": ({"name": "n" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
    "a long why": ({"why": "w" * 10_000}, "Ensure this value has at most 4000 characters (it has 10000)."),
    "a long reason": ({"off-0-reason": "r" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
    "a character that is none": ({"name": "a\x00b"}, "Null characters are not allowed."),
}


AS_OFFERED = {
    **{"starts_on": "2026-11-23", "session_at": "19:00", "name": "Priya", "why": ""},
    **{f"day_{n}": str(minutes) for n, minutes in enumerate(WEEKDAY_MINUTES)},
    **{"off-TOTAL_FORMS": "2", "off-INITIAL_FORMS": "0"},
    **{f"off-{n}-{name}": "" for n in range(2) for name in ("first", "last", "reason")},
}


def test_form_offers_five_hours_a_week_from_monday(browser: Client) -> None:
    offered = visit(browser, "/start/").form("Go on").values
    assert AS_OFFERED.items() <= offered.items()


@pytest.mark.parametrize("case", REFUSED)
def test_refused_and_everything_typed_stands_there_again(case: str, browser: Client, newcomer: Learner) -> None:
    wrong, error = REFUSED[case]
    typed = {
        **{"starts_on": "2026-12-07", "session_at": "06:30", "day_3": "35", "name": "Priya", "why": "For two reasons."},
        **{"off-1-first": "2027-03-01", "off-1-last": "2027-03-05", "off-1-reason": "Launch"},
        **wrong,
    }
    if case == "only the last day off":
        typed["off-1-first"] = ""
    page = visit(browser, "/start/", {**AS_OFFERED, **typed}, "post")
    assert (page.status, page.path) == (422, "/start/")
    assert error in page.text
    values = page.form("Go on").values
    assert {name: values[name] for name in typed} == typed
    assert hours_of(newcomer) is None
    newcomer.refresh_from_db()
    assert newcomer.why == ""


def test_hundred_times_more_rows_than_there_are_harm_nothing(browser: Client, newcomer: Learner) -> None:
    for rows in ("1000000", "words", None):
        typed: dict[str, Any] = {"off-TOTAL_FORMS": rows}
        page = press(browser, visit(browser, "/start/"), "Go on", **typed)
        assert page.status == 422
        assert hours_of(newcomer) is None


def test_time_off_for_all_six_months_moves_the_plan_behind_it(browser: Client, newcomer: Learner) -> None:
    last = MONDAY + timedelta(weeks=26, days=-1)
    off = {"off-0-first": MONDAY.isoformat(), "off-0-last": last.isoformat(), "off-0-reason": "A baby"}
    assert press(browser, visit(browser, "/start/"), "Go on", **off).path == "/start/target/"
    page = visit(browser, "/start/plan/")
    assert written_date(last + timedelta(days=2)) in page.section("It begins like this")
    page = press(browser, page, "Agree the plan")
    assert page.heading == "Nothing planned today"
    assert "The next session is in 6 months, on Tuesday 25 May 2027." in page.text


def test_time_off_for_ever_says_so(browser: Client, newcomer: Learner) -> None:
    off = {"off-0-first": "0001-01-01", "off-0-last": "9999-12-31"}
    press(browser, visit(browser, "/start/"), "Go on", **off)
    page = visit(browser, "/start/plan/")
    assert "time off covers every working day until Sunday 23 November 2031. Shorten the time off." in page.text
    page = press(browser, page, "Agree the plan")
    assert page.heading == "Nothing planned today"
    assert "Your hours and time off leave no room for what is left." in page.text
    assert "Nothing holds you back" not in page.text


def test_leap_day_as_today_and_as_start(browser: Client, newcomer: Learner, on_day: Callable[[date], None]) -> None:
    leap_day = date(2028, 2, 29)
    on_day(leap_day)
    page = visit(browser, "/start/")
    assert page.form("Go on").values["starts_on"] == "2028-03-06"
    press(browser, page, "Go on", starts_on="2028-02-29")
    page = visit(browser, "/start/plan/")
    assert page.text.count("From Tuesday 29 February 2028 to ") == 1
    turn = turn_of(newcomer)
    assert turn is not None
    assert turn.plan.sessions[0].on == leap_day


def test_start_may_lie_behind(browser: Client, newcomer: Learner) -> None:
    press(browser, visit(browser, "/start/"), "Go on", starts_on="2026-09-01")
    turn = turn_of(newcomer)
    assert turn is not None
    assert turn.plan.sessions[0].on == MONDAY + timedelta(days=1)
    assert turn.standing.behind_minutes == 0


def test_rows_of_time_off_grow_with_each_visit(browser: Client, newcomer: Learner) -> None:
    for week in range(4):
        page = visit(browser, "/start/")
        day = (MONDAY + timedelta(weeks=week)).isoformat()
        press(browser, page, "Go on", **{f"off-{week}-first": day, f"off-{week}-last": day})
    assert TimeOff.objects.filter(learner=newcomer).count() == 4
    assert visit(browser, "/start/").form("Go on").values["off-5-first"] == ""
