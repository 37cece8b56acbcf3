"""Parsing of a merge: which of two values stays where they differ."""

from __future__ import annotations

from typing import Any

from django import forms

from segue.work.connect.actions.merging import CHOSEN
from segue.work.connect.models import Person, Relation
from segue.work.connect.vocabulary import role_words

ONE, OTHER = "one", "other"
LABELS = {
    "name": "Name",
    "organisation": "Organisation",
    "team": "Team",
    "position": "Position",
    "role": "Role",
    "relation": "How close you are",
    "cadence_days": "Another rhythm, in days",
    "how_known": "How you know each other",
    "email": "E-mail",
    "phone": "Telephone",
    "url": "Link",
}


class MergeForm(forms.Form):
    """A choice for each field in which two entries differ; what only one of them has stays.

    The one better known is preselected.
    """

    def __init__(self, *args: Any, one: Person, other: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one, self.other = one, other
        better = OTHER if _known(other) > _known(one) else ONE
        for name in LABELS:
            first, second = getattr(one, name), getattr(other, name)
            if first and second and first != second:
                self.fields[name] = forms.ChoiceField(
                    label=LABELS[name],
                    choices=[(ONE, _words(name, first)), (OTHER, _words(name, second))],
                    initial=better,
                    widget=forms.RadioSelect,
                    error_messages={"required": "Choose which stays.", "invalid_choice": "Choose one of these."},
                )

    def chosen(self) -> dict[str, Any]:
        """The values that stay."""
        return {name: getattr(self.one if side == ONE else self.other, name) for name, side in self.cleaned_data.items()}


def _known(person: Person) -> tuple[bool, int]:
    """How well somebody is known: whether there is a relation, then how much is written down."""
    return bool(person.relation), sum(1 for name in ("organisation_id", *CHOSEN, "note") if getattr(person, name))


def _words(name: str, value: Any) -> str:
    if name == "role":
        return role_words(value) or str(value)
    return str(Relation(value).label) if name == "relation" and value in Relation.values else str(value)
