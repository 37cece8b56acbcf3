"""Pieces of evidence to test with."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from segue.accounts.models import Learner
from segue.evidence.actions import Opinion, Work, record_review, record_work
from segue.evidence.files import StoredFile, store
from segue.evidence.models import Entry
from tests.conftest import MONDAY

TEXT = "Eight classes of message, one source, and a person who confirms each answer. " * 20


def stored(name: str = "notes.txt", content: bytes = b"what I read") -> StoredFile:
    """A file in the data folder."""
    return store(name, "text/plain", [content])


def upload(name: str = "notes.txt", content: bytes = b"what I read", media_type: str = "text/plain") -> SimpleUploadedFile:
    """A file on its way in."""
    return SimpleUploadedFile(name, content, media_type)


def piece(learner: Learner, kind: str = "charter", title: str = "A charter", on: date = MONDAY, **more: Any) -> Entry:
    """A recorded piece of work with enough text for its kind."""
    return record_work(learner, work(kind, title, on, **more))


def work(kind: str = "charter", title: str = "A charter", on: date = MONDAY, **more: Any) -> Work:
    """A piece of work with enough text for its kind."""
    return Work(kind, title, on, **{"competencies": ("C2",), "body": TEXT, **more})


def opinion(name: str = "Marco", marks: dict[str, bool] | None = None, on: date = MONDAY, **more: Any) -> Opinion:
    """Somebody's words, with their e-mail attached."""
    usual: dict[str, Any] = {
        "relation": "Works in my team",
        "role": "Data scientist",
        "years": 5,
        "practises_ai": True,
        "marks": {"c2-3-charter": True} if marks is None else marks,
        "comment": "Fine.",
        "files": (stored("mail.eml"),),
    }
    return Opinion(reviewer_name=name, on=on, **{**usual, **more})


def reviewed(entry: Entry, **more: Any) -> Entry:
    """A review of an entry."""
    return record_review(entry, opinion(**more))


def form_data(**fields: Any) -> dict[str, Any]:
    """The fields of the form for a charter, as a browser sends them."""
    usual = {
        "kind": "charter",
        "built_for": "charter",
        "title": "A charter",
        "on": "2026-11-23",
        "body": TEXT,
        "confidentiality": "private",
        "competencies": ["C2"],
        "revision": "0",
    }
    return {name: value for name, value in {**usual, **fields}.items() if value is not None}


def opinion_data(**fields: Any) -> dict[str, Any]:
    """The fields of the form for a review, as a browser sends them."""
    usual = {
        "reviewer_name": "Marco",
        "relation": "Works in my team",
        "role": "Data scientist",
        "years": "5",
        "practises_ai": "on",
        "on": "2026-11-23",
        "comment": "Small enough.",
        "attachments": upload("mail.eml", b"From: Marco"),
    }
    return {name: value for name, value in {**usual, **fields}.items() if value is not None}


def words_of(response: Any) -> str:
    """A page as text, its tags gone, its entities resolved, spaces made single."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def values_of(response: Any) -> str:
    """A page with its entities resolved."""
    return unescape(response.content.decode())
