"""Promises of both sides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.connect.actions.commitments import add_commitment
from segue.work.connect.models import Commitment, Owed, Person
from segue.work.connect.queries.meetings import open_commitments
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.connect.talking import held, planned, somebody

pytestmark = pytest.mark.usefixtures("noon")

LIST, NEW = "/connect/promises/", "/connect/promises/new/"


def promised(person: Person, what: str, by: str = Owed.ME, due_on: date | None = None, **told: Any) -> Commitment:
    return add_commitment(person, {"by": by, "what": what, "due_on": due_on, "meeting": None, **told})


def test_a_promise_of_a_talk_is_kept_and_done(page: Client, priya: Learner) -> None:
    meeting = held(priya)
    form = visit(page, visit(page, f"/connect/meetings/{meeting.key}/").link("Add a promise"))
    more = press(page, form, "Keep, then another", by="me", what="Send the report", due_on="2026-11-27")
    shown = press(page, more, "Keep it", by="them", what="Introduce me to Jonas")
    assert "by Friday 27 November 2026" in shown.section("What was promised")
    assert "They promised" in shown.section("What was promised")
    done = press(page, shown, "Done")
    assert done.path == f"/connect/meetings/{meeting.key}/"
    assert "done on Monday 23 November 2026" in done.section("What was promised")
    press(page, done, "Undo")
    assert [row.done_on for row in priya.commitments.all()] == [None, None]


def test_mine_and_theirs_stand_apart_overdue_first(page: Client, priya: Learner, noon: Callable[[date], None]) -> None:
    ines = somebody(priya)
    for what, due in (("Whenever", None), ("Friday", MONDAY + timedelta(days=4)), ("Tuesday", MONDAY + timedelta(days=1))):
        promised(ines, what, due_on=due)
    promised(ines, "Theirs", Owed.THEM)
    noon(MONDAY + timedelta(days=2))
    assert [row.what for row in open_commitments(priya, clock.today())] == ["Tuesday", "Friday", "Whenever", "Theirs"]
    mine = visit(page, LIST)
    assert "Tuesday" in mine.section("Overdue")
    assert "Friday" in mine.section("Open")
    assert "Theirs 1" in mine.text
    theirs = visit(page, f"{LIST}?by=them")
    assert "Ines Duarte" in theirs.section("Open")
    done = press(page, theirs, "Done")
    assert done.path == f"{LIST}?by=them"
    assert "Theirs" in done.section("Done")
    assert "Nothing is open on this side." in done.text
    press(page, done, "Not done")
    assert priya.commitments.filter(done_on=None).count() == 4


def test_it_is_changed_dropped_and_brought_back(page: Client, priya: Learner) -> None:
    row = promised(somebody(priya), "Send it", due_on=MONDAY)
    press(page, visit(page, f"{LIST}{row.key}/"), "Keep the change", what="Send the report", due_on="")
    row.refresh_from_db()
    assert (row.what, row.due_on) == ("Send the report", None)
    dropped = press(page, visit(page, f"{LIST}{row.key}/"), "Drop it")
    assert "Nothing is promised" in dropped.text
    assert "The promise is back." in press(page, dropped, "Undo").text
    assert priya.commitments.get().what == "Send the report"
    assert "Nothing is left to bring back" in visit(page, f"{LIST}{row.key}/restore/", method="post").text


def test_a_person_who_is_gone_brings_nothing_back(page: Client, priya: Learner) -> None:
    row = promised(somebody(priya), "Send it")
    dropped = press(page, visit(page, f"{LIST}{row.key}/"), "Drop it")
    priya.people.all().delete()
    assert "the person is gone" in press(page, dropped, "Undo").text


@pytest.mark.parametrize(
    ("change", "words"), [({"what": ""}, "Say what was promised."), ({"due_on": "soon"}, "This is no date.")]
)
def test_what_is_typed_wrongly_is_told_and_stays(page: Client, priya: Learner, change: dict[str, str], words: str) -> None:
    ines = somebody(priya)
    assert visit(page, NEW).heading == "Between you and whom?"
    refused = press(page, visit(page, f"{NEW}?person={ines.key}"), "Keep it", **{"by": "them", "what": "Call", **change})
    assert refused.status == 422
    assert words in refused.text
    assert refused.form("Keep it").values["by"] == "them"


def test_the_same_twice_is_there_once(priya: Learner) -> None:
    ines = somebody(priya)
    assert promised(ines, "Send it").pk == promised(ines, "Send it").pk


def test_questions_to_the_database_do_not_grow(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    promised(ines, "First")
    few = queries_of(page, LIST)
    for number in range(40):
        promised(ines, f"Number {number}")
    assert queries_of(page, LIST) <= few


def test_the_same_promise_in_two_talks_stands_in_both(priya: Learner) -> None:
    meetings = [planned(priya, title=title) for title in ("First", "Second")]
    told = {"by": Owed.ME, "what": "Send the report", "due_on": None}
    for meeting in [*meetings, meetings[0]]:
        add_commitment(meetings[0].person, {**told, "meeting": meeting})
    assert [row.meeting for row in priya.commitments.order_by("id")] == meetings
