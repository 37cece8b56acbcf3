"""Parsing of an ask, its steps, and the choice of asks to record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.evidence.fields import Day
from segue.evidence.texts import clean_text
from segue.work.connect.invitation_texts import occasion_choices, texts
from segue.work.connect.models import Answer

MOST_TEXT = 10_000
WRONG = {"invalid_choice": "Choose one of these.", "required": "Choose one of these."}
Choices = Sequence[tuple[str, str]]


class AboutForm(forms.Form):
    """What an ask is for. ``activities``: those of the plan to choose from."""

    occasion = forms.ChoiceField(label="What you ask for", choices=occasion_choices, error_messages=WRONG)
    activity = forms.ChoiceField(label="For the plan", required=False, error_messages=WRONG)
    needed_on = forms.DateField(
        label="Needed by",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no date. Write it as 2026-11-24."},
    )

    def __init__(self, *args: Any, activities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activity"].choices = [("", "Nothing in particular"), *activities]

    def told(self) -> dict[str, Any]:
        """The columns of the ask."""
        given = self.cleaned_data
        purpose = texts().occasions[given["occasion"]].purpose
        return {"purpose": purpose, "activity_id": given["activity"], "needed_on": given["needed_on"]}


class Typed(forms.CharField):
    """A text just as it was typed, spaces at its end too: what is saved while one types must be what stands in the form."""

    widget = forms.Textarea(attrs={"dir": "auto"})

    def to_python(self, value: Any) -> str:
        """The text without what no keyboard types. Too long is told, never cut off."""
        text = clean_text(str(value or ""))
        if len(text) > MOST_TEXT:
            raise forms.ValidationError(f"This has {len(text):,} characters; {MOST_TEXT:,} is the most. Shorten it.")
        return text


class TextForm(forms.Form):
    """The text of an ask."""

    text = Typed(label="The text", required=False)


class DayForm(forms.Form):
    """The day on which it was sent."""

    on = Day(label="Sent on")


class ReminderForm(forms.Form):
    """The one reminder."""

    on = Day(label="Reminded on")


class AnswerForm(forms.Form):
    """What came of an ask."""

    answer = forms.ChoiceField(label="Their answer", choices=Answer.choices, widget=forms.RadioSelect, error_messages=WRONG)
    on = Day(label="On")


class RecordForm(forms.Form):
    """The asks that become one entry. ``asks``: keys and names of those that can."""

    activity = forms.ChoiceField(label="For", error_messages=WRONG)
    asks = forms.MultipleChoiceField(
        label="Asks",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose those that you sent for this activity.", "invalid_choice": "Choose some of these."},
    )

    def __init__(self, *args: Any, activities: Choices, asks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activity"].choices = activities
        fields["asks"].choices = asks
