"""Hours and time off, changed later: previewed, kept, and followed by the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.loop import Turn
from segue.core.wording import spoken_minutes, written_date
from segue.plan.replanning import PACES_IN_HOURS
from segue.schedule.models import Hours, TimeOff
from tests.browsing import press, visit
from tests.conftest import MONDAY, WEEKDAY_MINUTES, give_hours
from tests.records import do

HALF = {"day_1": "45", "day_3": "45", "day_5": "60"}


def test_preview_says_the_end_and_keeps_nothing(page: Client, turn: Callable[[], Turn]) -> None:
    before, hours = turn().plan, Hours.objects.get()
    shown = press(
        page, visit(page, "/plan/hours/"), "Preview the end", **HALF, **{"off-0-first": "2027-01-04", "off-0-last": "2027-01-10"}
    )
    assert shown.status == 200
    assert "Nothing is kept yet." in shown.text
    assert turn().plan == before
    assert Hours.objects.get().weekday_minutes == hours.weekday_minutes
    assert not TimeOff.objects.exists()
    values = shown.form("Keep the hours").values
    assert {**HALF, "off-0-first": "2027-01-04"}.items() <= values.items()
    kept = press(page, shown, "Keep the hours")
    assert "Your hours are kept, and the plan follows them." in kept.text
    ends = turn().plan.ends_on
    assert ends is not None
    assert ends > (before.ends_on or date.min)
    assert f"With these hours\nthe plan would end on {written_date(ends)}." in shown.text


@pytest.mark.parametrize("late", [0, 15, 40])
def test_previewed_end_is_the_end_also_after_missed_weeks(
    page: Client, late: int, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    on_day(MONDAY + timedelta(days=late))
    shown = press(page, visit(page, "/plan/hours/"), "Preview the end", **HALF)
    press(page, shown, "Keep the hours")
    ends = turn().plan.ends_on
    assert ends is not None
    assert f"the plan would end on {written_date(ends)}." in shown.text


def test_previewed_end_is_the_end_also_with_the_clock_set_back(
    page: Client, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    on_day(MONDAY + timedelta(days=30))
    do(priya, MONDAY + timedelta(days=30), "w01-diagnostic", "w01-why")
    on_day(MONDAY + timedelta(days=3))
    shown = press(page, visit(page, "/plan/hours/"), "Preview the end", **HALF)
    press(page, shown, "Keep the hours")
    ends = turn().plan.ends_on
    assert ends is not None
    assert f"the plan would end on {written_date(ends)}." in shown.text


def test_preview_of_hours_that_never_end_says_why(page: Client) -> None:
    typed: dict[str, Any] = {"off-0-first": "2026-01-01", "off-0-last": "2036-01-01"}
    shown = press(page, visit(page, "/plan/hours/"), "Preview the end", **typed)
    assert "With these hours the plan does not end" in shown.text
    assert "time off covers every working day until Sunday 23 November 2031. Shorten the time off." in shown.text
    assert not TimeOff.objects.exists()


def test_time_off_is_added_changed_and_cleared(page: Client, priya: Learner, turn: Callable[[], Turn]) -> None:
    first: dict[str, Any] = {"off-0-first": "2027-02-01", "off-0-last": "2027-02-14", "off-0-reason": "Launch"}
    second: dict[str, Any] = {"off-1-first": "2026-12-21", "off-1-last": "2027-01-03", "off-1-reason": "Skiing"}
    press(page, visit(page, "/plan/hours/"), "Keep the hours", **first, **second)
    off = [Span(date(2026, 12, 21), date(2027, 1, 3)), Span(date(2027, 2, 1), date(2027, 2, 14))]
    assert list(turn().inputs.availability.time_off) == off
    assert not any(day in span for span in off for day in (s.on for s in turn().plan.sessions))

    shown = visit(page, "/plan/hours/")
    assert shown.form("Keep the hours").values["off-0-reason"] == "Skiing"
    press(page, shown, "Keep the hours", **{"off-0-last": "2026-12-27"})
    assert priya.time_off.first() is not None
    assert [t.last for t in priya.time_off.all()] == [date(2026, 12, 27), date(2027, 2, 14)]

    cleared: dict[str, Any] = {"off-0-first": "", "off-0-last": "", "off-0-reason": ""}
    press(page, visit(page, "/plan/hours/"), "Keep the hours", **cleared)
    assert [t.reason for t in priya.time_off.all()] == ["Launch"]


def test_same_day_off_and_overlapping_spans_are_allowed(page: Client, turn: Callable[[], Turn]) -> None:
    typed: dict[str, Any] = {
        **{"off-0-first": "2026-11-24", "off-0-last": "2026-11-24"},
        **{"off-1-first": "2026-11-20", "off-1-last": "2026-11-25"},
    }
    press(page, visit(page, "/plan/hours/"), "Keep the hours", **typed)
    assert turn().plan.sessions[0].on == date(2026, 11, 26)


@pytest.mark.parametrize("button", ["Keep the hours", "Preview the end"])
def test_wrong_hours_keep_what_was_typed(page: Client, button: str) -> None:
    typed: dict[str, Any] = {"day_0": "6000", "day_1": "10", "off-0-first": "2027-01-04", "off-0-reason": "<b>Skiing</b>"}
    shown = press(page, visit(page, "/plan/hours/"), button, **typed)
    assert shown.status == 422
    assert "a day holds at most 720 minutes (12 hours)." in shown.text
    assert "Give both days, or clear the row." in shown.text
    assert typed.items() <= shown.form("Keep the hours").values.items()
    assert "<b>Skiing" not in shown.html
    assert "Nothing is kept yet." not in shown.text
    assert Hours.objects.get().weekday_minutes == list(WEEKDAY_MINUTES)


def test_form_without_its_rows_is_refused(page: Client) -> None:
    typed: dict[str, Any] = {"off-TOTAL_FORMS": None, "day_1": "30"}
    assert press(page, visit(page, "/plan/hours/"), "Keep the hours", **typed).status == 422
    assert Hours.objects.get().weekday_minutes == list(WEEKDAY_MINUTES)


def test_paces_say_when_other_hours_would_end(page: Client, turn: Callable[[], Turn]) -> None:
    shown = visit(page, "/plan/hours/").section("What other hours would mean")
    lines = shown.split("\n")
    for hours in PACES_IN_HOURS:
        assert spoken_minutes(hours * 60) in lines
    ends = turn().plan.ends_on
    assert ends is not None
    assert lines[lines.index("5 h") + 1] == written_date(ends)


def test_hours_of_a_pace_end_when_it_says(page: Client, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    """Also for somebody who missed weeks, since new hours agree the plan anew."""
    on_day(MONDAY + timedelta(days=17))
    lines = visit(page, "/plan/hours/").section("What other hours would mean").split("\n")
    press(page, visit(page, "/plan/hours/"), "Keep the hours", day_1="180", day_3="180", day_5="240")
    ends = turn().plan.ends_on
    assert ends is not None
    assert lines[lines.index("10 h") + 1] == written_date(ends)


def test_new_hours_leave_the_evidence_alone(page: Client, priya: Learner, turn: Callable[[], Turn]) -> None:
    do(priya, MONDAY, "w01-diagnostic")
    press(page, visit(page, "/plan/hours/"), "Keep the hours", **HALF, starts_on="2027-01-04")
    assert turn().progress["w01-diagnostic"].done
    assert turn().plan.sessions[0].on == date(2027, 1, 5)


def test_start_far_ahead_leaves_an_empty_day(page: Client, priya: Learner) -> None:
    give_hours(priya)
    press(page, visit(page, "/plan/hours/"), "Keep the hours", starts_on="2028-11-20")
    shown = visit(page, "/")
    assert shown.heading == "Nothing planned today"
    assert "The next session is in 24 months, on Tuesday 21 November 2028." in shown.text
