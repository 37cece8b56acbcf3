"""The part of an export that month 6 keeps: résumés, ads, applications, gaps, closing, portfolio."""

from __future__ import annotations

import re

from segue.vault.section import ENTRY, Link, Row, Section
from segue.work.transition.models import (
    Application,
    Closing,
    GapTask,
    JobAd,
    Portfolio,
    Resume,
    ResumeVersion,
)
from segue.work.transition.resume.json_form import is_document

_CHECKSUM = re.compile(r"(?:[0-9a-f]{64})?")
_KEY = re.compile(r"[\w-]{1,16}", re.ASCII)


def _key(row: Row) -> object:
    return row["key"]


def _only(row: Row) -> object:
    del row
    return "only"


def _is_keyed(row: Row) -> bool:
    return isinstance(row["key"], str) and bool(_KEY.fullmatch(row["key"]))


def _is_checksum(value: object) -> bool:
    return isinstance(value, str) and bool(_CHECKSUM.fullmatch(value))


def _are_words(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(name, str) and isinstance(text, str) for name, text in value.items())


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_resume(row: Row) -> bool:
    return _is_keyed(row) and is_document(row["document"]) and _is_checksum(row["recorded"])


def _is_version(row: Row) -> bool:
    return _is_keyed(row) and is_document(row["document"])


def _is_ad(row: Row) -> bool:
    return _is_keyed(row) and _is_web(row["link"]) and _are_texts(row["claimed"])


def _is_web(link: object) -> bool:
    return isinstance(link, str) and (not link or link.lower().startswith(("https://", "http://")))


def _is_application(row: Row) -> bool:
    steps = row["history"]
    return isinstance(steps, list) and all(_are_words(step) and {"on", "state", "says"} <= set(step) for step in steps)


def _is_closing(row: Row) -> bool:
    right = isinstance(row["right"], dict) and all(map(_are_words, row["right"].values()))
    return right and _are_words(row["decision"]) and _are_words(row["recorded"])


def _is_portfolio(row: Row) -> bool:
    return isinstance(row["pieces"], list) and all(map(_is_piece, row["pieces"])) and _is_checksum(row["recorded"])


def _is_piece(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"number", "says", "hidden"}:
        return False
    return type(value["number"]) is int and isinstance(value["says"], str) and _are_texts(value["hidden"])


RESUME = Link("resume", "resumes", is_needed=True)
AD = Link("ad", "job_ads", is_needed=True)
VERSION = Link("version", "resume_versions")
SECTIONS = (
    Section(
        "resumes",
        Resume,
        ("key", "name", "role", "document", "window", "revision", "saved_at", "recorded"),
        links=(ENTRY,),
        once=_key,
        is_sound=_is_resume,
    ),
    Section(
        "resume_versions",
        ResumeVersion,
        ("key", "number", "document", "note", "is_final", "made_at"),
        links=(RESUME,),
        once=_key,
        is_sound=_is_version,
    ),
    Section("job_ads", JobAd, ("key", "title", "company", "link", "text", "found_on", "claimed"), once=_key, is_sound=_is_ad),
    Section(
        "applications",
        Application,
        ("state", "who", "next_step", "next_on", "history"),
        links=(AD, VERSION),
        once=lambda row: row["ad"],
        is_sound=_is_application,
    ),
    Section(
        "gap_tasks",
        GapTask,
        ("key", "subject", "what", "hours", "person", "due_on", "activity_id", "closed_on"),
        once=_key,
        is_sound=_is_keyed,
    ),
    Section(
        "closing",
        Closing,
        ("right", "holds", "decision", "window", "revision", "saved_at", "recorded"),
        links=(Link("report"), Link("plan"), Link("decided")),
        once=_only,
        is_sound=_is_closing,
    ),
    Section(
        "portfolio",
        Portfolio,
        ("title", "about", "hardest", "pieces", "revision", "window", "saved_at", "recorded"),
        links=(ENTRY,),
        once=_only,
        is_sound=_is_portfolio,
    ),
)
FREE = frozenset({"document", "claimed", "history", "right", "decision", "pieces", "recorded"})
