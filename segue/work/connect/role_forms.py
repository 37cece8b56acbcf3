"""Parsing of a role map: one line a role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.evidence.fields import Text
from segue.work.connect.models import Organisation, Person, RolePlace

MOST_LINE = 300
MOST_OTHERS = 20
NOBODY = "nobody"


class PlaceForm(forms.Form):
    """A line of the map. ``who``: the key of a person, ``nobody``, or empty where it is not known."""

    owns = Text(most=MOST_LINE, required=False, label="What they own")
    needs = Text(most=MOST_LINE, required=False, label="What they need from a product manager")
    annoys = Text(most=MOST_LINE, required=False, label="What annoys them")
    who = forms.ChoiceField(label="Who it is", required=False, error_messages={"invalid_choice": "Choose one of these."})

    def __init__(self, *args: Any, role: str, people: Sequence[Person], **kwargs: Any) -> None:
        """``people``: of the organisation, and of those only, but for who is chosen already: they come first."""
        super().__init__(*args, **{**kwargs, "prefix": role})
        here = sorted(people, key=lambda person: person.key != self.initial.get("who"))
        groups = [("Of this role", [p for p in here if p.role == role])]
        groups.append(("Others here", [p for p in here if p.role != role][:MOST_OTHERS]))
        self.people = {person.key: person for _, group in groups for person in group}
        fields: Any = self.fields
        named = [(words, [(person.key, person.name) for person in group]) for words, group in groups if group]
        fields["who"].choices = [("", "Not known"), (NOBODY, "Nobody fills it"), *named]

    def told(self) -> dict[str, Any]:
        """The line as fields of the model."""
        who = self.cleaned_data["who"]
        texts = {name: self.cleaned_data[name] for name in ("owns", "needs", "annoys")}
        return {**texts, "person": self.people.get(who), "is_unfilled": who == NOBODY}


def initial_of(row: RolePlace | None) -> dict[str, str]:
    """A line as its form shows it."""
    if row is None:
        return {}
    who = NOBODY if row.is_unfilled else row.person.key if row.person else ""
    return {"owns": row.owns, "needs": row.needs, "annoys": row.annoys, "who": who}


class NameForm(forms.Form):
    """Another name of an organisation."""

    name = Text(most=200, label="Name", error_messages={"required": "An organisation has a name."})


def name_form(organisation: Organisation) -> NameForm:
    """The form with the name as it is."""
    return NameForm(initial={"name": organisation.name}, auto_id=f"id_{organisation.pk}_%s")
