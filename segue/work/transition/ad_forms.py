"""Parsing of an ad, of what becomes of a gap, and of an application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from segue.core.errors import UserError
from segue.evidence.fields import Day, Files, FilesInput, Text
from segue.evidence.files import plain_name
from segue.evidence.forms import LedgerForm
from segue.evidence.texts import clean_text
from segue.shared import clock
from segue.work.transition.ad_files import MOST_BYTES, TYPES, text_of_file
from segue.work.transition.closing_forms import MOST_AHEAD, MOST_HOURS, MOST_LINE, day_field
from segue.work.transition.models import ApplicationState, ResumeVersion

MOST_AD = 250_000
LEAST_AD = 40


class AdFileInput(FilesInput):
    """A file field for one ad."""

    def __init__(self) -> None:
        super().__init__()
        del self.attrs["multiple"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the limit and the kinds of file."""
        return super().get_context(name, value, {"data-most-bytes": MOST_BYTES, "accept": ",".join(TYPES), **(attrs or {})})


class AdForm(LedgerForm):
    """An ad: pasted, or in a file."""

    title = Text(most=200, label="Title of the job", error_messages={"required": "Give the title as the ad has it."})
    company = Text(most=200, required=False, label="Firm")
    link = Text(most=1000, required=False, label="Where it stands", help_text="Ads vanish; the text you keep here does not.")
    found_on = Day(label="Found on")
    text = Text(
        most=MOST_AD, long=True, required=False, label="Text of the ad", help_text="All of it, headings and lists as they are."
    )
    attachments = Files(
        label="Or a file",
        required=False,
        widget=AdFileInput(),
        help_text=f"Text, a saved web page, PDF or Word (.docx), at most {MOST_BYTES // 1024**2} MB. Only its text is kept.",
    )

    def clean(self) -> dict[str, Any]:
        """A text or a file; the text of the file where there is one."""
        cleaned = super().clean()
        files = cleaned.get("attachments") or ()
        if len(files) > 1:
            self.add_error("attachments", f"There are {len(files)} files. One ad at a time.")
        elif files and cleaned.get("text"):
            self.add_error("attachments", "There is a text and a file. Which of them is the ad? Take one away.")
        elif files:
            self._take(files[0])
        if not self.errors and sum(character.isalpha() for character in cleaned.get("text", "")) < LEAST_AD:
            self.add_error("text", "Paste the text of the ad here, or choose a file below.")
        return cleaned

    def _take(self, file: Any) -> None:
        if (file.size or 0) > MOST_BYTES:
            self.add_error("attachments", f"It has more than {MOST_BYTES // 1024**2} MB. Paste the text instead.")
            return
        try:
            text = clean_text(text_of_file(plain_name(file.name or ""), file.read()))
        except UserError as error:
            self.add_error("attachments", str(error))
            return
        if len(text) > MOST_AD:
            self.add_error("attachments", f"Its text has {len(text):,} characters; {MOST_AD:,} is the most. Paste the ad only.")
        else:
            self.cleaned_data["text"] = text


class PlanForm(forms.Form):
    """What would close a gap, by when."""

    what = Text(
        most=MOST_LINE,
        label="The evidence that would close it",
        error_messages={"required": "Say what would show that it is closed."},
    )
    hours = forms.DecimalField(
        label="Hours",
        required=False,
        min_value=Decimal("0.5"),
        max_value=MOST_HOURS,
        max_digits=4,
        decimal_places=1,
        error_messages={
            "invalid": "Give a number, such as 2.5.",
            "min_value": "Half an hour is the least.",
            "max_digits": "Give hours such as 2.5.",
        },
    )
    due_on = day_field("By")
    activity_id = forms.ChoiceField(
        label="What of the programme closes it",
        required=False,
        error_messages={"invalid_choice": "Choose one of these."},
    )

    def __init__(self, *args: Any, activities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activity_id"]
        field.choices = [("", "Nothing: work of my own"), *activities]

    def clean_due_on(self) -> date:
        """A day that lies ahead, within two years."""
        day: date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError("This day has passed. Give one that lies ahead.")
        if day > clock.today() + timedelta(days=MOST_AHEAD):
            raise forms.ValidationError("This is more than two years away. Give an earlier day.")
        return day


class LeaveForm(forms.Form):
    """Why a gap stays open."""

    reason = Text(
        most=MOST_LINE,
        label="Why I leave it open",
        help_text="Such as: one ad of five asks for it, and they train for it.",
        error_messages={"required": "Write why: in March you will want to know."},
    )


class ApplicationForm(forms.Form):
    """Where an application stands, with which résumé, who, and what is next."""

    state = forms.ChoiceField(
        label="Where it stands",
        choices=ApplicationState.choices,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    version = forms.ModelChoiceField(
        queryset=ResumeVersion.objects.none(),
        required=False,
        label="Version of the résumé they have",
        empty_label="None yet",
        error_messages={"invalid_choice": "Choose one of these."},
    )
    who = Text(most=200, required=False, label="Who", help_text="Recruiter, hiring manager, the person who put you forward.")
    next_step = Text(most=300, required=False, label="Next step")
    next_on = day_field("On", required=False)
    says = Text(most=500, required=False, label="A note for the history", help_text="What was said, what you sent.")

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["version"]
        field.queryset = versions
        field.label_from_instance = lambda each: f"{each.resume.name}, version {each.number}{', final' if each.is_final else ''}"

    def clean(self) -> dict[str, Any]:
        """A day belongs to a step."""
        cleaned = super().clean() or {}
        if cleaned.get("next_on") and not cleaned.get("next_step"):
            self.add_error("next_step", "Say what is to be done on that day.")
        return cleaned
