"""An ask is sent, reminded of once, answered, and taken back step by step; contacts go with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.connect.actions import asking as actions
from segue.work.connect.actions.people import add_person
from segue.work.connect.models import Answer, Ask, Person
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.work.connect.talking import planned

LIST = "/connect/asks/"


@pytest.fixture
def ines(priya: Learner) -> Person:
    """A data scientist."""
    return add_person(priya, name="Inês Duarte", role="data-scientist", relation="partner")


@pytest.fixture
def ask(ines: Person) -> Ask:
    """A draft to her."""
    return draft(ines)


def draft(person: Person, text: str = "Could we talk for half an hour?") -> Ask:
    return actions.begin_ask(
        person, {"purpose": "workflow", "activity_id": "w15-talk-data-scientist", "needed_on": None, "text": text}
    )


def touches(person: Person) -> list[tuple[str, date, str]]:
    return list(person.touches.order_by("on", "id").values_list("sort", "on", "note"))


def of(ask: Ask) -> str:
    return f"{LIST}{ask.key}/"


def send(page: Client, ask: Ask, shown: Page | None = None, **typed: str) -> Page:
    """Presses “I sent it today”, whose form goes to an address of its own."""
    return visit(page, f"{of(ask)}sent/", (shown or visit(page, of(ask))).form("I sent it").values | typed, method="post")


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def test_from_draft_to_yes(page: Client, ines: Person, ask: Ask, on_day: Callable[[date], None]) -> None:
    sent = send(page, ask, text="What I typed last.")
    ask.refresh_from_db()
    assert (ask.sent_on, ask.text) == (MONDAY, "What I typed last.")
    assert touches(ines) == [("asked", MONDAY, "How they work")]
    assert "Sent today" in sent.text
    assert "Give them a week first" in sent.text
    on_day(after(7))
    assert "one kind reminder is in order" in visit(page, LIST).section("Waiting for an answer")
    due = visit(page, of(ask))
    assert "On Monday 23 November I wrote to you and asked for half an hour about how you work." in due.text
    reminded = press(page, due, "I reminded them")
    assert "One reminder is enough" in reminded.text
    assert "I reminded them" not in reminded.text
    on_day(after(14))
    waiting = visit(page, LIST)
    assert "ask the next person" in waiting.section("Waiting for an answer")
    assert "activity=w15-talk-data-scientist" in waiting.link("Ask the next person")
    answered = press(page, visit(page, of(ask)), "Note the answer", answer="yes")
    assert "Plan the meeting while it is fresh" in answered.text
    assert answered.link("Plan the meeting") == f"/connect/meetings/new/?person={ines.key}&ask={ask.key}"
    assert visit(page, answered.link("Plan the meeting")).status == 200
    assert "no meeting planned yet" in visit(page, LIST).section("Answered")
    assert touches(ines) == [("asked", MONDAY, "How they work"), ("message", after(7), "A reminder: How they work")]
    on_day(after(60))
    assert "no meeting planned yet" not in visit(page, LIST).text


@pytest.mark.parametrize(("answer", "words"), [("no", "a clear no helps me more"), ("silent", "")])
def test_no_leads_to_the_next(page: Client, ask: Ask, answer: str, words: str) -> None:
    send(page, ask)
    answered = press(page, visit(page, of(ask)), "Note the answer", answer=answer)
    assert "Ask the next" in answered.text
    assert words in answered.text
    assert "activity=w15-talk-data-scientist" in answered.link("Ask the next person")
    assert "Plan the meeting" not in answered.text


def test_each_step_is_taken_back(page: Client, ines: Person, ask: Ask) -> None:
    send(page, ask)
    press(page, visit(page, of(ask)), "I reminded them")
    answered = press(page, visit(page, of(ask)), "Note the answer", answer="no")
    assert "It was not sent" not in answered.text
    back = press(page, answered, "Undo")
    assert "The answer is taken back" in back.text
    assert "It was not sent" not in back.text
    back = press(page, back, "I did not")
    assert touches(ines) == [("asked", MONDAY, "How they work")]
    back = press(page, back, "It was not sent")
    assert "It is a draft again" in back.text
    assert touches(ines) == []
    ask.refresh_from_db()
    assert (ask.sent_on, ask.reminded_on, ask.answer, ask.answered_on) == (None, None, "", None)


def test_two_windows_press_the_same(page: Client, ines: Person, ask: Ask, on_day: Callable[[date], None]) -> None:
    form = visit(page, of(ask))
    send(page, ask, form)
    on_day(after(1))
    send(page, ask, form)
    ask.refresh_from_db()
    assert ask.sent_on == MONDAY
    sent = visit(page, of(ask))
    for name, typed in (("I reminded them", {}), ("Note the answer", {"answer": "yes"})):
        for _ in range(2):
            press(page, sent, name, **typed)
    assert len(touches(ines)) == 2
    reminded = visit(page, of(ask))
    assert "There is an answer already" not in reminded.text
    for _ in range(2):
        page.post(f"{of(ask)}answer/undo/")
    assert page.post(f"{of(ask)}sent/undo/").status_code == 400
    ask.refresh_from_db()
    assert ask.reminded_on == after(1)


def test_the_day_is_put_right(page: Client, ines: Person, ask: Ask, on_day: Callable[[date], None]) -> None:
    on_day(after(3))
    sent = send(page, ask)
    moved = press(page, sent, "Change the day", on=str(after(1)))
    assert "Sent on Tuesday 24 November 2026" in moved.text
    assert touches(ines) == [("asked", after(1), "How they work")]
    press(page, moved, "Note the answer", answer="yes", on=str(after(2)))
    refused = press(page, visit(page, of(ask)), "Change the day", on=str(after(3)))
    assert refused.status == 422
    assert "It can't have been sent on that day" in refused.text
    assert touches(ines) == [("asked", after(1), "How they work")]


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("reminder", {"on": "2026-11-22"}, "this day is before that"),
        ("reminder", {"on": "2026-11-24"}, "This day has not come yet"),
        ("answer", {"on": "2026-11-22", "answer": "yes"}, "this day is before that"),
        ("answer", {"on": "2026-11-23", "answer": "perhaps"}, "Choose one of these"),
        ("answer", {"on": "2026-11-23"}, "Choose one of these"),
        ("sent/day", {"on": "2027-11-23"}, "This day has not come yet"),
    ],
)
def test_what_is_wrong_is_said(page: Client, ask: Ask, step: str, typed: dict[str, str], words: str) -> None:
    actions.send_ask(ask, MONDAY)
    refused = visit(page, f"{of(ask)}{step}/", typed, method="post")
    assert refused.status == 422
    assert words in refused.text


def test_a_draft_has_no_reminder_and_no_answer(ask: Ask) -> None:
    with pytest.raises(UserError):
        actions.remind_ask(ask, MONDAY)
    with pytest.raises(UserError):
        actions.answer_ask(ask, Answer.YES, MONDAY)
    with pytest.raises(UserError):
        actions.send_ask(ask, after(1))
    with pytest.raises(UserError):
        actions.move_sending(ask, MONDAY)
    ask.refresh_from_db()
    assert ask.sent_on is None
    actions.send_ask(ask, MONDAY)
    actions.answer_ask(ask, Answer.NO, MONDAY)
    with pytest.raises(UserError):
        actions.remind_ask(ask, MONDAY)
    with pytest.raises(UserError):
        actions.answer_ask(ask, Answer.YES, after(1))


def test_two_asks_of_a_day_share_a_contact(ines: Person, ask: Ask) -> None:
    other = draft(ines, "And another thing.")
    for each in (ask, other):
        actions.send_ask(each, MONDAY)
    assert len(touches(ines)) == 1
    actions.take_sending_back(ask)
    assert len(touches(ines)) == 1
    actions.take_sending_back(other)
    assert touches(ines) == []


def test_contacts_go_by_the_new_purpose(ines: Person, ask: Ask) -> None:
    actions.send_ask(ask, MONDAY)
    actions.remind_ask(ask, MONDAY)
    actions.change_ask(ask, {"purpose": "informational", "activity_id": "", "needed_on": None})
    words = "The job of an AI product manager"
    assert touches(ines) == [("asked", MONDAY, words), ("message", MONDAY, f"A reminder: {words}")]
    ask.refresh_from_db()
    actions.take_reminder_back(ask)
    actions.take_sending_back(ask)
    assert touches(ines) == []


def test_a_text_with_places_to_fill_may_have_been_sent(page: Client, ask: Ask) -> None:
    sent: Page = send(page, ask, text="Hello, «two or three dates with times»?")
    assert "There is 1 place in the text kept here to fill" in sent.text
    ask.refresh_from_db()
    assert ask.sent_on == MONDAY


def test_another_window_is_noticed_when_it_is_sent(page: Client, ask: Ask) -> None:
    form = visit(page, of(ask))
    actions.replace_text(ask, "What the other window wrote.")
    refused = send(page, ask, form, text="What I wrote.")
    assert refused.status == 409
    assert "What the other window wrote." in refused.text
    assert refused.form("I sent it").values["text"] == "What I wrote."
    ask.refresh_from_db()
    assert ask.sent_on is None
    send(page, ask, refused)
    ask = Ask.objects.get()
    assert (ask.sent_on, ask.text) == (MONDAY, "What I wrote.")


def test_a_window_from_yesterday_moves_no_day(page: Client, ask: Ask, on_day: Callable[[date], None]) -> None:
    old = visit(page, of(ask))
    send(page, ask)
    on_day(after(2))
    again = send(page, ask, old)
    assert "It was sent on Monday 23 November 2026 already; that day stays." in again.text
    assert "you asked Inês Duarte today" not in again.text
    actions.remind_ask(ask, after(1))
    with pytest.raises(UserError, match="You reminded them on Tuesday 24 November 2026"):
        actions.remind_ask(ask, after(2))
    actions.answer_ask(ask, Answer.YES, after(1))
    assert actions.answer_ask(ask, Answer.YES, after(2)).answered_on == after(2)


def test_a_draft_comes_back_with_its_meeting(priya: Learner, ask: Ask) -> None:
    meeting = planned(priya, ask.person, ask=ask)
    back = actions.restore_ask(priya, actions.remove_ask(ask))
    meeting.refresh_from_db()
    assert meeting.ask == back
