"""What is predicted, what an error costs, and why one was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.evidence.fields import Text
from segue.work.lab.errors import Costs

MOST_COST = 1_000_000_000
NO_NUMBER = "Give a number, such as 5 or 0.5."


class TargetForm(forms.Form):
    """Which column the next model predicts."""

    target = forms.ChoiceField(
        label="The next model predicts",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "There is no such column. Choose one of these.", "required": "Choose a column."},
    )

    def __init__(self, *args: Any, columns: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = list(columns)  # type: ignore[attr-defined]


def _cost(label: str, help_text: str) -> forms.FloatField:
    wrong = {
        "invalid": NO_NUMBER,
        "required": NO_NUMBER,
        "min_value": "A cost is 0 or more.",
        "max_value": f"At most {MOST_COST:,}: only how the two compare matters, so smaller numbers do.",
    }
    return forms.FloatField(
        label=label, help_text=help_text, min_value=0, max_value=MOST_COST, widget=_number(), error_messages=wrong
    )


def _number() -> forms.TextInput:
    """A box for a number that shows what was typed even where it is none."""
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class CostsForm(forms.Form):
    """For which class a threshold is chosen, and what each error costs."""

    positive = forms.ChoiceField(
        label="Class",
        error_messages={"invalid_choice": "The run has no such class. Choose one of these.", "required": "Choose a class."},
    )
    false_alarm = _cost("A false alarm costs", "It was called so, and is not.")
    miss = _cost("A miss costs", "It is so, and was not called.")
    threshold = forms.FloatField(
        label="Your threshold",
        required=False,
        min_value=0,
        max_value=1,
        help_text="From 0 to 1, or empty.",
        widget=_number(),
        error_messages={
            "invalid": "Give a number from 0 to 1, or leave it empty.",
            "min_value": "A threshold lies between 0 and 1.",
            "max_value": "A threshold lies between 0 and 1.",
        },
    )

    def __init__(self, *args: Any, classes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["positive"].choices = [(name, name[:60]) for name in classes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two errors must cost something."""
        cleaned = super().clean() or {}
        if cleaned.get("false_alarm") == 0 and cleaned.get("miss") == 0:
            raise forms.ValidationError("If neither error costs anything, any threshold will do. Give one of them a cost.")
        return cleaned

    @staticmethod
    def data_of(costs: Costs | None) -> dict[str, Any] | None:
        """Costs as the form would send them."""
        if costs is None:
            return None
        numbers = {"false_alarm": costs.false_positive, "miss": costs.false_negative, "threshold": costs.threshold}
        shown = {name: "" if value is None else f"{value:.12g}" for name, value in numbers.items()}
        return {"positive": costs.positive, **shown}

    def costs(self) -> Costs:
        """What was typed."""
        given = self.cleaned_data
        return Costs(given["positive"], given["false_alarm"], given["miss"], given["threshold"])


class ReasonForm(forms.Form):
    """The reason in free words."""

    words = Text(
        most=500,
        label="Why is it wrong? In your own words",
        error_messages={"required": "Write a reason first; a few words do."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}
