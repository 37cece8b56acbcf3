"""Planning a meeting, and the file for other calendars: sent, changed, called off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.work.connect.actions.meeting import cancel_meeting, change_meeting, hold_meeting, mark_invited, plan_meeting
from segue.work.connect.models import Ask, Meeting
from tests.browsing import Page, press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.connect.talking import AT, planned, somebody

pytestmark = pytest.mark.usefixtures("noon")

LIST, NEW = "/connect/meetings/", "/connect/meetings/new/"
TYPED = {"on": "2026-12-01", "at": "15:00", "zone": "Berlin", "title": "How you work"}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine stands in Berlin by its name; its clock is that of the tests."""
    monkeypatch.setattr("segue.work.connect.views.meetings.own_zone", lambda: "Europe/Berlin")


def plan(page: Client, person_key: str, **changes: str) -> Page:
    return press(page, visit(page, f"{NEW}?person={person_key}"), "Plan it", **{**TYPED, **changes})


def of(meeting: Meeting) -> str:
    return f"{LIST}{meeting.key}/"


def taken(page: Client, meeting: Meeting) -> tuple[str, Any, str]:
    """The method of the file, its event, its name."""
    answer = page.post(f"{of(meeting)}invitation/")
    assert answer.headers["Content-Type"].startswith("text/calendar; charset=utf-8; method=")
    calendar = Calendar.from_ical(answer.content)
    return str(calendar["METHOD"]), calendar.events[0], answer.headers["Content-Disposition"]


def test_a_meeting_is_planned_from_a_search(page: Client, priya: Learner, here: None) -> None:
    ines = somebody(priya)
    empty = visit(page, visit(page, LIST).link("Plan the first one"))
    assert empty.heading == "Plan a meeting"
    found = visit(page, f"{NEW}?activity=w15-talk-data-scientist&q=north+in")
    form = visit(page, found.link("Ines Duarte"))
    values = form.form("Plan it").values
    assert values["title"] == "Ines and Priya: how you work"
    assert (values["activity"], values["purpose"]) == ("w15-talk-data-scientist", "workflow")
    assert (values["zone"], values["minutes"]) == ("Europe/Berlin", "30")
    shown = press(page, form, "Plan it", on="2026-12-01", at="15:00", agenda="What a useful brief contains")
    meeting = priya.meetings.get()
    assert (meeting.starts_at, meeting.person) == (datetime(2026, 12, 1, 14, tzinfo=UTC), ines)
    assert shown.path == of(meeting)
    assert "Tuesday 1 December 2026, 15:00" in shown.text
    assert "Where you are: Tuesday 1 December 2026, 14:00" in shown.text
    assert "How" in visit(page, LIST).section("Coming")


def test_an_ask_brings_person_purpose_and_activity(page: Client, priya: Learner) -> None:
    ask = Ask.objects.create(
        learner=priya,
        key="a1",
        person=somebody(priya),
        made_on=MONDAY,
        purpose="project-feedback",
        activity_id="w16-show-data-scientist",
    )
    values = visit(page, f"{NEW}?ask={ask.key}").form("Plan it").values
    assert (values["purpose"], values["activity"]) == ("project-feedback", "w16-show-data-scientist")
    press(page, visit(page, f"{NEW}?ask={ask.key}"), "Plan it", **TYPED)
    assert priya.meetings.get().ask == ask
    for wrong in ("ask=nobody", "person=nobody"):
        assert visit(page, f"{NEW}?{wrong}").status == 404


def test_a_search_without_a_result_leads_on(page: Client, priya: Learner) -> None:
    somebody(priya)
    for number in range(25):
        somebody(priya, f"Someone {number:02}", relation="")
    assert "Someone" not in visit(page, NEW).text
    many = visit(page, f"{NEW}?q=someone")
    assert "There are more" in many.text
    assert len([words for words, _ in many.links if words.startswith("Someone")]) == 20
    assert "Nobody has all these words" in visit(page, f"{NEW}?q=zzz").text


@pytest.mark.parametrize(
    ("day", "time", "words", "moment"),
    [
        ("2027-03-28", "02:30", "has no 02:30 in Europe/Berlin", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("2027-10-31", "02:30", "has 02:30 twice in Europe/Berlin", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_time_at_the_change_of_the_clock_is_said(
    page: Client, priya: Learner, day: str, time: str, words: str, moment: datetime
) -> None:
    shown = plan(page, somebody(priya).key, on=day, at=time)
    assert words in shown.text
    assert "is taken" in shown.text
    assert priya.meetings.get().starts_at == moment


def test_more_than_half_an_hour_gets_a_kind_word(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    assert "Half an hour is what people give gladly" not in plan(page, ines.key).text
    assert "Half an hour is what people give gladly" in plan(page, ines.key, minutes="45", title="Longer").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"zone": "Atlantis"}, "No time zone has this name."),
        ({"on": "2026-02-30"}, "This is no date."),
        ({"on": "1999-01-01"}, "Check the year."),
        ({"on": "2036-01-01"}, "Check the year."),
        ({"at": "25:00"}, "This is no time."),
        ({"minutes": "0"}, "from 5 to 480"),
        ({"title": ""}, "Name it."),
        ({"title": "x" * 201}, "200 is the most"),
    ],
)
def test_what_is_typed_wrongly_is_told_and_stays(page: Client, priya: Learner, change: dict[str, str], words: str) -> None:
    refused = plan(page, somebody(priya).key, place="Room 4", **change)
    assert refused.status == 422
    assert words in refused.text
    assert refused.form("Plan it").values["place"] == "Room 4"
    assert not priya.meetings.exists()


def test_the_same_sent_twice_is_there_once(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    plan(page, ines.key)
    plan(page, ines.key)
    assert priya.meetings.count() == 1


def test_invitation_change_and_cancellation_keep_one_uid_with_a_rising_sequence(page: Client, priya: Learner) -> None:
    ines = somebody(priya, email="ines@northwind.example")
    plan(page, ines.key, agenda="What a useful brief contains")
    meeting = priya.meetings.get()
    shown = visit(page, of(meeting))
    assert "your e-mail address is missing" in shown.text
    assert taken(page, meeting)[0] == "PUBLISH"
    Meeting.objects.update(invited_at=None)
    refused = press(page, shown, "Keep it", action="address/", email="nonsense")
    assert refused.status == 422
    assert "This is no e-mail address." in refused.text
    kept = press(page, shown, "Keep it", action="address/", email="priya@shop.example")
    assert "It comes from priya@shop.example" in kept.text
    method, first, name = taken(page, meeting)
    assert (method, first["SEQUENCE"], 'filename="invitation.ics"' in name) == ("REQUEST", 0, True)
    assert "You took the file on" in visit(page, of(meeting)).text
    changed = press(page, visit(page, f"{of(meeting)}change/"), "Keep the change", at="16:00")
    assert "Send the new file." in changed.text
    press(page, visit(page, f"{of(meeting)}change/"), "Keep the change", at="16:30")  # before it was sent: one change
    method, second, name = taken(page, meeting)
    assert (method, second["SEQUENCE"], 'filename="change-1.ics"' in name) == ("REQUEST", 1, True)
    assert second["DTSTART"].dt.astimezone(UTC) == datetime(2026, 12, 1, 15, 30, tzinfo=UTC)
    off = press(page, visit(page, of(meeting)), "Call it off")
    assert "Send the file that says so." in off.text
    method, last, name = taken(page, meeting)
    assert (method, last["SEQUENCE"], 'filename="cancellation.ics"' in name) == ("CANCEL", 2, True)
    assert str(last["STATUS"]) == "CANCELLED"
    assert len({str(event["UID"]) for event in (first, second, last)}) == 1
    back = press(page, visit(page, of(meeting)), "It takes place after all")
    assert "The meeting stands again. Send the new file." in back.text
    method, again, _ = taken(page, meeting)
    assert (method, again["SEQUENCE"], str(again["STATUS"])) == ("REQUEST", 3, "CONFIRMED")


def test_what_no_calendar_shows_changes_no_invitation(page: Client, priya: Learner) -> None:
    meeting = mark_invited(planned(priya))
    press(page, visit(page, f"{of(meeting)}change/"), "Keep the change", purpose="other", activity="")
    meeting.refresh_from_db()
    assert (meeting.purpose, meeting.sequence, meeting.invited_at is not None) == ("other", 0, True)


def test_a_meeting_that_nobody_was_sent_is_called_off_in_silence(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    off = press(page, visit(page, of(meeting)), "Call it off")
    assert "nothing to send" in off.text
    assert "Called off: 1" in visit(page, LIST).text
    undone = press(page, off, "Undo")
    assert "The meeting stands again." in undone.text
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.cancelled_at) == (0, None)


def test_notes_never_leave_with_the_invitation(page: Client, priya: Learner) -> None:
    meeting = planned(priya, somebody(priya, email="i@n.example", note="Secret one"))
    Meeting.objects.update(notes="Secret two", preparation="## Who\nSecret three", thanks="Secret four")
    assert b"Secret" not in page.post(f"{of(meeting)}invitation/").content


def test_a_meeting_that_is_off_or_was_held_refuses_what_makes_no_sense(priya: Learner) -> None:
    off = cancel_meeting(planned(priya))
    with pytest.raises(UserError, match="called off"):
        change_meeting(off, {"title": "Other"})
    with pytest.raises(UserError, match="called off"):
        hold_meeting(off, MONDAY)
    went = hold_meeting(planned(priya, title="Another"), MONDAY)
    with pytest.raises(UserError, match="took place"):
        cancel_meeting(went)


def test_a_new_title_follows_into_the_contacts(priya: Learner) -> None:
    meeting = hold_meeting(planned(priya), MONDAY)
    change_meeting(meeting, {"title": "A better title"})
    assert [touch.note for touch in priya.touches.all()] == ["A better title"]


def test_what_is_over_and_unmarked_is_asked_for(page: Client, priya: Learner, noon: Callable[[date], None]) -> None:
    planned(priya)
    noon(MONDAY + timedelta(days=3))
    assert "Did it take place?" in visit(page, LIST).section("To follow up")


def test_hostile_words_stay_words(page: Client, priya: Learner) -> None:
    ines = somebody(priya, name="<script>alert(1)</script> \u202eInes")
    shown = plan(page, ines.key, title="<img src=x onerror=alert(2)>", place="javascript:alert(3)", agenda="<b>bold</b>")
    for code in ("<script>alert", "<img", "<b>bold", 'href="javascript'):
        assert code not in shown.html
        assert code not in visit(page, LIST).html


def test_questions_to_the_database_do_not_grow(page: Client, priya: Learner) -> None:
    first = planned(priya)
    few = queries_of(page, LIST)
    for number in range(30):
        at = AT + timedelta(hours=number)
        meeting = plan_meeting(priya, first.person, {"title": f"{number}", "starts_at": at, "zone": "UTC"})
        if number % 3 == 0:
            hold_meeting(meeting, MONDAY)
    assert queries_of(page, LIST) <= few + 1


def test_the_same_meeting_again_takes_what_was_added(page: Client, priya: Learner, here: None) -> None:
    ines = somebody(priya)
    plan(page, ines.key)
    plan(page, ines.key, agenda="What a brief contains")
    plan(page, ines.key)
    assert priya.meetings.get().agenda == "What a brief contains"


def test_no_file_is_promised_for_a_talk_that_was_held(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    mark_invited(meeting)
    hold_meeting(meeting, MONDAY)
    shown = visit(page, f"{of(meeting)}change/")
    assert "they need the new file" not in shown.text
    assert "Send the new file." not in press(page, shown, "Keep the change", title="Another title").text
