"""Answers for model card and datasheet are kept, question by question; two windows never cost a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from segue.work.lab.models import Analysis
from segue.work.lab.queries.papers import Answered, Said, answered_of, notes_file, suggestions_of

MOST_KEPT = 12  # texts of a question that are remembered to tell who changed what


@dataclass(frozen=True)
class Typed:
    """What stands in a form. ``revision``: of the answers it began from; ``window`` tells windows apart."""

    texts: Mapping[str, str]
    revision: int
    window: str


@transaction.atomic
def keep_answers(analysis: Analysis, typed: Typed, *, pressed: bool) -> dict[str, str]:
    """Keeps the answers that this window changed. What another window changed meanwhile, by question, as it stands there.

    ``pressed``: somebody pressed the button. Then the later word counts, and the other text is kept beside it; and what the run
    had filled in is kept as an answer. While one only types, such questions are left as they are.
    """
    from feedback_lab.files import write_json

    row = Analysis.objects.select_for_update(of=("self",)).select_related("learner").get(pk=analysis.pk)
    before, suggested = answered_of(row), suggestions_of(row)
    said, other, notes = dict(before.said), dict(before.other), dict(row.notes)
    differing: dict[str, str] = {}
    for key, text in typed.texts.items():
        now = notes.get(key, "")
        if text == now or (not pressed and not now and text == suggested.get(key)):
            continue
        if _changed_elsewhere(before, key, typed):
            if text in (_began_from(before, key, typed), suggested.get(key)):
                continue  # nothing was typed here: the other window’s text stays
            differing[key] = now
            if not pressed:
                continue
        other = {name: each for name, each in other.items() if name != key} | ({key: now} if differing.get(key) else {})
        said[key] = (*said.get(key, ()), Said(before.revision + 1, typed.window, text))[-MOST_KEPT:]
        notes[key] = text
    row.notes = {key: text for key, text in notes.items() if text}
    row.save(update_fields=["notes"])
    analysis.notes = row.notes
    kept = {key: [[each.revision, each.window, each.text] for each in entries] for key, entries in said.items()}
    write_json(notes_file(row), {"revision": before.revision + 1, "said": kept, "other": other})
    return differing


def _seen(said: Said, typed: Typed) -> bool:
    """Whether the window knows of a text: it stood there when the form was opened, or was saved from there."""
    return said.revision <= typed.revision or said.window == typed.window


def _changed_elsewhere(before: Answered, key: str, typed: Typed) -> bool:
    """Whether another window saved this question after the last that this one knows of."""
    entries = before.said.get(key, ())
    return bool(entries) and not _seen(entries[-1], typed)


def _began_from(before: Answered, key: str, typed: Typed) -> str:
    return next((each.text for each in reversed(before.said.get(key, ())) if _seen(each, typed)), "")
