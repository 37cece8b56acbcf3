"""The part of an export that the months keep beside the ledger: explanations, tests, cards, courses, the charter, decisions,
the case study.

An export that was made before there was such a part has none, and is read all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from segue.courses.models import OWN_KEY, OwnCourse
from segue.courses.units import are_units
from segue.vault import applying, asked, deepened, relationships
from segue.vault.section import ENTRY, Row, Section
from segue.work.build.decisions import WAYS
from segue.work.build.models import CaseStudy, Charter, LoggedDecision, ScopeChange, Verdict
from segue.work.build.run_figures import is_row
from segue.work.build.sheet import is_sheet
from segue.work.learn.models import CardState, Explanation, ListenerSheet, OwnCard, ParkedTopic, RecallPause, Review, Sitting
from segue.work.learn.notes import key_of
from segue.work.learn.replies import MOST_IDEAS, is_reply
from segue.work.learn.scheduling import is_memory

_CHECKSUM = re.compile(r"(?:[0-9a-f]{64})?")


def _is_question(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("item"), str):
        return False
    order = value.get("order")
    return isinstance(order, list) and all(type(place) is int for place in order) and sorted(order) == list(range(len(order)))


def _is_sitting(row: Row) -> bool:
    questions, answers = row["questions"], row["answers"]
    if not isinstance(questions, list) or not all(map(_is_question, questions)) or not isinstance(answers, dict):
        return False
    return all(answer is None or (type(answer) is int and 0 <= answer < 4) for answer in answers.values())


def _is_sheet(row: Row) -> bool:
    ideas, reply = row["ideas"], row["reply"]
    if not isinstance(ideas, list) or not 1 <= len(ideas) <= MOST_IDEAS or not all(map(_is_told, ideas)):
        return False
    return reply is None if row["replied_on"] is None else is_reply(reply, len(ideas))


def _is_told(idea: object) -> bool:
    if not isinstance(idea, dict) or not isinstance(idea.get("said_back", False), bool):
        return False
    return all(isinstance(idea.get(name), str) for name in ("concept", "name", "text"))


def _only(row: Row) -> object:
    return "one of it"


def _is_charter(row: Row) -> bool:
    typed = row["typed"]
    return (
        isinstance(typed, dict) and all(map(_are_texts, typed.values())) and is_sheet(row["sheet"]) and is_sheet(row["recorded"])
    )


def _is_change(row: Row) -> bool:
    return _are_texts(row["came_in"]) and _are_texts(row["went_out"])


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_decision(row: Row) -> bool:
    """Its lists and words, and that somebody has looked at it just where it has a verdict that stays."""
    was_looked_at = row["verdict"] not in ("", Verdict.EARLY)
    return _are_texts(row["options"]) and row["way"] in ("", *dict(WAYS)) and was_looked_at == (row["looked_on"] is not None)


def _is_case(row: Row) -> bool:
    recorded = isinstance(row["recorded"], str) and bool(_CHECKSUM.fullmatch(row["recorded"]))
    return recorded and all(map(_are_texts, row["texts"].values())) and is_row(row["figures"]) and _are_texts(row["guarded"])


def _is_course(row: Row) -> bool:
    key, url = row["key"], row["url"]
    address = isinstance(url, str) and (not url or url.lower().startswith(("https://", "http://")))
    return isinstance(key, str) and bool(OWN_KEY.fullmatch(key)) and address and are_units(row["units"])


SECTIONS = (
    Section(
        "explanations",
        Explanation,
        ("concept_id", "text", "revision", "begun_at", "saved_at", "passed"),
        links=(ENTRY,),
        once=lambda row: row["concept_id"] if row["entry"] is None else None,
    ),
    Section("parked_topics", ParkedTopic, ("concept_id", "until"), once=lambda row: row["concept_id"]),
    Section(
        "sittings",
        Sitting,
        ("tier", "questions", "answers", "begun_at", "score"),
        links=(ENTRY,),
        once=lambda row: row["tier"] if row["entry"] is None else None,
        is_sound=_is_sitting,
    ),
    Section(
        "card_states",
        CardState,
        ("card_id", "memory", "due_at", "reviews"),
        once=lambda row: row["card_id"],
        is_sound=lambda row: is_memory(row["memory"]),
    ),
    Section(
        "card_reviews",
        Review,
        ("card_id", "rating", "reviewed_at", "before", "undone"),
        is_sound=lambda row: row["before"] is None or is_memory(row["before"]),
    ),
    Section(
        "listener_sheets",
        ListenerSheet,
        ("token", "ideas", "made_on", "until", "reply", "replied_on"),
        links=(ENTRY,),
        once=lambda row: row["token"],
        is_sound=_is_sheet,
    ),
    Section(
        "charter",
        Charter,
        ("sheet", "recorded", "typed", "revision", "saved_at"),
        links=(ENTRY,),
        once=_only,
        is_sound=_is_charter,
    ),
    Section("scope_changes", ScopeChange, ("on", "came_in", "went_out", "score"), is_sound=_is_change),
    Section(
        "decisions",
        LoggedDecision,
        ("made_on", "title", "choice", "way", "options", "why", "expects", "revisit_on", "outcome", "verdict", "looked_on"),
        links=(ENTRY,),
        is_sound=_is_decision,
    ),
    Section(
        "case_study",
        CaseStudy,
        ("texts", "revision", "saved_at", "analysis", "version", "figures", "guarded", "recorded"),
        links=(ENTRY,),
        once=_only,
        is_sound=_is_case,
    ),
    Section(
        "own_cards",
        OwnCard,
        ("key", "front", "back", "concept_id", "kept"),
        once=lambda row: row["key"],
        is_sound=lambda row: all(isinstance(row[name], str) for name in ("key", "front")) and row["key"] == key_of(row["front"]),
    ),
    Section(
        "own_courses",
        OwnCourse,
        ("key", "title", "provider", "cost", "needs", "url", "note", "units", "as_of"),
        once=lambda row: row["key"],
        is_sound=_is_course,
    ),
    Section("recall_pause", RecallPause, ("until",), once=_only),
    *asked.SECTIONS,
    *relationships.SECTIONS,
    *deepened.SECTIONS,
    *applying.SECTIONS,
)
# Checked by ``is_sound``, since JSON may hold more than an object.
FREE = frozenset(
    {"questions", "answers", "memory", "before", "ideas", "reply", "units", "sheet", "recorded", "typed", "came_in", "went_out"}
    | {"options", "guarded"}
    | asked.FREE
    | relationships.FREE
    | deepened.FREE
    | applying.FREE
)


def rows_in(document: Row, section: Section) -> list[dict[str, Any]]:
    """The rows of a section; none where the export is older than it."""
    found: list[dict[str, Any]] = document.get("learning", {}).get(section.name, [])
    return found


def faults_between(document: Row, entries: int) -> Iterator[str]:
    """What no single value shows: rows that name no other, that are there twice, or whose content makes no sense."""
    keys = {section.name: frozenset(_keys_in(document, section)) for section in SECTIONS}
    for section in SECTIONS:
        seen: set[object] = set()
        for number, row in enumerate(rows_in(document, section), 1):
            place = f"{section.name} {number}"
            if lost := list(section.faults(row, entries, keys)):
                yield f"{place}: {lost[0]}"
                continue
            key = section.once({"entry": None, **row})
            if key is not None and key in seen:
                yield f"{place}: the same is there twice"
            seen.add(key)
            if not section.is_sound(row):
                yield f"{place}: it can't be read"


def _keys_in(document: Row, section: Section) -> Iterator[str]:
    return (key for row in rows_in(document, section) if isinstance(key := row.get("key"), str))
