"""Pieces of evidence that bring somebody to levels, made quickly."""

from __future__ import annotations

from datetime import date, timedelta

from segue.accounts.models import Learner
from segue.evidence.actions import Opinion, Work, record_review, record_work
from segue.evidence.files import store
from segue.evidence.models import Entry
from tests.conftest import MONDAY

WORDS = "word " * 160


def piece(learner: Learner, kind: str, title: str, proves: tuple[str, ...], on: date = MONDAY, **more: object) -> Entry:
    """A piece of evidence with enough words to count."""
    fields = {"body": WORDS, "confidentiality": "public", **more}
    return record_work(learner, Work(kind=kind, title=title, on=on, competencies=proves, **fields))  # type: ignore[arg-type]


def aware_of_framing(learner: Learner) -> Entry:
    """What brings C2 to level 1."""
    facts = {"features": 5, "both_ways": 2}
    return piece(learner, "rules-or-ml", "Five features sorted", ("C2",), facts=facts)


def reviewed(entry: Entry, name: str, marks: dict[str, bool], *, practises_ai: bool = False) -> Entry:
    """A review of it by somebody."""
    words = store("mail.txt", "text/plain", [b"What I think of it."])
    opinion = Opinion(
        name, "Works in another company", "Data scientist", 5, practises_ai, marks, "", entry.on + timedelta(days=0), "", (words,)
    )
    return record_review(entry, opinion)
