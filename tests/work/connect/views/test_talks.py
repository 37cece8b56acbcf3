"""After a talk: thanks within two days, then evidence that follows what happens later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import Work, record_work
from segue.schedule.queries import turn_of
from segue.shared import clock
from segue.work.connect.actions.commitments import add_commitment
from segue.work.connect.actions.meeting import send_thanks
from segue.work.connect.actions.talks import record_talk
from segue.work.connect.models import Commitment, Insight, Meeting, Owed, TouchSort
from segue.work.connect.queries.meetings import follow_ups_due
from segue.work.connect.queries.talks import allowed_quotes, evidence_of
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.work.connect.talking import LEARNT, held, insight, planned, somebody

pytestmark = pytest.mark.usefixtures("noon")

ONES = ("data-scientist", "ml-engineer")


def of(meeting: Meeting) -> str:
    return f"/connect/meetings/{meeting.key}/"


def at(hours: int) -> datetime:
    """So many hours after a talk at nine that took half an hour."""
    return datetime(2026, 11, 23, 9, 30, tzinfo=UTC) + timedelta(hours=hours)


def test_thanks_begin_with_what_was_learnt_and_are_a_contact(page: Client, priya: Learner) -> None:
    meeting = held(priya)
    add_commitment(meeting.person, {"by": Owed.ME, "what": "send the report", "due_on": None, "meeting": meeting})
    shown = visit(page, f"{of(meeting)}thanks/")
    begun = shown.form("It is sent").values["text"]
    assert begun.startswith("Hello Ines,\n\nThank you for the half hour on Monday.")
    assert LEARNT in begun
    assert "send the report" in begun
    kept = press(page, shown, "Keep it for now", text="Hello Ines, thank you.", sent_at="")
    assert kept.form("It is sent").values["text"] == "Hello Ines, thank you."
    assert not priya.touches.filter(sort=TouchSort.THANKS).exists()
    sent = press(page, kept, "It is sent", sent_at="2026-11-23T09:45")
    assert "Noted, and logged as a contact." in sent.text
    assert "within 48 hours" in sent.section("Thanks")
    meeting.refresh_from_db()
    assert meeting.thanked_at == datetime(2026, 11, 23, 9, 45).astimezone()
    assert priya.touches.filter(sort=TouchSort.THANKS, on=MONDAY).count() == 1
    undone = press(page, sent, "Undo")
    assert "Write thanks" in undone.section("Thanks")
    assert not priya.touches.filter(sort=TouchSort.THANKS).exists()


def test_late_thanks_are_said_to_be_late(page: Client, priya: Learner, noon: Callable[[date], None]) -> None:
    meeting = held(priya)
    noon(MONDAY + timedelta(days=4))
    assert "48 hours are over" in visit(page, "/connect/meetings/").section("To follow up")
    sent = press(page, visit(page, f"{of(meeting)}thanks/"), "It is sent", sent_at="2026-11-26T10:00")
    assert "Later than 48 hours" in sent.text


@pytest.mark.parametrize(
    ("sent_at", "words"),
    [
        ("2026-11-30T10:00", "still to come"),
        ("2026-11-20T10:00", "thanks come after it"),
        ("soon", "Write it as"),
        ("0001-01-01T00:00", "in that year"),
        ("9999-12-31T23:59", "in that year"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(page: Client, priya: Learner, sent_at: str, words: str) -> None:
    refused = press(page, visit(page, f"{of(held(priya))}thanks/"), "It is sent", text="Thank you", sent_at=sent_at)
    assert refused.status == 422
    assert words in refused.text
    assert refused.form("It is sent").values["text"] == "Thank you"


def test_what_is_due_stands_first_due_first(priya: Learner, noon: Callable[[date], None]) -> None:
    late = held(priya, title="Late")
    noon(MONDAY + timedelta(days=40))
    assert follow_ups_due(priya, clock.now()) == ()
    soon = held(priya, somebody(priya, "Jonas"), title="Soon", starts_at=at(-2), minutes=60)
    noon(MONDAY)
    due = follow_ups_due(priya, at(3))
    assert [(row.meeting, row.state, row.due_at) for row in due] == [(soon, "open", at(47)), (late, "open", at(48))]
    assert [row.state for row in follow_ups_due(priya, at(48))] == ["overdue", "open"]


def test_a_talk_becomes_evidence_by_the_role_alone(page: Client, priya: Learner) -> None:
    meeting = held(priya)
    add_commitment(meeting.person, {"by": Owed.ME, "what": "Ask Ines about the report", "due_on": MONDAY, "meeting": meeting})
    Meeting.objects.update(notes="secret\n> We mostly guess.\n> Ines says no.")
    shown = visit(page, visit(page, of(meeting)).link("Look and record"))
    form = shown.form("Record the talk")
    assert form.values["activity"] == "w15-talk-data-scientist"
    assert form.options["quotes"] == ["We mostly guess.", "Ines says no."]
    assert "We mostly guess." not in shown.section("The talk as evidence")
    looked = press(page, shown, "Look again", quotes="We mostly guess.")
    assert "We mostly guess." in looked.section("In their words")
    done = press(page, looked, "Record the talk", quotes="We mostly guess.")
    entry = priya.entries.get()
    assert entry.facts == {"role": "data-scientist", "purpose": "workflow", "insights": 2, "follow_up": "open"}
    assert (entry.activity_id, entry.competencies, entry.on, entry.minutes) == ("w15-talk-data-scientist", ["C7"], MONDAY, 30)
    assert entry.title == "Talk with a data scientist: how they work"
    assert "> We mostly guess." in entry.body
    assert "Ask somebody about the report, by Monday 23 November 2026" in entry.body
    assert "Ines" not in entry.body
    assert "secret" not in entry.body
    assert entry.confidentiality == "private"
    turn = turn_of(priya)
    assert turn is not None
    assert turn.progress["w15-talk-data-scientist"].done
    assert "says what there is to say" in done.section("Evidence")


def test_with_their_leave_the_name_stays(page: Client, priya: Learner) -> None:
    meeting = held(priya)
    press(page, visit(page, f"{of(meeting)}record/"), "Record the talk", is_named="on")
    entry = priya.entries.get()
    assert entry.title == "Talk with Ines Duarte: how they work"
    assert "Ines Duarte, Data scientist" in entry.body
    assert "says what there is to say" in visit(page, of(meeting)).section("Evidence")


def test_too_few_words_are_counted_before(page: Client, priya: Learner) -> None:
    meeting = held(priya, insights=0)
    insight(meeting, "They wait.")
    shown = visit(page, of(meeting)).section("Evidence")
    assert "it counts from 60 on" in shown
    refused = press(page, visit(page, f"{of(meeting)}record/"), "Record the talk")
    assert refused.status == 422
    assert "more and it counts" in refused.text
    assert not priya.entries.exists()


def test_thanks_that_come_later_are_a_new_version(page: Client, priya: Learner, noon: Callable[[date], None]) -> None:
    meeting = held(priya)
    record_talk(meeting, "w15-talk-data-scientist")
    noon(MONDAY + timedelta(days=1))
    meeting.refresh_from_db()
    sent = press(page, visit(page, f"{of(meeting)}thanks/"), "It is sent", sent_at="2026-11-24T08:00")
    assert "record a new version" in sent.text
    assert "Since then something changed here" in sent.section("Evidence")
    form = visit(page, f"{of(meeting)}record/")
    assert form.form("Record a new version").values["activity"] == "w15-talk-data-scientist"
    press(page, form, "Record a new version")
    first, second = priya.entries.order_by("number")
    assert second.revises == first
    assert second.facts["follow_up"] == "within-48h"
    assert second.on == MONDAY + timedelta(days=1)
    assert second.minutes == 0
    turn = turn_of(priya)
    assert turn is not None
    assert len(turn.ledger.artefacts) == 1
    assert "says what there is to say" in visit(page, of(meeting)).section("Evidence")
    refused = press(page, visit(page, f"{of(meeting)}record/"), "Record a new version")
    assert "in the ledger as it stands, as entry 2" in refused.text


def test_a_text_written_on_in_the_ledger_is_not_written_over(priya: Learner) -> None:
    meeting = held(priya)
    first = record_talk(meeting, "w15-talk-data-scientist")
    own = Work(
        "conversation",
        "My title",
        MONDAY,
        first.activity_id,
        ("C7",),
        "My own words. " * 30,
        facts={**first.facts, "insights": 3},
    )
    record_work(priya, own, revises=first)
    meeting = Meeting.objects.get()
    with pytest.raises(UserError, match="as it stands"):
        record_talk(Meeting.objects.get(), "w15-talk-data-scientist") if meeting.insights.count() == 3 else _same(meeting)
    send_thanks(meeting, "Thank you", clock.now())
    third = record_talk(Meeting.objects.get(), "w15-talk-data-scientist")
    assert (third.title, third.body) == ("My title", own.body)
    assert third.facts["follow_up"] == "within-48h"


def _same(meeting: Meeting) -> None:
    insight(meeting, "A third one.")
    record_talk(Meeting.objects.get(), "w15-talk-data-scientist")


def test_a_talk_that_did_not_take_place_is_no_evidence(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    for path in ("thanks/", "record/"):
        assert visit(page, of(meeting) + path).path == of(meeting)
    with pytest.raises(UserError, match="did not take place yet"):
        record_talk(meeting, "")
    with pytest.raises(UserError, match="did not take place yet"):
        send_thanks(meeting, "Thank you", clock.now())


@pytest.mark.parametrize(
    ("role", "purpose", "activity", "proves"),
    [
        ("ml-engineer", "workflow", "w15-talk-ml-engineer", ["C7", "C5"]),
        ("ai-pm", "project-feedback", "w16-show-ai-pm", ["C7"]),
        ("ai-pm", "informational", "w24", ["T", "C7"]),
        ("security", "workflow", "", ["C7"]),
        ("", "informational", "", ["T", "C7"]),
    ],
)
def test_the_activity_is_the_one_that_fits(
    page: Client, priya: Learner, role: str, purpose: str, activity: str, proves: list[str]
) -> None:
    meeting = held(priya, somebody(priya, role=role), purpose=purpose)
    chosen = visit(page, f"{of(meeting)}record/").form("Record the talk").values["activity"]
    assert chosen.startswith(activity)
    assert bool(chosen) is bool(activity)
    press(page, visit(page, f"{of(meeting)}record/"), "Record the talk")
    entry = priya.entries.get()
    assert (entry.activity_id, entry.competencies) == (chosen, proves)
    assert ("role" in entry.facts) is bool(role)


def test_a_second_talk_of_a_kind_goes_to_no_activity_that_is_done(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    record_talk(held(priya, ines), "w15-talk-data-scientist")
    second = held(priya, ines, title="Again", starts_at=at(1))
    assert visit(page, f"{of(second)}record/").form("Record the talk").values["activity"] == ""


def test_ten_contacts_and_no_confirmation_leave_c7_at_level_1(priya: Learner) -> None:
    record_work(
        priya, Work("role-map", "Roles", MONDAY, competencies=("C7",), body="word " * 120, facts={"roles": 7, "unfilled": 1})
    )
    for number in range(10):
        person = somebody(priya, f"Person {number}", role=ONES[number % 2])
        record_talk(held(priya, person, title=f"Talk {number}"), "")
    level, missing = level_of_c7(priya)
    assert level == 1
    assert {"Six conversations across four roles, each with an insight", "Six conversations followed up within 48 hours"} <= {
        *missing
    }
    for meeting in priya.meetings.all():  # with thanks in time the talks count, and still two roles are not four
        send_thanks(meeting, "Thank you", clock.now())
        record_talk(Meeting.objects.get(pk=meeting.pk), "")
    level, missing = level_of_c7(priya)
    assert level == 1
    assert "Six conversations across four roles, each with an insight" in missing
    for person, role in zip(priya.people.all(), ("ai-pm", "designer", "security", "support"), strict=False):
        type(person).objects.filter(pk=person.pk).update(role=role)
        record_talk(Meeting.objects.get(person=person), "")
    assert level_of_c7(priya) == (1, ["1 piece of evidence reviewed by a named person"])


def level_of_c7(learner: Learner) -> tuple[int, list[str]]:
    """The level, and what is missing for the next."""
    turn = turn_of(learner)
    assert turn is not None
    found = next(result for result in turn.readiness.results if result.competency.id == "C7")
    return found.level, [line.text for line in found.levels[found.level].lines if line.missing]


def test_deleting_a_person_leaves_the_ledger(priya: Learner) -> None:
    meeting = held(priya)
    entry = record_talk(meeting, "")
    meeting.person.delete()
    assert not Insight.objects.exists()
    assert not Commitment.objects.exists()
    entry.refresh_from_db()
    assert entry.facts["role"] == "data-scientist"


def test_a_name_that_is_a_month_leaves_the_days_alone(priya: Learner) -> None:
    meeting = held(priya, somebody(priya, "November Rain"), insights=1)
    insight(meeting, "November told me that they wait for data.")
    Meeting.objects.update(notes="> November never comes.")
    entry = record_talk(meeting, "", ["November never comes."])
    assert "on Monday 23 November 2026" in entry.body
    assert "- somebody told me" in entry.body
    assert "> somebody never comes." in entry.body
    meeting.refresh_from_db()
    assert allowed_quotes(meeting, entry) == ("November never comes.",)
    assert not evidence_of(meeting, clock.now()).is_changed


def test_thanks_of_two_windows_are_both_kept(page: Client, priya: Learner) -> None:
    meeting = held(priya)
    shown = visit(page, f"{of(meeting)}thanks/")
    press(page, shown, "Keep it for now", text="From the phone", sent_at="")
    refused = press(page, shown, "It is sent", text="From the laptop")
    assert refused.status == 422
    assert "From the phone" in refused.text
    assert refused.form("It is sent").values["text"] == "From the laptop"
    press(page, refused, "It is sent", text="From both", sent_at="2026-11-23T09:45")
    meeting.refresh_from_db()
    assert (meeting.thanks, meeting.thanked_at is not None) == ("From both", True)


def test_unfinished_thanks_are_pointed_at(page: Client, priya: Learner) -> None:
    sent = press(page, visit(page, f"{of(held(priya))}thanks/"), "It is sent", sent_at="2026-11-23T09:45")
    assert "A sentence of the text kept here is not finished." in sent.text
