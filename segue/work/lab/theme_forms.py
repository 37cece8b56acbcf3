"""How a theme is mended by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.evidence.fields import Text

MOST_NAME, MOST_PIECES = 80, 12


class RenameForm(forms.Form):
    """Another name."""

    name = Text(most=MOST_NAME, label="Another name", error_messages={"required": "The name is empty. Give it a few words."})


class SplitForm(forms.Form):
    """Into how many pieces."""

    into = forms.IntegerField(
        label="Split it into",
        min_value=2,
        max_value=MOST_PIECES,
        initial=2,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"Give a whole number from 2 to {MOST_PIECES}."
        ),
    )

    def __init__(self, *args: Any, finer: int = MOST_PIECES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].widget.attrs["max"] = min(finer, MOST_PIECES)


class MergeForm(forms.Form):
    """Which themes are one."""

    theme = forms.TypedMultipleChoiceField(
        label="Themes to join", coerce=int, error_messages={"required": "Tick the themes that are one: two or more."}
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["theme"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = choices
            field.error_messages["invalid_choice"] = "One of these themes is not there any more. Tick them again."

    def clean_theme(self) -> list[int]:
        """Two at least; the one with most rows keeps its place, since choices stand in that order."""
        ticked: list[int] = self.cleaned_data["theme"]
        if len(ticked) < 2:
            raise forms.ValidationError("Tick one more: it takes two to join.")
        order = [number for number, _ in self.fields["theme"].choices]  # type: ignore[attr-defined]
        return sorted(ticked, key=order.index)
