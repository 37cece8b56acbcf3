"""The part of an export that month 4 keeps: people, organisations, asks, meetings, insights, promises, contacts, criticism.

A contact file between preview and taking in does not travel, nor does which file a person came from.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from segue.vault.section import ENTRY, Link, Row, Section
from segue.work.connect.models import (
    Ask,
    Commitment,
    FeedbackLog,
    FeedbackPoint,
    Insight,
    Meeting,
    Organisation,
    Person,
    RolePlace,
    Touch,
)

PERSON = Link("person", "people", is_needed=True)
MEETING = Link("meeting", "meetings")


def _key(row: Row) -> object:
    return row["key"]


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_person(row: Row) -> bool:
    """Its tags, and an address that a page may link to."""
    url = row["url"].lower()
    return _are_texts(row["tags"]) and (not url or url.startswith(("https://", "http://")))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError):
        return False
    return True


SECTIONS = (
    Section("organisations", Organisation, ("key", "name", "is_own"), links=(Link("map_entry"),), once=_key),
    Section(
        "people",
        Person,
        (
            *(
                "key",
                "name",
                "team",
                "position",
                "role",
                "relation",
                "cadence_days",
                "how_known",
                "email",
                "phone",
                "url",
                "tags",
            ),
            *("note", "known_since", "source", "source_key", "sort_name", "found_by"),
        ),
        links=(Link("organisation", "organisations"),),
        once=_key,
        is_sound=_is_person,
    ),
    Section(
        "role_places",
        RolePlace,
        ("role", "is_unfilled", "owns", "needs", "annoys"),
        links=(Link("organisation", "organisations", is_needed=True), Link("person", "people")),
        once=lambda row: (row["organisation"], row["role"]),
    ),
    Section(
        "asks",
        Ask,
        (
            *("key", "activity_id", "purpose", "text", "made_on", "needed_on", "sent_on", "reminded_on"),
            *("answer", "answered_on"),
        ),
        links=(PERSON, ENTRY),
        once=_key,
    ),
    Section(
        "meetings",
        Meeting,
        (
            *("key", "activity_id", "purpose", "title", "starts_at", "minutes", "zone", "place", "agenda", "uid", "sequence"),
            *("invited_at", "changed_at", "cancelled_at", "preparation", "notes", "revision", "held_on", "thanks", "thanked_at"),
        ),
        links=(PERSON, Link("ask", "asks"), ENTRY, Link("prep_entry")),
        once=_key,
        is_sound=lambda row: _is_zone(row["zone"]),
    ),
    Section(
        "insights",
        Insight,
        ("key", "on", "direction", "about", "text", "concepts", "for_project"),
        links=(PERSON, MEETING, ENTRY),
        once=_key,
        is_sound=lambda row: _are_texts(row["concepts"]),
    ),
    Section("commitments", Commitment, ("key", "by", "what", "due_on", "done_on"), links=(PERSON, MEETING), once=_key),
    Section("touches", Touch, ("on", "sort", "note"), links=(PERSON,)),
    Section(
        "feedback_points",
        FeedbackPoint,
        ("key", "role", "on", "text", "verdict", "reason", "change", "run", "told_on"),
        links=(Link("person", "people"), MEETING),
        once=_key,
    ),
    Section("feedback_log", FeedbackLog, ("recorded",), links=(ENTRY,), once=lambda row: "one of it"),
)
FREE = frozenset({"tags", "concepts"})
