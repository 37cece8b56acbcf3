"""Parsing of the case study, and of the words that must not leave with it."""

from __future__ import annotations

from typing import Any

from django import forms

from segue.evidence.drafts import Fields, first
from segue.evidence.fields import Text
from segue.evidence.forms import FieldRow
from segue.work.build.case import FILE, PARTS, TITLE
from segue.work.build.forms import Lines

MOST_PART = 10_000
NAMES = (TITLE, FILE, *(part.id for part in PARTS))


class CaseForm(forms.Form):
    """The title and the five parts. Nothing is required while it is being written."""

    title = Text(most=160, required=False, label="Title")
    file_name = Text(
        most=120,
        required=False,
        label="What the file is called outside",
        help_text="It stands with the sources. Left empty, it is the name of the file, which may tell whose it is.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part.id] = Text(most=MOST_PART, long=True, required=False, label=part.heading, help_text=part.asks)

    @property
    def parts(self) -> list[tuple[FieldRow, int]]:
        """The fields of the parts, each with its range of words and its height."""
        return [(FieldRow(self[part.id], words=part.words), part.rows) for part in PARTS]


def initial_of(fields: Fields) -> dict[str, str]:
    """What the form shows of a text that was saved."""
    return {name: first(fields, name) for name in NAMES}


def only_own(fields: Fields) -> Fields:
    """The fields of this form, whatever else was sent."""
    return {name: fields[name] for name in NAMES if name in fields}


class GuardForm(forms.Form):
    """The words that must not leave."""

    guarded = Lines(
        required=False,
        label="Words that must not leave",
        help_text="The company, the product, projects, people: one a line. They are found in any case, with or without accents.",
    )
