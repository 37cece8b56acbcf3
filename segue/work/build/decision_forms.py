"""Parsing of a logged decision, and of what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from segue.evidence.fields import Day, Text
from segue.shared import clock
from segue.work.build.decisions import USUAL_WEEKS, WAYS, WEEKS
from segue.work.build.forms import MOST_TEXT, Lines
from segue.work.build.models import LoggedDecision, Verdict

IN_WEEKS = [(weeks, f"In {weeks} weeks") for weeks in WEEKS]


def _text(label: str, help_text: str, missing: str) -> Text:
    return Text(most=MOST_TEXT, long=True, label=label, help_text=help_text, error_messages={"required": missing})


def _weeks(**kwargs: Any) -> forms.TypedChoiceField:
    wrong = {"required": "Say when to look again.", "invalid_choice": "Choose one of these."}
    field = forms.TypedChoiceField(choices=IN_WEEKS, coerce=int, error_messages=wrong, **kwargs)
    field.empty_value = USUAL_WEEKS  # type: ignore[assignment]
    return field


class DecisionForm(forms.Form):
    """A decision as it is taken. One that is changed may keep its day."""

    title = Text(most=120, label="What was to be decided", error_messages={"required": "Name the question in a few words."})
    choice = _text("What was decided", "One sentence, and with whom.", "Say what was decided.")
    way = forms.ChoiceField(label="In short", choices=[("", "Not said"), *WAYS], required=False)
    options = Lines(label="What else could have been", help_text="One option a line, with what spoke against it.", required=False)
    why = _text("Why", "The reason that tipped it.", "Give the reason.")
    expects = _text("What you expect to see", "Something that could turn out otherwise.", "Say what would show it was right.")
    made_on = Day(label="Decided on")
    weeks = _weeks(label="Look at it again", initial=USUAL_WEEKS)

    def __init__(self, *args: Any, before: LoggedDecision | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        if before is not None:
            weeks: Any = self.fields["weeks"]
            weeks.choices = [("", "On the day that it has"), *IN_WEEKS]
            weeks.required, weeks.empty_value, weeks.initial = False, 0, ""

    def told(self) -> dict[str, Any]:
        """The columns of the decision."""
        told = {name: self.cleaned_data[name] for name in ("title", "choice", "way", "why", "expects", "made_on")}
        weeks = self.cleaned_data["weeks"]
        kept = self.before.revisit_on if self.before is not None and not weeks else None
        day = kept or clock.today() + timedelta(weeks=weeks)
        return told | {"options": [*self.cleaned_data["options"]], "revisit_on": day}


def initial_of(row: LoggedDecision) -> dict[str, Any]:
    """What the form shows of a decision that there is."""
    same = {name: getattr(row, name) for name in ("title", "choice", "way", "why", "expects", "made_on")}
    return same | {"options": "\n".join(row.options), "weeks": ""}


class OutcomeForm(forms.Form):
    """What came of a decision."""

    verdict = forms.ChoiceField(
        label="Did it hold?",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four.", "invalid_choice": "Choose one of the four."},
    )
    outcome = Text(
        most=MOST_TEXT,
        long=True,
        required=False,
        label="What came of it",
        help_text="What you see now, beside what you had expected.",
    )
    weeks = _weeks(label="If it is too early, look again", initial=USUAL_WEEKS, required=False)

    def clean(self) -> dict[str, Any]:
        """A verdict needs words, unless it is too early for them."""
        cleaned = super().clean() or {}
        if not self.errors and cleaned["verdict"] != Verdict.EARLY and not cleaned["outcome"]:
            self.add_error("outcome", "Say in a sentence what you see now.")
        return cleaned
