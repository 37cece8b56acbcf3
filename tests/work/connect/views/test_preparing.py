"""The prep sheet: one's own evidence beside questions of the bank, and three sheets as evidence."""

from __future__ import annotations

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import Work, record_work, withdraw
from segue.schedule.queries import turn_of
from segue.work.connect.actions.meeting import keep_preparation
from segue.work.connect.actions.talks import record_preparation
from segue.work.connect.models import Commitment, FeedbackPoint, Meeting
from segue.work.connect.preparing import Sheet, sheet_from
from segue.work.connect.queries.preparing import prepared
from segue.work.connect.question_bank import bank
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.connect.talking import held, planned, somebody

pytestmark = pytest.mark.usefixtures("noon")

ASKED = bank().roles["data-scientist"][0]


def of(meeting: Meeting) -> str:
    return f"/connect/meetings/{meeting.key}/prepare/"


def test_questions_are_chosen_by_role_and_written(page: Client, priya: Learner) -> None:
    ines = somebody(priya, position="Senior data scientist", how_known="From the reading group")
    meeting = planned(priya, ines)
    shown = visit(page, of(meeting))
    form = shown.form("Keep the sheet")
    assert form.values["who"] == "Senior data scientist, Northwind\nFrom the reading group"
    assert ASKED in form.options["of_role"]
    assert set(bank().purposes["workflow"]) == set(form.options["of_purpose"])
    assert set(bank().everyone) == set(form.options["of_everyone"])
    kept = press(
        page, shown, "Keep the sheet", of_role=ASKED, own="- What is a good Monday?\n\nAnd a bad one?", offer="User quotes"
    )
    sheet = sheet_from(priya.meetings.get().preparation)
    assert sheet.questions == (ASKED, "What is a good Monday?", "And a bad one?")
    assert kept.path == of(meeting)
    assert "And a bad one?" in kept.section("Questions")
    again = visit(page, of(meeting)).form("Keep the sheet").values
    assert again["of_role"] == ASKED
    assert "Preparation" in visit(page, f"/connect/meetings/{meeting.key}/").text
    assert ASKED in visit(page, f"/connect/meetings/{meeting.key}/").section("Preparation")


def test_many_questions_get_a_word(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    own = "\n".join(f"Question {number}?" for number in range(8))
    assert "five questions well" in press(page, visit(page, of(meeting)), "Keep the sheet", own=own).text


@pytest.mark.parametrize(("own", "words"), [("x" * 301, "Line 1 has 301"), ("Why?\n" * 21, "These are 21 questions")])
def test_what_is_typed_wrongly_is_told_and_stays(page: Client, priya: Learner, own: str, words: str) -> None:
    meeting = planned(priya)
    refused = press(page, visit(page, of(meeting)), "Keep the sheet", own=own, offer="User quotes")
    assert refused.status == 422
    assert words in refused.text
    assert refused.form("Keep the sheet").values["offer"] == "User quotes"


def test_without_a_role_the_questions_are_those_for_everyone(page: Client, priya: Learner) -> None:
    form = visit(page, of(planned(priya, somebody(priya, role="")))).form("Keep the sheet")
    assert "of_role" not in form.options
    assert form.options["of_everyone"]


def test_ones_own_evidence_stands_beside_it(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    before = held(priya, ines, insights=1)
    meeting = planned(priya, ines, purpose="project-feedback", title="My project")
    run = Work("run", "Sizes, version 2", MONDAY, body="word " * 60, facts={"items": 200, "metric": "accuracy", "score": 77})
    record_work(priya, Work("run", "An older run", MONDAY, body="word " * 60))
    entry = record_work(priya, run)
    gone = record_work(priya, Work("case-study", "Withdrawn", MONDAY, body="word " * 700))
    withdraw(gone, MONDAY, "A mistake")
    FeedbackPoint.objects.create(learner=priya, key="p", person=ines, on=MONDAY, text="Too few rows.")
    Commitment.objects.create(learner=priya, key="c", person=ines, what="Send the report")
    shown = visit(page, of(meeting))
    along = shown.section("What you take along")
    assert f"Sizes, version 2\nRun, {MONDAY:%A} {MONDAY.day}" in along
    assert "200 rows" in along or "200 items" in along or "200" in along
    assert "An older run" not in along
    assert "Withdrawn" not in along
    assert dict(shown.links)["Sizes, version 2"] == f"/evidence/{entry.number}/"
    assert "Send the report" in shown.section("Open between you")
    assert "Too few rows." in shown.section("Criticism without an answer")
    assert before.insights.get().text[:40] in shown.section("What you heard from them")


def test_three_sheets_become_one_piece_of_evidence(page: Client, priya: Learner) -> None:
    names = ("Ines Duarte", "Jonas Weber", "Aiko Tanaka")
    meetings = [planned(priya, somebody(priya, name), title=f"Talk {name}") for name in names]
    questions = tuple(f"Question {number} for Ines?" for number in range(5))
    for meeting in meetings:
        keep_preparation(
            meeting,
            Sheet("A data scientist", "Where the week goes", questions, "User quotes on a failure, by " + meeting.person.name),
        )
    keys = [meeting.key for meeting in meetings]
    response = page.post("/connect/meetings/sheets/record/", {"meeting": keys}, follow=True)
    assert "The sheets are in the ledger as entry 1." in response.content.decode()
    entry = priya.entries.get()
    assert (entry.kind, entry.activity_id, entry.competencies) == ("prep-sheet", "w14-prepare-talks", ["C7"])
    assert entry.facts == {"questions": 15, "people": 3}
    assert entry.words >= 60
    assert not [name for name in ("Ines", "Jonas", "Tanaka") if name in entry.body]
    turn = turn_of(priya)
    assert turn is not None
    assert turn.progress["w14-prepare-talks"].done
    assert {meeting.prep_entry_id for meeting in priya.meetings.all()} == {entry.pk}
    assert page.post("/connect/meetings/sheets/record/", {"meeting": keys}).status_code == 400
    keep_preparation(meetings[0], Sheet("Other", "", questions, ""))
    page.post("/connect/meetings/sheets/record/", {"meeting": keys})
    assert priya.entries.last().revises == entry  # type: ignore[union-attr]
    fourth = planned(priya, somebody(priya, "Marta Silva"), title="Talk 4")
    keep_preparation(fourth, Sheet("Another"))
    refused = page.post("/connect/meetings/sheets/record/", {"meeting": [*keys, fourth.key]})
    assert refused.status_code == 400
    assert "These are 4 sheets." in refused.content.decode()


def test_a_sheet_of_another_window_is_shown(page: Client, priya: Learner) -> None:
    meeting = planned(priya)
    shown = visit(page, of(meeting))
    press(page, shown, "Keep the sheet", learn="From the phone")
    refused = press(page, shown, "Keep the sheet", learn="From the laptop")
    assert refused.status == 422
    assert "Another window saved this sheet." in refused.text
    assert "From the phone" in refused.text
    assert refused.form("Keep the sheet").values["learn"] == "From the laptop"
    assert press(page, refused, "Keep the sheet").form("Keep the sheet").values["learn"] == "From the laptop"


def test_a_sheet_stands_in_one_entry_alone(page: Client, priya: Learner) -> None:
    ones = [planned(priya, somebody(priya, name), title=name) for name in ("Ines", "Jonas", "Marta S")]
    for meeting in ones:
        keep_preparation(meeting, Sheet("A colleague", f"Topic {len(meeting.title)}", ("Why is that?",), "Help"))
    first, second, third = (meeting.key for meeting in ones)
    both = record_preparation(priya, [first, second])
    newer = record_preparation(priya, [first, third])
    assert newer.revises == both
    turn = turn_of(priya)
    assert turn is not None
    assert {row.meeting.key: row.number for row in prepared(turn, priya)} == {first: 2, second: None, third: 2}
    record_preparation(priya, [second])
    with pytest.raises(UserError, match="in entries"):
        record_preparation(priya, [first, second])


def test_questions_to_the_database_do_not_grow_with_sheets(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    for number in range(2):
        keep_preparation(planned(priya, ines, title=f"Talk {number}"), Sheet("Ines", "Much", ("Why?",), "Help"))
    record_preparation(priya, [meeting.key for meeting in priya.meetings.all()])
    few = queries_of(page, "/connect/meetings/")
    for number in range(2, 12):
        row = planned(priya, ines, title=f"Talk {number}")
        keep_preparation(row, Sheet("Ines", "Much", (f"Why {number}?",), "Help"))
        record_preparation(priya, [row.key])
    assert queries_of(page, "/connect/meetings/") <= few
