"""What is found in a row that is read by hand."""

from __future__ import annotations

from typing import Any

from django import forms

from segue.evidence.fields import Text
from segue.work.lab.queries.rows import FAULTS

MOST_WORDS = 500


class RowForm(forms.Form):
    """Kinds of fault, and a note. Nothing ticked: nothing is wrong with the row."""

    kinds = forms.MultipleChoiceField(
        label="What is wrong with it?",
        required=False,
        choices=[(fault.value, fault.words) for fault in FAULTS],
        widget=forms.CheckboxSelectMultiple,
    )
    words = Text(most=MOST_WORDS, required=False, label="A note", help_text="Without what would identify a person.")

    def clean(self) -> dict[str, Any]:
        """“No fault” means that, whatever was ticked before."""
        cleaned = super().clean() or {}
        if "clean" in self.data:
            cleaned["kinds"] = []
        return cleaned
