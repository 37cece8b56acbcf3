"""Pin, put off, split, leave out: what each does to the dates, and that each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.schedule.models import Choice
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.records import activity, do

WEEK = "/plan/week/2026-11-23/"
NOTE = "w01-why"


def days_of(turn: Turn, activity_id: str) -> list[date]:
    return [s.on for s in turn.plan.sessions_of(activity_id)]


def decide(page: Client, sort: str, button: str, **typed: object) -> Page:
    return press(page, visit(page, WEEK), button, f"choose/{sort}/{NOTE}/", **typed)


def test_pinned_comes_first_on_its_day(page: Client, turn: Callable[[], Turn]) -> None:
    saturday = MONDAY + timedelta(days=5)
    before = turn().plan
    after = decide(page, "pin", "Pin", on=saturday.isoformat())
    assert after.path == WEEK
    assert f"“{activity(NOTE).title}” is pinned. The plan has moved around it." in after.text
    assert f"Pinned to {written_date(saturday)}" in after.text
    assert turn().plan.between(saturday, saturday)[0].task_id == NOTE
    assert days_of(turn(), NOTE)[0] == saturday
    undone = press(page, after, "Undo")
    assert "Taken back." in undone.text
    assert turn().plan == before


def test_pin_on_a_day_that_does_not_work_says_which_does(page: Client, turn: Callable[[], Turn]) -> None:
    after = visit(page, "/plan/")
    decide(page, "pin", "Pin", on=MONDAY.isoformat())
    after = visit(page, "/plan/")
    expected = (
        f"“{activity(NOTE).title}” can't be on Monday 23 November 2026: a Monday has no minutes. "
        "The first day that works is Tuesday 24 November 2026."
    )
    assert expected in after.text
    assert turn().plan.warnings == (expected,)


def test_put_off_does_not_begin_before_its_day(page: Client, turn: Callable[[], Turn]) -> None:
    before, day = turn().plan, MONDAY + timedelta(days=20)
    after = decide(page, "defer", "Put off", on=day.isoformat())
    assert f"“{activity(NOTE).title}” is put off." in after.text
    assert min(days_of(turn(), NOTE)) >= day
    undone = press(page, visit(page, f"/plan/week/{min(days_of(turn(), NOTE)).isoformat()}/"), "Take back")
    assert "Taken back." in undone.text
    assert turn().plan == before


def test_split_is_worked_on_different_days(page: Client, turn: Callable[[], Turn]) -> None:
    before, minutes = turn().plan, activity(NOTE).minutes
    after = decide(page, "split", "Split", parts=3)
    assert f"“{activity(NOTE).title}” is split." in after.text
    assert "In 3 parts" in after.text
    sessions = turn().plan.sessions_of(NOTE)
    assert len({s.on for s in sessions}) == len(sessions) >= 3
    assert sum(s.minutes for s in sessions) == minutes
    assert max(s.minutes for s in sessions) <= -(-minutes // 3)
    assert ", part 1 of 3" in after.text
    press(page, after, "Undo")
    assert turn().plan == before


def test_left_out_is_listed_with_its_reason_and_brought_back(page: Client, turn: Callable[[], Turn]) -> None:
    before = turn().plan
    after = decide(page, "skip", "Leave out", reason="I <b>know</b> it")
    assert f"“{activity(NOTE).title}” is left out." in after.text
    assert days_of(turn(), NOTE) == []
    shown = visit(page, "/plan/")
    assert f"\n{activity(NOTE).title} I <b>know</b> it\n" in shown.section("Left out")
    assert "<b>know" not in shown.html
    back = press(page, shown, "Bring back")
    assert "Left out" not in back.text
    assert turn().plan == before


def test_undoing_right_after_leads_to_the_plan(page: Client) -> None:
    after = decide(page, "skip", "Leave out", reason="Known")
    assert press(page, after, "Undo").path == "/plan/"


def test_choices_of_different_sorts_stand_together(page: Client, turn: Callable[[], Turn]) -> None:
    day = MONDAY + timedelta(days=7)
    decide(page, "defer", "Put off", on=day.isoformat())
    shown = visit(page, f"/plan/week/{day.isoformat()}/")
    press(page, shown, "Split", f"choose/split/{NOTE}/", parts=2)
    sessions = turn().plan.sessions_of(NOTE)
    assert len(sessions) >= 2
    assert sessions[0].on >= day


@pytest.mark.parametrize(
    ("sort", "data", "problem"),
    [
        ("pin", {"on": "2026-11-22"}, "Sunday 22 November 2026 has passed. Choose today or a later day."),
        ("pin", {"on": "0001-01-01"}, "Monday 1 January 1 has passed. Choose today or a later day."),
        ("pin", {"on": ""}, "This field is required."),
        ("pin", {}, "This field is required."),
        ("pin", {"on": "soon"}, "Enter a valid date."),
        ("defer", {"on": "2026-11-22"}, "Sunday 22 November 2026 has passed. Choose today or a later day."),
        ("defer", {"on": "2027-02-29"}, "Enter a valid date."),
        ("split", {"parts": "1"}, "Ensure this value is greater than or equal to 2."),
        ("split", {"parts": "0"}, "Ensure this value is greater than or equal to 2."),
        ("split", {"parts": "11"}, "Ensure this value is less than or equal to 10."),
        ("split", {"parts": "two"}, "Enter a whole number."),
        ("skip", {"reason": ""}, "This field is required."),
        ("skip", {"reason": "   "}, "This field is required."),
        ("skip", {"reason": "x" * 301}, "Ensure this value has at most 300 characters (it has 301)."),
    ],
)
def test_choice_that_is_not_complete_changes_nothing(page: Client, sort: str, data: Mapping[str, str], problem: str) -> None:
    shown = visit(page, f"/plan/choose/{sort}/{NOTE}/", data, "post")
    assert shown.status == 400
    assert f"“{activity(NOTE).title}” stays as it is: the choice is not complete." in shown.text
    assert problem in shown.text
    assert not Choice.objects.exists()


def test_unknown_activity_or_sort_is_not_found(page: Client) -> None:
    data = {"on": "2026-12-01", "reason": "Known", "parts": "2", "scope": "whole"}
    unknown = ("pin/no-such-activity/", "skip/course:ai-for-everyone:w1/", "skip/gap:c1-1-rule-e1/", "skip/<b>/")
    for address in (*unknown, f"move/{NOTE}/", f"PIN/{NOTE}/", f"course/{NOTE}/"):
        assert visit(page, f"/plan/choose/{address}", data, "post").status == 404, address
    assert not Choice.objects.exists()


def test_unknown_sort_can_not_be_undone(page: Client) -> None:
    assert visit(page, f"/plan/undo/move/{NOTE}/", {}, "post").status == 404


@pytest.mark.parametrize("address", [f"/plan/choose/skip/{NOTE}/", f"/plan/undo/skip/{NOTE}/"])
def test_one_is_never_led_to_another_site(page: Client, address: str) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""):
        response = page.post(address, {"reason": "Known", "next": elsewhere})
        assert (response.status_code, response.headers["Location"]) == (302, "/plan/"), elsewhere


def test_task_that_closes_a_gap_may_be_moved_too(
    page: Client, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    do(priya, MONDAY, *(a.id for a in turn().programme.activities if not a.buffer))
    on_day(MONDAY + timedelta(days=400))  # what was explained has faded
    gap = next(i for i in turn().activities if i.startswith("gap:"))
    start = turn().plan.start_of(gap)
    assert start is not None
    shown = visit(page, f"/plan/week/{start.isoformat()}/")
    day = start + timedelta(days=30)
    press(page, shown, "Put off", f"choose/defer/{gap}/", on=day.isoformat())
    moved = turn().plan.start_of(gap)
    assert moved is not None
    assert moved >= day
