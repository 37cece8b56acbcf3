"""What is typed about labels: classes, guide, how many rows, and the answers of a second labeller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.core.errors import UserError
from segue.evidence.fields import Files, Text
from segue.evidence.forms import LedgerForm
from segue.work.lab.actions.labels import LEAST_DRAWN, MOST_AT_ONCE
from segue.work.lab.label_queue import HARD, RANDOM
from segue.work.lab.labelling import MOST_CLASSES, MOST_LETTERS, read_classes
from segue.work.lab.queries.labels import LEAST_SENT, MOST_SENT, SENT
from segue.work.lab.queries.marks import UNSURE

MOST_GUIDE = 20_000
MOST_CSV = 1_000_000
DRAWN = 200


def _number(label: str, first: int, least: int, most: int, **more: Any) -> forms.IntegerField:
    wrong = f"Give a whole number from {least} to {most}."
    told = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(label=label, initial=first, min_value=least, max_value=most, error_messages=told, **more)


class GuideForm(forms.Form):
    """Classes, one a line, and the guide."""

    classes = forms.CharField(
        label="Classes, one a line",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "spellcheck": "true"}),
        help_text=f"Two to {MOST_CLASSES}; short names, at most {MOST_LETTERS} characters. “{UNSURE}” is always there.",
    )
    guide = Text(
        most=MOST_GUIDE,
        long=True,
        required=False,
        label="The guide",
        help_text="For each class one sentence, two examples that belong and two that almost do. "
        "Begin each example with >, in your own words: your second labeller reads this too.",
    )

    def clean_classes(self) -> list[str]:
        """The classes."""
        try:
            return read_classes(self.cleaned_data["classes"])
        except UserError as error:
            raise forms.ValidationError(str(error)) from error


class RenameForm(forms.Form):
    """A class gets another name, with all its labels."""

    old = forms.ChoiceField(label="The class", error_messages={"invalid_choice": "Choose a class of the list."})
    new = Text(most=MOST_LETTERS, label="Its new name", error_messages={"required": "Write the new name."})
    together = forms.BooleanField(
        required=False, label="Put both together where the new name is a class already. This can’t be undone."
    )

    def __init__(self, *args: Any, classes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"].choices = [(name, name) for name in classes]  # type: ignore[attr-defined]

    def clean_new(self) -> str:
        """A name that is not taken by what is always there."""
        name = str(self.cleaned_data["new"])
        if name.casefold() == UNSURE:
            raise forms.ValidationError(f"“{UNSURE}” is always there, and no model learns it. Choose another name.")
        return name


class DrawForm(forms.Form):
    """How many rows are drawn, and how."""

    how = forms.ChoiceField(choices=((RANDOM, "at random"), (HARD, "where it is hard")), widget=forms.HiddenInput)
    count = _number("Rows", DRAWN, LEAST_DRAWN, MOST_AT_ONCE)


class SheetForm(forms.Form):
    """How many rows the second labeller gets."""

    count = _number(
        "Rows on the sheet", SENT, LEAST_SENT, MOST_SENT, help_text="50 take about 40 minutes, and are the fewest to rely on."
    )


class SpreadsheetForm(LedgerForm):
    """A sheet that somebody filled in with a spreadsheet."""

    name = Text(most=120, label="Who filled it in", error_messages={"required": "Say who filled it in."})
    attachments = Files(label="The CSV file", required=True, help_text="With the columns row and label, as the sheet has them.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachments"].error_messages["required"] = "Choose the file."

    def clean_attachments(self) -> Sequence[Any]:
        """One file of labels is small."""
        files: Sequence[Any] = self.cleaned_data["attachments"]
        if len(files) > 1:
            raise forms.ValidationError(f"There are {len(files)} files. Choose one.")
        if files and (files[0].size or 0) > MOST_CSV:
            raise forms.ValidationError("The file is larger than 1 MB. A sheet of labels is smaller; choose the right one.")
        return files

    def content(self) -> bytes:
        """What is in the file."""
        data: bytes = self.cleaned_data["attachments"][0].read()
        return data
