"""Parsing of a person: who they are, where they work, how close they are."""

from __future__ import annotations

from typing import Any

from django import forms

from segue.evidence.fields import Day, Text
from segue.evidence.texts import clean_line
from segue.work.connect.models import Person, Relation
from segue.work.connect.vocabulary import CADENCE, roles

MOST_TAGS, MOST_TAG, MOST_NOTE = 20, 40, 20_000
MOST_CADENCE = 730
WRONG = {"invalid_choice": "Choose one of these."}
RHYTHMS = "; ".join(f"{Relation(relation).label.lower()}: {days}" for relation, days in CADENCE.items())


class PersonForm(forms.Form):
    """What is known of a person. ``told`` is what the actions take."""

    name = Text(most=200, label="Name", error_messages={"required": "Say who it is."})
    organisation = Text(most=200, required=False, label="Organisation")
    team = Text(most=120, required=False, label="Team")
    position = Text(most=200, required=False, label="Position", help_text="As they call it.")
    role = forms.ChoiceField(
        label="Role", required=False, error_messages=WRONG, help_text="Of those around an AI team: it fills the board of roles."
    )
    relation = forms.ChoiceField(
        label="How close you are",
        required=False,
        choices=[("", "An address, no reminder"), *Relation.choices],
        error_messages=WRONG,
        help_text="It sets after how many days you are reminded to be in touch.",
    )
    cadence_days = forms.IntegerField(
        label="Another rhythm",
        required=False,
        min_value=1,
        max_value=MOST_CADENCE,
        help_text="Left empty, it is that of how close you are.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Give a whole number of days from 1 to {MOST_CADENCE}, or nothing."
        ),
    )
    how_known = Text(most=200, required=False, label="How you know each other")
    email = forms.EmailField(
        label="E-mail", required=False, max_length=254, error_messages={"invalid": "This is no e-mail address."}
    )
    phone = Text(most=60, required=False, label="Telephone")
    url = forms.URLField(
        label="Link",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Their profile or page.",
        error_messages={"invalid": "This is no address. It begins with https://"},
    )
    tags = Text(most=(MOST_TAG + 2) * MOST_TAGS, required=False, label="Tags", help_text="With commas between them.")
    note = Text(most=MOST_NOTE, long=True, required=False, label="Notes", help_text="Only for you.")
    known_since = Day(label="Known since")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].choices = [("", "Not known, or another"), *roles()]
        fields["organisation"].widget.attrs |= {"list": "organisations", "autocomplete": "off"}

    @classmethod
    def initial_of(cls, person: Person) -> dict[str, Any]:
        """The fields as a person has them."""
        plain = {name: getattr(person, name) for name in cls.base_fields if name not in ("organisation", "tags")}
        return plain | {"organisation": person.organisation.name if person.organisation else "", "tags": ", ".join(person.tags)}

    def clean_url(self) -> str:
        """A page of the web and nothing else."""
        url = str(self.cleaned_data["url"])
        if url and not url.lower().startswith(("https://", "http://")):
            raise forms.ValidationError("This is no page of the web. It begins with https://")
        return url

    def clean_tags(self) -> list[str]:
        """Each tag once, in the order typed."""
        tags = [tag for part in self.cleaned_data["tags"].split(",") if (tag := clean_line(part))]
        if long := next((tag for tag in tags if len(tag) > MOST_TAG), None):
            raise forms.ValidationError(f"“{long[:MOST_TAG]}…” is too long for a tag: {MOST_TAG} letters are the most.")
        unique = list(dict.fromkeys(tags))
        if len(unique) > MOST_TAGS:
            raise forms.ValidationError(f"These are {len(unique)} tags; {MOST_TAGS} are the most.")
        return unique

    def told(self) -> dict[str, Any]:
        """What was typed, as fields of the model; the organisation by its name."""
        return dict(self.cleaned_data)
