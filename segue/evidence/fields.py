"""Kinds of form fields: text that is never cut off, days that have come, several files, figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from segue.core.activity import FactField
from segue.core.wording import written_date
from segue.evidence.actions import MOST_MINUTES
from segue.evidence.files import plain_name
from segue.evidence.texts import clean_line, clean_text
from segue.shared import clock

FIRST_DAY = date(2000, 1, 1)


class Text(forms.CharField):
    """A text that is stored as it came, but for control characters. Too long is told, never cut off."""

    def __init__(self, *, most: int, long: bool = False, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"dir": "auto"}) if long else forms.TextInput(attrs={"dir": "auto"})
        super().__init__(**{"widget": widget, **kwargs})
        self.most, self.long = most, long

    def to_python(self, value: Any) -> str:
        """The cleaned text."""
        text = clean_text(str(value or "")).strip() if self.long else clean_line(str(value or ""))
        if len(text) > self.most:
            mend = "Attach it as a file instead." if self.long else "Shorten it."
            raise forms.ValidationError(f"This has {len(text):,} characters; {self.most:,} is the most. {mend}")
        return text


class Day(forms.DateField):
    """A day that has come: from 2000 to today."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {"invalid": "This is no date. Write it as 2026-11-24.", "required": "Say on which day."}
        super().__init__(**{"widget": widget, "error_messages": wrong, "initial": clock.today, **kwargs})

    def validate(self, value: date | None) -> None:
        """Refuses days that were before this century or have not come."""
        super().validate(value)
        if value is not None and value > clock.today():
            raise forms.ValidationError(f"This day has not come yet. Today is {written_date(clock.today())}.")
        if value is not None and value < FIRST_DAY:
            raise forms.ValidationError(f"This is before {written_date(FIRST_DAY)}. Check the year.")


class Files(forms.Field):
    """Any number of files, none of them empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": FilesInput(), "required": False, **kwargs})

    def clean(self, value: Sequence[UploadedFile[Any]]) -> Sequence[UploadedFile[Any]]:
        """The files, or what is wrong with them, each by its name."""
        empty = [plain_name(file.name or "") for file in value if not file.size]
        if empty:
            mend = "Attach it again when something is in it."
            raise forms.ValidationError([f"“{name}” is empty: it has 0 bytes. {mend}" for name in empty])
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])
        return value


class FilesInput(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Says how large a file may be, so that the page can say it before anything is sent."""
        return super().get_context(name, value, {"data-most-bytes": settings.MAX_ATTACHMENT_BYTES, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[Any]]:
        """All files sent under the name."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else list(files.get(name, []))


def minutes_field(**kwargs: Any) -> forms.IntegerField:
    """Minutes of one day."""
    wrong = {
        "min_value": "Minutes can't be fewer than %(limit_value)s.",
        "max_value": "A day has 1,440 minutes. Log longer work day by day.",
        "invalid": "Give a whole number of minutes, such as 45.",
        "required": "Say how many minutes.",
    }
    usual = {"label": "Minutes it took", "min_value": 0, "max_value": MOST_MINUTES, "error_messages": wrong}
    return forms.IntegerField(**{**usual, **kwargs})


class Figure(forms.FloatField):
    """A figure of a kind; a whole number stays one."""

    def clean(self, value: Any) -> float | None:
        """The figure, where it is one that a database and a person can hold."""
        number = super().clean(value)
        if number is None:
            return None
        if not math.isfinite(number) or abs(number) > 1e12:
            raise forms.ValidationError("This number is too large.")
        return int(number) if number == int(number) else number


def fact_field(fact: FactField) -> forms.Field:
    """The form field for a figure or choice of a kind. Optional: what is not known yet can come with a new version."""
    if fact.sort == "choice":
        return forms.ChoiceField(label=fact.label, required=False, choices=[("", "Not said"), *fact.choices])
    number = Figure(label=fact.label, required=False, error_messages={"invalid": "Give a number, such as 0.81 or 200."})
    number.widget.attrs["step"] = "any"
    return number
