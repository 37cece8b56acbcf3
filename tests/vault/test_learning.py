"""What months 1 and 2 keep beside the ledger travels with an export, and a file that was edited is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import LAST_REVISION
from segue.vault.actions import take_in
from segue.vault.checking import parse
from segue.vault.document import Document, build
from segue.vault.learning import SECTIONS
from segue.vault.section import Section
from segue.work.build.actions.case_study import keep_case
from segue.work.build.actions.charter import keep_typed

LEFT_OUT = {"id", "learner", "brought_by"}  # the file that somebody came from does not travel


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_no_column_is_forgotten(section: Section) -> None:
    columns = {field.name for field in section.model._meta.concrete_fields}
    links = {link.field for link in section.links}
    assert set(section.fields) | links | (LEFT_OUT & columns) == columns
    assert {name for name in links if not section.model._meta.get_field(name).is_relation} == set()


@pytest.fixture
def document(priya_with_history: Learner) -> Document:
    found: Document = json.loads(json.dumps(build(priya_with_history)))
    return found


def test_every_table_has_rows_to_travel(document: Document) -> None:
    assert {name for name, rows in document["learning"].items() if rows} == {section.name for section in SECTIONS}


def test_what_went_out_comes_in_as_it_was(document: Document, make_learner: Callable[..., Learner]) -> None:
    nina = make_learner("Nina", started=False)
    take_in(nina, parse(json.dumps(document).encode()))
    again = build(nina)
    assert again["learning"] == document["learning"]
    assert [row["entry"] for row in again["learning"]["explanations"]] == [4, None]


def test_an_export_from_before_has_no_such_part(document: Document, make_learner: Callable[..., Learner]) -> None:
    del document["learning"]
    nina = make_learner("Nina", started=False)
    take_in(nina, parse(json.dumps(document).encode()))
    assert not nina.explanations.exists()
    assert nina.entries.count() == 7


def test_a_decision_that_it_is_too_early_to_judge_comes_in(document: Document) -> None:
    edit("decisions.0.verdict", "early")(document)
    edit("case_study.0.recorded", "0123456789abcdef" * 4)(document)
    parse(json.dumps(document).encode())


@pytest.mark.parametrize("revision", [LAST_REVISION + 1, 2**31 - 1])  # the most that each database's column takes
def test_after_a_huge_revision_what_is_typed_is_saved(
    document: Document, make_learner: Callable[..., Learner], revision: int
) -> None:
    for name in ("case_study", "charter", "explanations"):
        edit(f"{name}.0.revision", revision)(document)
    document["drafts"][0]["revision"] = revision
    nina = make_learner("Nina", started=False)
    take_in(nina, parse(json.dumps(document).encode()))
    found = (nina.case_study, nina.charter, nina.explanations.first(), nina.drafts.get(key=document["drafts"][0]["key"]))
    assert {row.revision for row in found if row} == {LAST_REVISION}
    assert keep_case(nina, {"problem": ["More"]}, LAST_REVISION, "w").other is None
    assert keep_typed(nina, {"title": ["More"]}, LAST_REVISION).other is None
    assert nina.case_study.__class__.objects.get(learner=nina).texts["problem"] == ["More"]


def edit(path: str, value: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        *before, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        at: Any = document["learning"]
        for part in before:
            at = at[part]
        at[last] = value

    return change


def double(name: str) -> Callable[[Document], None]:
    return lambda document: document["learning"][name].append(document["learning"][name][-1])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(learning=[]), "“learning” is no object"),
        (lambda d: d["learning"].update(sittings={}), "learning: “sittings” is no list of objects"),
        (edit("explanations.0.entry", 99), "explanations 1: “entry” names no entry"),
        (edit("explanations.0.entry", "4"), "explanations 1: “entry” names no entry"),
        (edit("explanations.0.begun_at", "soon"), "explanations 1: “begun_at”"),
        (edit("explanations.0.passed", "yes"), "explanations 1: “passed”"),
        (edit("parked_topics.0.until", "later"), "parked_topics 1: “until”"),
        (edit("sittings.0.questions", [{"item": "q-model-1", "order": [0, 0, 1]}]), "sittings 1: it can't be read"),
        (edit("sittings.0.questions", "all"), "sittings 1: it can't be read"),
        (edit("sittings.0.answers", {"q-model-1": 9}), "sittings 1: it can't be read"),
        (edit("card_states.0.memory", {}), "card_states 1: it can't be read"),
        (edit("card_states.0.memory.stability", "x"), "card_states 1: it can't be read"),
        (edit("card_reviews.0.before", [1]), "card_reviews 1: it can't be read"),
        (edit("listener_sheets.0.ideas", []), "listener_sheets 1: it can't be read"),
        (edit("listener_sheets.0.ideas.0.text", 7), "listener_sheets 1: it can't be read"),
        (edit("listener_sheets.0.reply.ideas.0.rating", 9), "listener_sheets 1: it can't be read"),
        (edit("listener_sheets.0.reply", None), "listener_sheets 1: it can't be read"),
        (double("listener_sheets"), "listener_sheets 2: the same is there twice"),
        (double("card_states"), "card_states 2: the same is there twice"),
        (double("parked_topics"), "parked_topics 2: the same is there twice"),
        (edit("own_courses.0.key", "ai-for-everyone"), "own_courses 1: it can't be read"),
        (edit("own_courses.0.url", "javascript:alert(1)"), "own_courses 1: it can't be read"),
        (edit("own_courses.0.units.0.hours", -1), "own_courses 1: it can't be read"),
        (edit("own_courses.0.as_of", "today"), "own_courses 1: “as_of”"),
        (edit("charter.0.sheet", {"title": "x"}), "charter 1: it can't be read"),
        (edit("charter.0.sheet.classes", "five"), "charter 1: it can't be read"),
        (edit("charter.0.sheet.kills.0.on", "soon"), "charter 1: it can't be read"),
        (edit("charter.0.typed", {"title": "x"}), "charter 1: it can't be read"),
        (double("charter"), "charter 2: the same is there twice"),
        (edit("scope_changes.0.came_in", [1]), "scope_changes 1: it can't be read"),
        (edit("decisions.0.options", "one"), "decisions 1: it can't be read"),
        (edit("decisions.0.way", "maybe"), "decisions 1: it can't be read"),
        (edit("decisions.0.verdict", "perhaps"), "decisions 1: “verdict”"),
        (edit("decisions.0.verdict", "held"), "decisions 1: it can't be read"),
        (edit("decisions.0.looked_on", "2026-12-21"), "decisions 1: it can't be read"),
        (edit("decisions.1.looked_on", None), "decisions 2: it can't be read"),
        (edit("decisions.1.verdict", ""), "decisions 2: it can't be read"),
        (edit("decisions.1.verdict", "early"), "decisions 2: it can't be read"),
        (edit("decisions.0.revisit_on", "soon"), "decisions 1: “revisit_on”"),
        (edit("case_study.0.texts", {"title": "x"}), "case_study 1: it can't be read"),
        (edit("case_study.0.texts", []), "case_study 1: “texts” is no object"),
        (edit("case_study.0.guarded", [1]), "case_study 1: it can't be read"),
        (edit("case_study.0.figures.figures.0.value", "0.65"), "case_study 1: it can't be read"),
        (edit("case_study.0.figures.made_on", "soon"), "case_study 1: it can't be read"),
        (edit("case_study.0.recorded", "x" * 64), "case_study 1: it can't be read"),
        (edit("case_study.0.recorded", "0" * 64 + "\n"), "case_study 1: it can't be read"),
        (edit("case_study.0.recorded", {}), "case_study 1: it can't be read"),
        (edit("case_study.0.recorded", None), "case_study 1: it can't be read"),
        (edit("case_study.0.revision", 2**63), "case_study 1: “revision” is wrong"),
        (double("case_study"), "case_study 2: the same is there twice"),
        (edit("people.0.organisation", "gone"), "people 1: “organisation” names no row of organisations"),
        (edit("people.0.organisation", 1), "people 1: “organisation” names no row of organisations"),
        (edit("people.0.url", "javascript:alert(1)"), "people 1: it can't be read"),
        (edit("people.0.tags", [1]), "people 1: it can't be read"),
        (edit("people.0.relation", "enemy"), "people 1: “relation”"),
        (edit("people.1.key", 7), "people 2: “key” is no text"),
        (double("people"), "people 3: the same is there twice"),
        (double("role_places"), "role_places 2: the same is there twice"),
        (edit("asks.0.person", None), "asks 1: “person” names no row of people"),
        (edit("meetings.0.ask", "gone"), "meetings 1: “ask” names no row of asks"),
        (edit("meetings.0.prep_entry", 99), "meetings 1: “prep_entry” names no entry"),
        (edit("meetings.0.zone", "Mars/Olympus"), "meetings 1: it can't be read"),
        (edit("meetings.0.starts_at", "2026-12-01T09:00:00"), "meetings 1: “starts_at” has no time zone"),
        (edit("insights.0.concepts", "drift"), "insights 1: it can't be read"),
        (edit("commitments.0.by", "us"), "commitments 1: “by”"),
        (edit("feedback_log.0.entry", 0), "feedback_log 1: “entry” names no entry"),
        (double("feedback_log"), "feedback_log 2: the same is there twice"),
        (edit("review_requests.0.entry", None), "review_requests 1: “entry” names no entry"),
        (edit("review_requests.0.criteria", [{"id": "c1"}]), "review_requests 1: it can't be read"),
        (edit("review_requests.0.secret", "not hex"), "review_requests 1: it can't be read"),
        (edit("review_requests.0.review", 99), "review_requests 1: “review” names no entry"),
        (edit("review_requests.0.replied_at", None), "review_requests 1: it can't be read"),
        (edit("review_requests.0.reply.marks", {"c9": True}), "review_requests 1: it can't be read"),
        (edit("review_requests.0.reply", "yes"), "review_requests 1: it can't be read"),
        (edit("own_cards.0.front", "Another"), "own_cards 1: it can't be read"),
        (edit("own_cards.0.key", 7), "own_cards 1: “key” is no text"),
        (double("own_cards"), "own_cards 3: the same is there twice"),
        (double("own_courses"), "own_courses 2: the same is there twice"),
        (double("recall_pause"), "recall_pause 2: the same is there twice"),
        (double("sittings"), "sittings 2: the same is there twice"),
        (edit("sheets.0.sort", "gone"), "sheets 1: it can't be read"),
        (edit("sheets.0.answers", {"about": 7}), "sheets 1: it can't be read"),
        (edit("sheets.0.law", {"gdpr-dpia": 1}), "sheets 1: it can't be read"),
        (double("sheets"), "sheets 2: the same is there twice"),
        (edit("case_analyses.0.case_id", "enron"), "case_analyses 1: it can't be read"),
        (edit("case_analyses.0.points", {"problem": "won"}), "case_analyses 1: it can't be read"),
        (double("case_analyses"), "case_analyses 2: the same is there twice"),
        (edit("replays.0.weeks", [{}]), "replays 1: it can't be read"),
        (edit("replays.0.plan", {}), "replays 1: it can't be read"),
        (edit("replays.0.decisions", [{"week": 5, "choice": "pray", "why": ""}]), "replays 1: it can't be read"),
        (edit("replays.0.shown", 99), "replays 1: it can't be read"),
        (edit("replays.0.key", "a/b"), "replays 1: it can't be read"),
        (edit("models.0.next_review_on", None), "models 1: it can't be read"),
        (edit("models.0.state", "done"), "models 1: “state”"),
        (edit("models.0.history", [{"on": "soon"}]), "models 1: it can't be read"),
    ],
)
def test_an_edited_file_is_told_with_its_place(document: Document, change: Callable[[Document], None], words: str) -> None:
    change(document)
    with pytest.raises(UserError) as fault:
        parse(json.dumps(document).encode())
    assert words in str(fault.value)
