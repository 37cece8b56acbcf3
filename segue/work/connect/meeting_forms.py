"""Parsing of a meeting: when and where it is, what is written during it, and the thanks after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from segue.core.wording import written_date
from segue.evidence.fields import FIRST_DAY, Day, Text
from segue.shared import clock
from segue.work.connect.models import Meeting, Purpose
from segue.work.connect.queries.talks import Choices
from segue.work.connect.talk import USUAL_MINUTES, likely_day
from segue.work.connect.zones import Taken, moment_of, zone_named

MOST_AGENDA, MOST_NOTES, MOST_THANKS = 4000, 200_000, 4000
LEAST_MINUTES, MOST_MINUTES = 5, 480
FURTHEST = timedelta(days=3 * 366)
WRONG = {"invalid_choice": "Choose one of these."}
LOCAL = "%Y-%m-%dT%H:%M"


def day_input() -> forms.DateInput:
    """An input for a day."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MeetingForm(forms.Form):
    """A meeting as it is planned. ``taken`` is the moment that its local time is taken for."""

    title = Text(most=200, label="Title", help_text="They see it in their calendar.", error_messages={"required": "Name it."})
    purpose = forms.ChoiceField(label="What it is for", choices=Purpose.choices, error_messages=WRONG)
    activity = forms.ChoiceField(label="For which activity of your plan", required=False, error_messages=WRONG)
    on = forms.DateField(
        label="Day",
        widget=day_input(),
        error_messages={"required": "Say on which day.", "invalid": "This is no date. Write it as 2026-11-24."},
    )
    at = forms.TimeField(
        label="Begins at",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Say at what time.", "invalid": "This is no time. Write it as 14:30."},
    )
    minutes = forms.IntegerField(
        label="Minutes",
        initial=USUAL_MINUTES,
        min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Give a whole number of minutes from {LEAST_MINUTES} to {MOST_MINUTES}.",
        ),
    )
    zone = Text(
        most=60,
        label="Time zone",
        help_text="Of a place, such as Europe/Berlin or Berlin. Theirs or yours: day and time are meant there.",
        error_messages={"required": "Say in which time zone."},
    )
    place = Text(most=500, required=False, label="Place or link")
    agenda = Text(
        most=MOST_AGENDA,
        long=True,
        required=False,
        label="Agenda",
        help_text="It goes into the invitation: what you want to learn, and what you bring. Notes of yours never do.",
    )

    def __init__(self, *args: Any, activities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken: Taken | None = None
        fields: Any = self.fields
        fields["activity"].choices = activities
        fields["zone"].widget.attrs |= {"list": "zones", "autocomplete": "off", "spellcheck": "false"}

    def clean_on(self) -> date:
        """The day, within what a calendar is for."""
        day: date = self.cleaned_data["on"]
        last = clock.today() + FURTHEST
        if not FIRST_DAY <= day <= last:
            raise forms.ValidationError(f"Give a day from {written_date(FIRST_DAY)} to {written_date(last)}. Check the year.")
        return day

    def clean_zone(self) -> str:
        """The name of the zone that is meant."""
        zone = zone_named(self.cleaned_data["zone"])
        if not zone:
            raise forms.ValidationError("No time zone has this name. Write a city, such as Berlin, or Europe/Berlin.")
        return zone

    def clean(self) -> dict[str, Any]:
        """Takes the local time for a moment."""
        given = super().clean() or {}
        if not {"on", "at", "zone"} & set(self.errors):
            self.taken = moment_of(given["on"], given["at"].replace(second=0, microsecond=0), given["zone"])
        return given

    def told(self) -> dict[str, Any]:
        """The columns of the meeting."""
        same = ("title", "purpose", "minutes", "zone", "place", "agenda")
        told = {name: self.cleaned_data[name] for name in same} | {"activity_id": self.cleaned_data["activity"]}
        return told | ({"starts_at": self.taken.moment} if self.taken else {})


class NotesForm(forms.Form):
    """What is written during a talk, and the day on which it was held."""

    notes = Text(most=MOST_NOTES, long=True, required=False, label="Notes")
    held_on = Day(label="It took place on")

    def __init__(self, *args: Any, meeting: Meeting, is_held: bool = True, **kwargs: Any) -> None:
        begun = {"notes": meeting.notes, "held_on": likely_day(meeting)}
        super().__init__(*args, **{"initial": begun, **kwargs})
        self.fields["held_on"].required = is_held


class ThanksForm(forms.Form):
    """The words of thanks, and when they went out."""

    text = Text(most=MOST_THANKS, long=True, label="What you write", error_messages={"required": "Write a sentence or two."})
    sent_at = forms.DateTimeField(
        label="Sent",
        input_formats=[LOCAL, f"{LOCAL}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={"required": "Say when it went out.", "invalid": "Write it as 2026-11-24T14:30."},
    )

    def __init__(self, *args: Any, is_sent: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_at"].required = is_sent

    def clean_sent_at(self) -> datetime | None:
        """The moment, by the clock of this machine."""
        typed: datetime | None = self.cleaned_data["sent_at"]
        if typed and not FIRST_DAY.year <= typed.year <= clock.today().year + 1:  # the ends of the calendar have no zones
            raise forms.ValidationError("No thanks went out in that year. Check it.")
        return typed.replace(tzinfo=None).astimezone() if typed else None


class AddressForm(forms.Form):
    """One's own e-mail address."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        error_messages={"required": "Give the address they answer to.", "invalid": "This is no e-mail address."},
    )
