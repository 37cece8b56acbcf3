"""Parsing of the end of the six months: self-ratings, who is right, a gap, the decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from segue.core.wording import written_date
from segue.evidence.fields import Text
from segue.evidence.models import Confidentiality
from segue.shared import clock
from segue.work.transition.decision import MOST_WEEKS, OPTIONS, STEPS, lacking, typed_in
from segue.work.transition.three_views import VIEWS, ViewRow

MOST_LINE, MOST_TEXT = 300, 6_000
MOST_HOURS, MOST_AHEAD = 200, 730
DATE = "%Y-%m-%d"


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """A day, chosen from the calendar of the browser."""
    widget = forms.DateInput(attrs={"type": "date"}, format=DATE)
    wrong = {"invalid": "This is no date. Write it as 2026-12-24.", "required": "Give it a day: a gap without one is a mood."}
    return forms.DateField(label=label, widget=widget, error_messages=wrong, **kwargs)


class RecordForm(forms.Form):
    """Who may see what is recorded."""

    confidentiality = forms.ChoiceField(
        choices=Confidentiality.choices,
        initial=Confidentiality.PRIVATE,
        label="Who may see it",
        help_text="A private one can’t be sent to a reviewer.",
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )


class RatingForm(forms.Form):
    """Where one sees oneself in each competency."""

    def __init__(self, *args: Any, rows: Sequence[ViewRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            choices = [("", "Not rated"), *((str(n), row.named(n)) for n in sorted(row.names))]
            self.fields[row.competency.id] = forms.ChoiceField(
                label=f"{row.competency.id} {row.competency.short}",
                choices=choices,
                initial="" if row.self_level is None else str(row.self_level),
                required=row.self_level is not None,
                error_messages={"required": "A rating stays: choose another.", "invalid_choice": "Choose one of these."},
            )

    def levels(self) -> dict[str, int]:
        """Competency -> level, of those that were rated."""
        return {row.competency.id: int(level) for row in self.rows if (level := self.cleaned_data[row.competency.id])}


class ViewsForm(forms.Form):
    """Which view is probably right where they differ, and the gap that holds most."""

    holds = Text(
        most=MOST_TEXT,
        long=True,
        required=False,
        label="The one gap that holds me most",
        help_text="One, not three. What Segue would say stands in it until you write your own.",
    )

    def __init__(self, *args: Any, rows: Sequence[ViewRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [row for row in rows if row.differs or row.who or row.why]
        for row in self.asked:
            name = row.competency.id
            self.fields[f"who_{name}"] = forms.ChoiceField(
                label="Who is probably right",
                choices=[("", "Not settled"), *VIEWS],
                initial=row.who,
                required=False,
                error_messages={"invalid_choice": "Choose one of these."},
            )
            self.fields[f"why_{name}"] = Text(most=1000, long=True, required=False, label="Why I think so", initial=row.why)

    def fields_of(self, competency: str) -> tuple[BoundField, BoundField] | None:
        """The two fields of a competency in which the views differ."""
        if f"who_{competency}" not in self.fields:
            return None
        return self[f"who_{competency}"], self[f"why_{competency}"]

    def right(self) -> dict[str, dict[str, str]]:
        """Competency -> which view is probably right, and why."""
        given, ids = self.cleaned_data, [row.competency.id for row in self.asked]
        return {name: {"who": given[f"who_{name}"], "why": given[f"why_{name}"]} for name in ids}


class GapForm(forms.Form):
    """A gap with the evidence that would close it, hours, a person and a day."""

    subject = forms.ChoiceField(
        label="A gap in",
        error_messages={"required": "Choose where it is.", "invalid_choice": "Choose one of these."},
    )
    what = Text(
        most=MOST_LINE,
        label="The evidence that would close it",
        help_text="Something you can show, not something you would read.",
        error_messages={"required": "Say what would show that it is closed."},
    )
    hours = forms.FloatField(
        label="Hours",
        required=False,
        min_value=0.5,
        max_value=MOST_HOURS,
        widget=forms.NumberInput(attrs={"step": "0.5"}),
        error_messages={
            "invalid": "Give the hours as a number, such as 2.5.",
            "min_value": "Give half an hour or more.",
            "max_value": f"Give {MOST_HOURS} hours at most: make several gaps of it.",
        },
    )
    person = Text(most=120, required=False, label="With whom", help_text="Who reviews it, or helps.")
    due_on = day_field("By", help_text="In 30, 60 or 90 days, or any other day.")
    activity_id = forms.ChoiceField(
        label="Where it is in the programme",
        required=False,
        help_text="It then shows as closed by itself once the evidence is recorded.",
        error_messages={"invalid_choice": "Choose one of these."},
    )

    def __init__(
        self,
        *args: Any,
        subjects: Sequence[tuple[str, str]],
        activities: Sequence[tuple[str, str]],
        before: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.fields["subject"].choices = [("", "Choose one"), *subjects]  # type: ignore[attr-defined]
        self.fields["activity_id"].choices = [("", "Nowhere: I close it myself"), *activities]  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        """A day that lies ahead, unless it was the one kept before."""
        day: date = self.cleaned_data["due_on"]
        today = clock.today()
        if day < today and day != self.before:
            raise forms.ValidationError(f"This day has passed. Today is {written_date(today)}.")
        if day > today + timedelta(days=MOST_AHEAD):
            raise forms.ValidationError("This is more than two years away. Choose a nearer day for a first piece of it.")
        return day


class DecisionForm(forms.Form):
    """The decision. Nothing is required while it is being written; what lacks is told when it is recorded."""

    choice = forms.ChoiceField(
        label="What I choose",
        choices=[(option.id, option.label) for option in OPTIONS],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the four."},
    )
    weeks = forms.IntegerField(
        label="For how many weeks, if you go on",
        required=False,
        min_value=1,
        max_value=MOST_WEEKS,
        error_messages={
            "invalid": "Give a whole number of weeks.",
            "min_value": "Give one week or more.",
            "max_value": f"Give {MOST_WEEKS} weeks at most: that is the programme once more.",
        },
    )
    why = Text(most=MOST_TEXT, long=True, required=False, label="The reason that tipped it")
    sign = Text(
        most=MOST_TEXT,
        long=True,
        required=False,
        label="The sign that would change my mind",
        help_text="Something you would see, with a day by which you look.",
    )
    thanks = Text(
        most=MOST_TEXT,
        long=True,
        required=False,
        label="Whom to thank, and for what",
        help_text="One line a person, one particular thing each. It stays here: it is not in what is recorded.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for option in OPTIONS:
            self.fields[f"for_{option.id}"] = Text(
                most=MOST_TEXT, long=True, required=False, label=option.label, help_text=option.asks
            )
        for n in STEPS:
            self.fields[f"step{n}"] = Text(most=MOST_LINE, required=False, label=f"Step {n}")
            self.fields[f"step{n}_on"] = day_field(f"Day of step {n}", required=False)

    @property
    def typed(self) -> dict[str, str]:
        """Everything that stands in it."""
        return typed_in({name: self.data.get(name, "") for name in self.fields})

    @property
    def options(self) -> Iterator[BoundField]:
        """The fields in which one says what speaks for each option."""
        return (self[f"for_{option.id}"] for option in OPTIONS)

    @property
    def steps(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The fields of the first steps, each with its day."""
        return ((self[f"step{n}"], self[f"step{n}_on"]) for n in STEPS)


class WholeDecisionForm(DecisionForm):
    """The decision when it is to be recorded: what lacks is told at its field."""

    def clean(self) -> dict[str, Any]:
        """Refuses a decision that is none yet."""
        cleaned = super().clean() or {}
        for name, words in lacking(self.typed) if not self.errors else ():
            self.add_error(name, words)
        return cleaned
