"""Staying in touch: contacts move the next touch, and what is asked and given stands side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import Person, TouchSort
from segue.work.connect.queries.touching import contacts_of, touch_panel
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of

LIST = "/connect/touch/"


@pytest.fixture
def ines(priya: Learner) -> Person:
    """Works on the project: a contact every two weeks."""
    return add_person(priya, name="Inês Duarte", organisation="Northwind", role="data-scientist", relation="partner")


def of(person: Person) -> str:
    return f"/connect/people/{person.key}/touch/"


def test_a_talk_moves_the_next_touch(page: Client, ines: Person, on_day: Callable[[date], None]) -> None:
    assert "Monday 7 December 2026" in visit(page, of(ines)).section("Staying in touch")
    on_day(MONDAY + timedelta(days=20))
    late = visit(page, LIST).section("Losing touch")
    assert "Inês Duarte" in late
    assert "Due 6 days ago" in late
    logged = press(page, visit(page, LIST), "Talked today", action=of(ines))
    assert logged.path == LIST
    assert "Next touch with Inês Duarte: Sunday 27 December 2026." in logged.text
    assert "Inês" not in logged.section("Losing touch")
    assert "Inês" in logged.section("Within two weeks")
    shown = visit(page, of(ines))
    assert "14 days after the last contact, on Sunday 13 December 2026" in shown.text
    undone = press(page, logged, "Undo")
    assert "Inês" in visit(page, LIST).section("Losing touch")
    assert undone.path == of(ines)


def test_an_older_contact_moves_nothing_back(page: Client, ines: Person, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + timedelta(days=30))
    log_touch(ines, MONDAY + timedelta(days=30), TouchSort.MESSAGE)
    shown = press(page, visit(page, of(ines)), "Log the contact", sort="talk", on=str(MONDAY), note="The first talk")
    assert "The first talk" in shown.text
    assert touch_panel(ines).contact is not None
    assert "14 days after the last contact, on Wednesday 23 December 2026" in shown.text


def test_a_contact_taken_back_comes_back(page: Client, ines: Person) -> None:
    logged = press(page, visit(page, of(ines)), "Log the contact", sort="gave", on=str(MONDAY), note="Fifty labels")
    gone = press(page, logged, "Take back")
    assert not ines.touches.exists()
    assert "Fifty labels" not in gone.text
    back = press(page, gone, "Undo")
    assert ines.touches.get().note == "Fifty labels"
    assert "The contact is back." in back.text
    again = visit(page, f"{of(ines)}restore/", method="post")
    assert "There is nothing left to bring back" in again.text
    assert ines.touches.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"on": "2026-11-24"}, "This day has not come yet"),
        ({"on": "soon"}, "This is no date"),
        ({"on": ""}, "Say on which day"),
        ({"sort": "all"}, "Choose one of these"),
        ({"note": "word " * 101}, "500 is the most"),
    ],
)
def test_what_is_wrong_is_said_and_kept(page: Client, ines: Person, typed: dict[str, str], words: str) -> None:
    refused = press(page, visit(page, of(ines)), "Log the contact", **{"note": "On labels", **typed})
    assert refused.status == 422
    assert words in refused.text
    assert refused.form("Log the contact").values["note"].startswith(typed.get("note", "On labels").strip()[:9])
    assert not ines.touches.exists()


def test_a_day_to_come_is_refused_by_the_action(ines: Person) -> None:
    with pytest.raises(UserError):
        log_touch(ines, MONDAY + timedelta(days=1), TouchSort.TALK)


def test_the_same_contact_is_there_once(ines: Person) -> None:
    first = log_touch(ines, MONDAY, TouchSort.TALK, " On   labels ")
    assert log_touch(ines, MONDAY, TouchSort.TALK, "On labels") == first
    assert log_touch(ines, MONDAY, TouchSort.TALK) != first


def test_asks_without_gives_are_shown(page: Client, ines: Person) -> None:
    assert "Asking and giving" not in visit(page, LIST).text
    log_touch(ines, MONDAY, TouchSort.ASKED, "An hour")
    shown = visit(page, LIST)
    assert "You asked once and have given nothing yet." in shown.section("Asking and giving")
    assert "Your turn to give" not in shown.text
    log_touch(ines, MONDAY, TouchSort.ASKED, "Another hour")
    shown = visit(page, LIST)
    assert "Your turn to give" in shown.text
    assert "You are ahead with asking" in shown.section("Asking and giving")
    assert "Something of use to them" in visit(page, of(ines)).text
    given = press(page, visit(page, shown.link("Log what you gave")), "Log the contact", sort="gave", on=str(MONDAY))
    assert "You asked twice and gave once." in given.text
    assert "Log what you gave" not in visit(page, LIST).text


def test_people_without_a_relation_are_no_reminder_and_still_have_a_balance(page: Client, priya: Learner) -> None:
    assert "Nobody has a rhythm yet" in visit(page, LIST).text
    plain = add_person(priya, name="Tom")
    log_touch(plain, MONDAY, TouchSort.ASKED, "a")
    log_touch(plain, MONDAY, TouchSort.ASKED, "b")
    shown = visit(page, LIST)
    assert "Tom" in shown.section("Asking and giving")
    assert "All with a rhythm" not in shown.text
    assert "nothing reminds you" in visit(page, of(plain)).text


def test_ones_own_cadence_goes_before_that_of_the_relation(page: Client, priya: Learner) -> None:
    person = add_person(priya, name="Tom", relation="leader", cadence_days=7)
    assert "7 days from Monday 23 November 2026" in visit(page, of(person)).text
    assert [contact.next_on for contact in contacts_of(priya)] == [MONDAY + timedelta(days=7)]


def test_nobody_is_written_to_together(page: Client, ines: Person) -> None:
    shown = visit(page, LIST)
    assert all("all" not in button.lower().split() for form in shown.forms for button in form.buttons)
    assert "mailto:" not in shown.html


def test_what_was_given_begins_a_contribution(page: Client, ines: Person, priya: Learner) -> None:
    log_touch(ines, MONDAY, TouchSort.GAVE, "Fifty labels for Inês")
    form = press(page, visit(page, of(ines)), "Write it up")
    assert form.path.startswith("/evidence/new/?activity=w17-contribution&kind=contribution")
    text = priya.drafts.get().fields["body"][0]
    assert "Fifty labels for Data scientist" in text
    assert "Inês" not in text


def test_a_strangers_contacts_are_not_there(page: Client, ines: Person, make_learner: Callable[..., Learner]) -> None:
    other = add_person(make_learner("Sam"), name="Ada", relation="peer")
    touch = log_touch(other, MONDAY, TouchSort.TALK)
    for path in (f"{of(ines)}{touch.pk}/remove/", f"{of(other)}{touch.pk}/remove/", of(other)):
        assert visit(page, path, method="post").status == 404, path
    assert other.touches.get() == touch
    assert "Ada" not in visit(page, LIST).text


def test_questions_to_the_database_do_not_grow(page: Client, priya: Learner, ines: Person) -> None:
    log_touch(ines, MONDAY, TouchSort.ASKED)
    few = queries_of(page, LIST), queries_of(page, of(ines))
    for number in range(30):
        person = add_person(priya, name=f"Person {number}", organisation=f"Firm {number}", relation="peer")
        for note in "abc":
            log_touch(person, MONDAY, TouchSort.ASKED, note)
            log_touch(ines, MONDAY, TouchSort.GAVE, f"{note}{number}")
    assert (queries_of(page, LIST), queries_of(page, of(ines))) == few
