"""Parsing of the first hour's answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.core.activity import Programme
from segue.curriculum.concept import DiagnosticItem

NOT_SAID = ""
UNKNOWN = "x"
SELF_LEVELS = (
    ("0", "New to me"),
    ("1", "I know the words"),
    ("2", "I have done it with help"),
    ("3", "I do it on my own"),
)


class AboutForm(forms.Form):
    """A name for the greeting, and the reason that carries through a dull Tuesday."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        required=False,
        help_text="Used on your own papers and to make sure nobody reviews themself.",
    )
    why = forms.CharField(
        label="Why do you want this?",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Two sentences for the evening when you would rather not.",
    )


class TargetForm(forms.Form):
    """The kind of AI product manager to aim at. It orders the gaps; it never lowers the gate."""

    role = forms.ChoiceField(label="Which role do you aim at?", widget=forms.RadioSelect)

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(r.id, f"{r.name}: {r.summary}") for r in programme.roles]


class StrengthsForm(forms.Form):
    """How one sees oneself in each competency, with what one has done. Kept as E0: shown, never counted."""

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competencies = [c for c in programme.competencies if not c.is_track]
        for competency in self.competencies:
            self.fields[f"level_{competency.id}"] = forms.ChoiceField(
                label=competency.name,
                help_text=competency.summary,
                choices=SELF_LEVELS,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["note"] = forms.CharField(
            label="What have you done that helps here?",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Launches, experiments, dashboards, work with data people: a few lines.",
        )

    def ratings(self) -> dict[str, int]:
        """Level by competency, those left open left out."""
        answers = {c.id: self.cleaned_data.get(f"level_{c.id}") for c in self.competencies}
        return {competency: int(level) for competency, level in answers.items() if level}


class PartForm(forms.Form):
    """The items of one part of the diagnostic. An item may stay open."""

    def __init__(self, items: Sequence[DiagnosticItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            options = [(str(n), text) for n, text in enumerate(item.options)]
            self.fields[item.id] = forms.ChoiceField(
                label=item.question,
                choices=[*options, (UNKNOWN, "I don't know yet")],
                required=False,
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[str, str]:
        """What was chosen, by item id."""
        return {item.id: self.cleaned_data.get(item.id, NOT_SAID) for item in self.items}
