"""Insights: kept, found again, passed on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import withdraw
from segue.schedule.queries import turn_of
from segue.work.connect.actions.insights import add_insight, change_insight, drop_insight, record_insight
from segue.work.connect.models import About, Direction, Insight, Person, TouchSort
from tests.browsing import press, visit
from tests.conftest import MONDAY
from tests.counting import queries_of
from tests.work.connect.talking import LEARNT, held, insight, somebody

pytestmark = pytest.mark.usefixtures("noon")

LIST, NEW = "/connect/insights/", "/connect/insights/new/"


def kept(person: Person, text: str, **told: Any) -> Insight:
    fields = {"text": text, "direction": Direction.RECEIVED, "about": About.WORKFLOW, "for_project": False, "concepts": []}
    return add_insight(person, {**fields, "on": MONDAY, "meeting": None, **told})


def test_an_insight_of_a_talk_is_kept_with_its_concepts(page: Client, priya: Learner) -> None:
    meeting = held(priya, insights=0)
    form = visit(page, visit(page, f"/connect/meetings/{meeting.key}/").link("Add an insight"))
    assert form.form("Keep it").values["on"] == str(MONDAY)
    told = {"text": LEARNT, "about": "pipeline", "concept_1": "embedding", "concept_2": "data-leakage", "for_project": "on"}
    more = press(page, form, "Keep, then another", **told)
    assert LEARNT in more.section("Of this talk")
    press(page, more, "Keep it", text="A second one.")
    first, second = priya.insights.order_by("id")
    assert (first.about, first.for_project, first.meeting, first.direction) == ("pipeline", True, meeting, "received")
    assert len(first.concepts) == 2
    assert second.text == "A second one."
    assert LEARNT in visit(page, f"/connect/meetings/{meeting.key}/").section("What you learnt")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "Write it down."),
        ({"concept_1": "flux capacitor"}, "There is no concept “flux capacitor”"),
        ({"on": "2027-01-01"}, "This day has not come yet."),
        ({"text": "x" * 2001}, "2,000 is the most"),
    ],
)
def test_what_is_typed_wrongly_is_told_and_stays(page: Client, priya: Learner, change: dict[str, str], words: str) -> None:
    ines = somebody(priya)
    refused = press(
        page, visit(page, f"{NEW}?person={ines.key}"), "Keep it", **{"text": LEARNT, "concept_2": "data-leakage", **change}
    )
    assert refused.status == 422
    assert words in refused.text
    assert refused.form("Keep it").values["concept_2"] == "data-leakage"


def test_without_a_person_one_is_chosen_first(page: Client, priya: Learner) -> None:
    somebody(priya)
    shown = visit(page, visit(page, LIST).link("Add an insight"))
    assert shown.heading == "Who told you?"
    assert visit(page, shown.link("Ines Duarte")).heading == "Add an insight"


def test_passing_on_is_giving_and_becomes_evidence(page: Client, priya: Learner) -> None:
    meeting = held(priya, insights=1)
    jonas = somebody(priya, "Jonas Weber", role="ml-engineer")
    chosen = visit(page, visit(page, LIST).link("Pass it on"))
    assert chosen.heading == "Pass it on to whom?"
    form = visit(page, chosen.link("Jonas Weber"))
    values = form.form("Keep it").values
    assert (values["direction"], values["text"]) == ("given", f"{LEARNT} (0)")
    given = press(page, form, "Keep it", text=f"Jonas should know: {LEARNT}")
    assert "It counts as something that you gave Jonas Weber." in given.text
    assert given.path == LIST
    assert jonas.touches.get().sort == TouchSort.GAVE
    press(page, given, "Record it")
    entry = priya.entries.get()
    assert (entry.kind, entry.activity_id, entry.competencies) == ("insight", "w15-give-and-ask", ["C7"])
    assert entry.facts == {"direction": "given"}
    assert entry.words >= 20
    assert "Jonas" not in entry.body + entry.title
    assert "ML or software engineer" in entry.body
    turn = turn_of(priya)
    assert turn is not None
    assert next((y.kind, y.count) for y in turn.progress["w15-give-and-ask"].ahead) == ("insight", 2)
    assert "Entry 1" in visit(page, LIST).text
    with pytest.raises(UserError, match="as entry 1"):
        record_insight(jonas.insights.get())
    with pytest.raises(UserError, match="passed on"):
        record_insight(meeting.insights.get())


def test_too_short_to_be_evidence_is_said(page: Client, priya: Learner) -> None:
    row = kept(somebody(priya), "They wait.", direction=Direction.GIVEN)
    assert "more and it counts as evidence" in visit(page, LIST).text
    with pytest.raises(UserError, match="more and it counts"):
        record_insight(row)


def test_the_contact_follows_what_is_changed_and_dropped(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    row = kept(ines, "They wait.", direction=Direction.GIVEN)
    change_insight(row, {"text": "They wait for data."})
    assert [touch.note for touch in ines.touches.all()] == ["An insight: They wait for data."]
    dropped = press(page, visit(page, LIST), "Drop")
    assert not ines.touches.exists()
    assert not priya.insights.exists()
    back = press(page, dropped, "Undo")
    assert "The insight is back." in back.text
    assert priya.insights.get().key == row.key
    assert ines.touches.count() == 1
    press(page, visit(page, f"{LIST}{row.key}/"), "Keep the change", direction="received")
    assert not ines.touches.exists()
    assert "Nothing is left to bring back" in visit(page, f"{LIST}{row.key}/restore/", method="post").text


def test_they_are_found_by_what_they_are_about(page: Client, priya: Learner) -> None:
    ines, jonas = somebody(priya), somebody(priya, "Jonas Weber", role="ml-engineer")
    kept(ines, "Size charts are stale.", about=About.PIPELINE, concepts=["data-leakage"], for_project=True)
    kept(jonas, "Rollback takes a day.", about=About.DEPLOYMENT)
    kept(jonas, "Quotes for the team.", direction=Direction.GIVEN)
    for query, found in (
        ("about=pipeline", ["Size"]),
        ("role=ml-engineer", ["Rollback", "Quotes"]),
        ("concept=data-leakage", ["Size"]),
        ("project=yes", ["Size"]),
        ("direction=given", ["Quotes"]),
        ("q=weber+DAY", ["Rollback"]),
        ("q=zzz", []),
        ("about=nonsense", []),
    ):
        text = visit(page, f"{LIST}?{query}").text
        assert [word for word in ("Size charts", "Rollback takes", "Quotes for") if word in text] == [
            word for word in ("Size charts", "Rollback takes", "Quotes for") if word.split()[0] in found
        ], query
    assert ("Data leakage", "/learn/concepts/data-leakage/") in visit(page, LIST).links


def test_the_same_twice_is_there_once(priya: Learner) -> None:
    ines = somebody(priya)
    assert kept(ines, "They wait.").pk == kept(ines, "They wait.").pk


def test_questions_to_the_database_do_not_grow(page: Client, priya: Learner) -> None:
    ines = somebody(priya)
    kept(ines, "First")
    few = queries_of(page, LIST)
    for number in range(40):
        kept(ines, f"Number {number}", concepts=["data-leakage"])
    assert queries_of(page, LIST) <= few


def test_hostile_words_stay_words(page: Client, priya: Learner) -> None:
    insight(held(priya, insights=0), "<script>alert(1)</script><img src=x onerror=alert(2)>")
    html = visit(page, LIST).html
    assert "<script>alert" not in html
    assert "<img" not in html


def test_the_same_again_is_said_as_the_second_time(priya: Learner) -> None:
    ines = somebody(priya)
    first = kept(ines, "They wait.")
    kept(ines, "They wait.", about=About.PAIN, concepts=["data-leakage"])
    first.refresh_from_db()
    assert (priya.insights.count(), first.about, first.concepts) == (1, "pain", ["data-leakage"])


def test_two_gifts_that_begin_alike_are_taken_back_one_by_one(priya: Learner) -> None:
    ines, alike = somebody(priya), "The same words at the beginning of something long " * 6
    first, second = (kept(ines, f"{alike}{number}", direction=Direction.GIVEN) for number in range(2))
    drop_insight(first)
    assert priya.touches.filter(sort=TouchSort.GAVE).count() == 1
    drop_insight(second)
    assert not priya.touches.filter(sort=TouchSort.GAVE).exists()


def test_an_insight_whose_entry_was_withdrawn_can_be_recorded_again(page: Client, priya: Learner) -> None:
    row = kept(somebody(priya), LEARNT * 3, direction=Direction.GIVEN)
    entry = record_insight(row)
    assert ("Entry 1", "/evidence/1/") in visit(page, LIST).links
    withdraw(entry, MONDAY, "Too early")
    again = press(page, visit(page, LIST), "Record it")
    assert "The insight is in the ledger as entry" in again.text
