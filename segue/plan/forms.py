"""Parsing of hours, time off and decisions, with errors that name the mend."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms

from segue.core.availability import MOST_MINUTES, Availability, Span
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.schedule.actions import check_weekday_minutes
from segue.schedule.models import Hours
from segue.shared import clock

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DEFAULT_MINUTES = (0, 90, 0, 90, 0, 120, 0)
DEFAULT_SESSION_AT = time(19, 0)
YEARS_AROUND = 2


class DateInput(forms.DateInput):
    """The browser's own date picker; the value is an ISO date whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HoursForm(forms.Form):
    """Start, minutes on each weekday, and when a session usually begins."""

    starts_on = forms.DateField(label="Start on", widget=DateInput(), help_text="The first day you want to work on it.")
    session_at = forms.TimeField(
        label="A session usually begins at",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="Only used when you put the plan into your calendar.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"day_{number}"] = forms.IntegerField(
                label=name,
                min_value=0,
                max_value=MOST_MINUTES,
                required=False,
                error_messages={
                    "min_value": f"{name}: minutes can't be fewer than 0. Give 0 for a day off.",
                    "max_value": f"{name}: a day holds at most {MOST_MINUTES} minutes (12 hours). Give a smaller number.",
                    "invalid": f"{name}: give a whole number of minutes, such as 45.",
                },
                widget=forms.NumberInput(attrs={"step": 5, "min": 0, "max": MOST_MINUTES, "inputmode": "numeric"}),
            )

    @classmethod
    def initial_of(cls, hours: Hours | None) -> dict[str, Any]:
        """What the form shows first: the hours as they are, or a calm beginning of five hours a week from next Monday."""
        if hours is None:
            today = clock.today()
            minutes: tuple[int, ...] = DEFAULT_MINUTES
            initial: dict[str, Any] = {
                "starts_on": today + timedelta(days=-today.weekday() % 7),
                "session_at": DEFAULT_SESSION_AT,
            }
        else:
            minutes = tuple(hours.weekday_minutes)
            initial = {"starts_on": hours.starts_on, "session_at": hours.session_at}
        return initial | {f"day_{n}": m for n, m in enumerate(minutes)}

    @property
    def weekday_fields(self) -> list[forms.BoundField]:
        """The seven fields, Monday first."""
        return [self[f"day_{n}"] for n in range(7)]

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        today = clock.today()
        if abs((day - today).days) > 366 * YEARS_AROUND:
            raise forms.ValidationError(
                f"{written_date(day)} is more than {YEARS_AROUND} years away. Choose a day nearer to today."
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(f"day_{n}" in self.errors for n in range(7)):
            try:
                check_weekday_minutes(self.weekday_minutes())
            except UserError as error:
                raise forms.ValidationError(str(error)) from error
        return data

    def weekday_minutes(self) -> tuple[int, ...]:
        """Seven numbers, Monday first; an empty field is a day off."""
        return tuple(self.cleaned_data.get(f"day_{n}") or 0 for n in range(7))

    def availability(self, spans: tuple[Span, ...]) -> Availability:
        """What the planner takes."""
        return Availability(self.cleaned_data["starts_on"], self.weekday_minutes(), spans)


class TimeOffForm(forms.Form):
    """One span of days off. An empty row is no time off."""

    first = forms.DateField(label="From", widget=DateInput(), required=False)
    last = forms.DateField(label="To, included", widget=DateInput(), required=False)
    reason = forms.CharField(label="Reason", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        half = bool(first) != bool(last) or (data.get("reason") and not first)
        if half and not self.errors:
            raise forms.ValidationError("Give both days, or clear the row.")
        if first and last and last < first:
            raise forms.ValidationError(
                f"It ends on {written_date(last)}, before it begins on {written_date(first)}. Swap the two days."
            )
        return data


TimeOffFormSet = forms.formset_factory(TimeOffForm, extra=2, max_num=60, absolute_max=60)


def spans_of(rows: forms.BaseFormSet[TimeOffForm]) -> tuple[tuple[Span, str], ...]:
    """Filled rows as spans with their reasons, in order of time."""
    filled = [f.cleaned_data for f in rows.forms if f.cleaned_data.get("first")]
    return tuple((Span(r["first"], r["last"]), r["reason"]) for r in sorted(filled, key=lambda r: r["first"]))


def check_not_past(day: date) -> None:
    """A choice for a day that has passed would change nothing."""
    if day < clock.today():
        raise forms.ValidationError(f"{written_date(day)} has passed. Choose today or a later day.")


class PinForm(forms.Form):
    """Work on it on this day."""

    on = forms.DateField(label="On this day", widget=DateInput(), validators=[check_not_past])


class DeferForm(forms.Form):
    """Not before this day."""

    on = forms.DateField(label="Not before", widget=DateInput(), validators=[check_not_past])


class SplitForm(forms.Form):
    """In several parts, at most one a day."""

    parts = forms.IntegerField(label="Into how many parts", min_value=2, max_value=10, initial=2)


class SkipForm(forms.Form):
    """Leave it out, with a reason to remember."""

    reason = forms.CharField(label="Why leave it out", max_length=300)


class PauseForm(forms.Form):
    """Back on this day."""

    back_on = forms.DateField(label="Back on", widget=DateInput())

    def clean_back_on(self) -> date:
        day: date = self.cleaned_data["back_on"]
        if day <= clock.today():
            raise forms.ValidationError("Choose a day after today.")
        if day > clock.today() + timedelta(days=366):
            raise forms.ValidationError("A pause lasts at most a year. Choose an earlier day.")
        return day
