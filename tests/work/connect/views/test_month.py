"""The top of month 4 and the card of today: whom one owes something, and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.connect.actions.feedback import add_point
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import Commitment, Meeting, Owed, Person, TouchSort, new_key
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.records import before_week, do

TOP = "/connect/"


@pytest.fixture
def ines(priya: Learner) -> Person:
    return add_person(priya, name="Inês Duarte", role="data-scientist", relation="partner")


def meeting(person: Person, starts_at: datetime, held_on: date | None = None) -> Meeting:
    return Meeting.objects.create(
        learner=person.learner,
        key=new_key(),
        person=person,
        title="How they label",
        starts_at=starts_at,
        zone="UTC",
        uid=new_key(),
        changed_at=starts_at,
        held_on=held_on,
    )


def promise(person: Person, what: str, due_on: date | None, by: Owed = Owed.ME) -> Commitment:
    return Commitment.objects.create(learner=person.learner, key=new_key(), person=person, what=what, due_on=due_on, by=by)


def test_with_nobody_it_teaches_and_today_is_silent(page: Client, priya: Learner) -> None:
    shown = visit(page, TOP)
    assert "Nobody is here yet" in shown.section("Whom to talk to next?", until="\n# The month")
    assert "# People" not in visit(page, "/").text
    assert "# Staying in touch" in shown.text


def test_thanks_promises_and_whose_turn_it_is_stand_on_top_and_on_today(
    page: Client, ines: Person, on_day: Callable[[date], None]
) -> None:
    now = clock.now()
    meeting(ines, now - timedelta(hours=3), clock.day_of(now - timedelta(hours=3)))
    promise(ines, "Fifty labels", MONDAY)
    promise(ines, "A later thing", MONDAY + timedelta(days=9))
    promise(ines, "Their cost sheet", MONDAY - timedelta(days=1), Owed.THEM)
    for path in (TOP, "/"):
        text = visit(page, path).text
        assert "Thank Inês Duarte" in text, path
        assert "Fifty labels" in text, path
        assert "Their cost sheet" in text, path
        assert "A later thing" not in text, path
        assert "Be in touch with" not in text, path
    assert "In time until" in visit(page, TOP).text
    done = press(page, visit(page, TOP), "Done")
    assert done.path == TOP
    assert ines.commitments.exclude(done_on=None).count() == 1
    on_day(MONDAY + timedelta(days=14))
    assert "Be in touch with Inês Duarte" in visit(page, TOP).text
    assert "The 48 hours are over" in visit(page, TOP).text
    assert "Be in touch with Inês Duarte" in visit(page, "/").text


def test_three_people_at_most_come_up_at_once(page: Client, priya: Learner, on_day: Callable[[date], None]) -> None:
    for number in range(7):
        add_person(priya, name=f"Person {number}", relation="partner")
    on_day(MONDAY + timedelta(days=20))
    for path in (TOP, "/"):
        text = visit(page, path).text
        assert text.count("Be in touch with") == 3, path
        assert "4 more" in text, path


def test_meetings_that_come_and_those_nobody_marked(page: Client, ines: Person) -> None:
    now = clock.now()
    meeting(ines, now + timedelta(days=2))
    meeting(ines, now + timedelta(days=40))
    shown = visit(page, TOP)
    assert shown.section("Coming").count("How they label") == 1
    assert "1 coming up" in shown.text
    assert "Did you talk" not in shown.text
    meeting(ines, now - timedelta(days=2))
    assert "Did you talk with Inês Duarte?" in visit(page, TOP).text


def test_asks_without_gives_are_shown(page: Client, ines: Person) -> None:
    assert "Nothing asked and nothing given yet." in visit(page, TOP).text
    log_touch(ines, MONDAY, TouchSort.ASKED, "An hour")
    log_touch(ines, MONDAY, TouchSort.ASKED, "Another hour")
    text = visit(page, TOP).text
    assert "You asked twice and have given nothing yet." in text
    assert "Time to give something." in text


def test_whom_the_plan_wants_asked_stands_there_and_nobody_invited_is_said(
    page: Client, priya: Learner, ines: Person, on_day: Callable[[date], None]
) -> None:
    assert "nobody is invited yet" not in visit(page, TOP).text
    done = before_week(13, MONDAY, MONDAY + timedelta(weeks=11))
    do(priya, {name: day for name, day in done.items() if name != "w11-invite"})
    on_day(MONDAY + timedelta(weeks=12))
    shown = visit(page, TOP)
    assert "nobody is invited yet" in shown.text
    assert "/connect/asks/new/?activity=" in shown.link("Ask ")


def test_points_without_an_answer_are_counted(page: Client, ines: Person, priya: Learner) -> None:
    add_point(priya, {"person": ines, "role": "", "on": MONDAY, "text": "Too few rows.", "meeting": None})
    assert "1 without an answer" in visit(page, TOP).text


def test_every_page_of_the_month_is_reached(page: Client, ines: Person) -> None:
    found = {url for _, url in visit(page, TOP).links}
    wanted = {f"/connect/{name}/" for name in ("asks", "meetings", "insights", "promises", "touch", "feedback")}
    assert not wanted - found


def test_a_strangers_people_are_not_there(page: Client, priya: Learner, make_learner: Callable[..., Learner]) -> None:
    other = add_person(make_learner("Sam"), name="Ada", relation="partner")
    now = clock.now()
    meeting(other, now - timedelta(hours=3), clock.day_of(now - timedelta(hours=3)))
    promise(other, "Theirs", MONDAY)
    for path in (TOP, "/"):
        text = visit(page, path).text
        assert "Ada" not in text
        assert "Theirs" not in text


@pytest.mark.parametrize("path", [TOP, "/"])
def test_questions_to_the_database_do_not_grow(path: str, page: Client, ines: Person, on_day: Callable[[date], None]) -> None:
    def fill(person: Person) -> None:
        now = clock.now()
        meeting(person, now - timedelta(days=2), clock.day_of(now - timedelta(days=2)))
        meeting(person, now - timedelta(days=3))
        meeting(person, now + timedelta(days=3))
        promise(person, "Labels", MONDAY)
        promise(person, "Costs", MONDAY, Owed.THEM)
        log_touch(person, MONDAY, TouchSort.ASKED)

    fill(ines)
    on_day(MONDAY + timedelta(days=20))
    few = queries_of(page, path)
    for number in range(12):
        fill(add_person(ines.learner, name=f"Person {number}", organisation=f"Firm {number}", relation="peer", cadence_days=3))
    assert queries_of(page, path) == few
