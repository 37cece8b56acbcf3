"""The three ways on, and courses: each says its end before it is chosen, and the plan then ends on that very day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.curriculum import current
from segue.evidence.actions import log_time
from segue.schedule.models import Choice, TimeOff
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY

BUTTONS = {"shift": "Move the end", "trim": "Leave these out", "pause": "Pause"}
HEADINGS = {"shift": "Keep everything, move the end", "trim": "Leave out optional work", "pause": "Pause for a while"}


def short(day: date | None) -> str:
    assert day is not None
    return f"{day.day} {day:%b %Y}"


def announced(shown: Page, way: str) -> str:
    """The end that a card announces: the first thing on it, such as 29 May 2027."""
    return " ".join(shown.section(HEADINGS[way]).split()[:3])


@pytest.mark.parametrize("way", BUTTONS)
def test_plan_ends_when_the_way_said(way: str, page: Client, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    today = MONDAY + timedelta(days=23)
    on_day(today)
    shown = visit(page, "/plan/replan/")
    end = announced(shown, way)
    after = press(page, shown, BUTTONS[way], f"replan/{way}/")
    assert after.path == "/plan/"
    assert "Agreed. The plan below is the one that counts from today." in after.text
    assert "What moved" not in after.text
    assert short(turn().plan.ends_on) == end
    assert f"you end on {written_date(turn().plan.ends_on or today)}." in after.text
    assert turn().inputs.agreed_on == today


def test_shift_leaves_nothing_out(page: Client, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + timedelta(days=30))
    press(page, visit(page, "/plan/replan/"), "Move the end")
    assert not Choice.objects.exists()
    assert not TimeOff.objects.exists()


def test_trim_leaves_out_what_it_listed_and_each_can_come_back(
    page: Client, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    on_day(MONDAY + timedelta(days=30))
    shown = visit(page, "/plan/replan/")
    listed = shown.section("Leave out optional work").split("What would be left out")[1].split("\n")[1:-1]
    after = press(page, shown, "Leave these out")
    skipped = turn().inputs.choices.skipped
    assert sorted(turn().activities[i].title for i in skipped) == sorted(listed)
    assert all(turn().activities[i].optional for i in skipped)
    assert set(skipped.values()) == {"Trimmed to keep the end date"}
    for title in listed:
        assert f"\n{title} Trimmed to keep the end date\n" in after.section("Left out")
    press(page, after, "Bring back")
    assert len(turn().inputs.choices.skipped) == len(listed) - 1


def test_trim_with_nothing_to_leave_out_can_not_be_pressed(page: Client) -> None:
    shown = visit(page, "/plan/replan/")
    assert "Nothing has to be left out." in shown.text
    assert "disabled>Leave these out" in shown.html


def test_pause_says_its_end_for_the_day_one_chooses(page: Client, turn: Callable[[], Turn]) -> None:
    shown = press(page, visit(page, "/plan/replan/"), "Show the end", back_on="2027-01-11")
    assert shown.form("Pause").values["back_on"] == "2027-01-11"
    end = announced(shown, "pause")
    press(page, shown, "Pause")
    off = TimeOff.objects.get()
    assert (off.first, off.last, off.reason) == (MONDAY, date(2027, 1, 10), "Pause")
    assert turn().plan.sessions[0].on == date(2027, 1, 12)
    assert short(turn().plan.ends_on) == end


REFUSED_PAUSES = [
    ("2026-11-23", "Choose a day after today."),
    ("2020-01-01", "Choose a day after today."),
    ("2027-11-25", "A pause lasts at most a year. Choose an earlier day."),
    ("9999-12-31", "A pause lasts at most a year. Choose an earlier day."),
    ("", "This field is required."),
    ("later", "Enter a valid date."),
]


@pytest.mark.parametrize(("back_on", "problem"), REFUSED_PAUSES)
def test_pause_that_can_not_be(page: Client, back_on: str, problem: str) -> None:
    shown = visit(page, "/plan/replan/", {"back_on": back_on})
    assert shown.status == 422
    assert problem in shown.text
    assert shown.form("Show the end").values["back_on"] == back_on
    shown = visit(page, "/plan/replan/pause/", {"back_on": back_on}, "post")
    assert shown.status == 400
    assert "The pause has no day to come back on." in shown.text
    assert problem in shown.text
    assert not TimeOff.objects.exists()


@pytest.mark.parametrize("back_on", ["2026-11-24", "2027-11-24"])
def test_shortest_and_longest_pause(page: Client, back_on: str, turn: Callable[[], Turn]) -> None:
    visit(page, "/plan/replan/pause/", {"back_on": back_on}, "post")
    assert turn().plan.sessions[0].on >= date.fromisoformat(back_on)


def test_way_that_does_not_exist_is_not_found(page: Client) -> None:
    for way in ("give-up", "Shift", "shift%20", "0"):
        assert visit(page, f"/plan/replan/{way}/", {}, "post").status == 404, way


# --- courses ----------------------------------------------------------------------------------------------------------------


def test_every_course_is_offered_with_what_it_means(page: Client) -> None:
    shown = visit(page, "/plan/courses/")
    for course in current().programme.courses:
        card = shown.section(course.title)
        hours = sum(u.hours for u in course.units)
        assert f"The whole course is about {hours:g} h: at 5 h a week " in card
        assert course.provider in card
        assert course.cost in card
        assert f"as of {course.as_of}" in card
        assert "Take it whole: end on" in card


def taken_from(shown: Page, course_id: str, scope: str) -> str:
    """The end that a button of a course announces."""
    label = {"slice": "Take the slice: end on ", "whole": "Take it whole: end on "}[scope]
    buttons = [
        b for f in shown.forms if f"courses/{course_id}/" in f.action and f.values.get("scope") == scope for b in f.buttons
    ]
    assert len(buttons) == 1
    return buttons[0].removeprefix(label)


def test_course_moves_the_end_as_announced_and_out_of_the_plan_back(page: Client, turn: Callable[[], Turn]) -> None:
    course, before = "ai-for-everyone", turn().plan
    for scope in ("slice", "whole"):
        shown = visit(page, "/plan/courses/")
        after = visit(page, f"/plan/courses/{course}/take/", {"scope": scope}, "post")
        assert after.path == "/plan/courses/"
        assert "The course is in your plan." in after.text
        assert f"in your plan: {scope}" in after.text
        assert short(turn().plan.ends_on) == taken_from(shown, course, scope)
    out = press(page, visit(page, "/plan/courses/"), "Take it out")
    assert out.path == "/plan/"
    assert turn().plan == before


def test_minutes_logged_for_the_slice_count_for_the_whole(page: Client, priya: Learner, turn: Callable[[], Turn]) -> None:
    visit(page, "/plan/courses/ai-for-everyone/take/", {"scope": "slice"}, "post")
    for unit in [i for i in turn().activities if i.startswith("course:")]:
        log_time(priya, activity_id=unit, minutes=turn().activities[unit].minutes, on=MONDAY)
    shown = visit(page, "/plan/courses/")
    visit(page, "/plan/courses/ai-for-everyone/take/", {"scope": "whole"}, "post")
    assert short(turn().plan.ends_on) == taken_from(shown, "ai-for-everyone", "whole")


@pytest.mark.parametrize(("course", "scope"), [("no-such-course", "whole"), ("ai-for-everyone", "half"), ("ai-for-everyone", "")])
def test_course_or_part_that_does_not_exist_is_not_found(page: Client, course: str, scope: str) -> None:
    assert visit(page, f"/plan/courses/{course}/take/", {"scope": scope}, "post").status == 404
    assert not Choice.objects.exists()
