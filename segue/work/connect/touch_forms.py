"""Parsing of a contact."""

from __future__ import annotations

from django import forms

from segue.evidence.fields import Day, Text
from segue.work.connect.models import TouchSort


class TouchForm(forms.Form):
    """A contact that took place."""

    sort = forms.ChoiceField(
        label="What it was",
        choices=TouchSort.choices,
        initial=TouchSort.TALK,
        error_messages={"required": "Choose one of these.", "invalid_choice": "Choose one of these."},
    )
    on = Day(label="On")
    note = Text(most=500, label="What about", required=False)
