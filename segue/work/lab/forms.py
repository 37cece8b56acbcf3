"""A file of feedback with the right to use it, and what its columns are for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from segue.evidence.fields import Files, Text
from segue.evidence.forms import LedgerForm
from segue.shared import clock
from segue.work.lab.queries.versions import COLUMNS, LABELS

FORMATS = "One row a comment: CSV, TSV, JSON Lines, Excel or Parquet, up to 50 MB. The command feedback-lab takes larger ones."
PERMISSIONS = (
    ("written", "The owner’s word in writing"),
    ("licence", "A public licence"),
    ("own", "It is my own data"),
    ("none", "Not yet"),
)
KEPT_DAYS = ((30, "30 days"), (90, "90 days"), (180, "half a year"), (365, "a year"))
ROLE_WORDS = (
    ("", "not kept"),
    ("text", "the text"),
    ("time", "when it was said"),
    ("rating", "a rating"),
    ("label", "a label"),
    ("segment", "a group"),
)
ONCE = {"text": "the text", "time": "the time", "rating": "the rating", "label": "the label"}


class FileForm(LedgerForm):
    """The file, the question, the permission, and how long it is kept."""

    attachments = Files(label="The file", required=True, help_text=FORMATS)
    question = Text(most=300, required=False, label="Your question", help_text="It stands on top of the report.")
    permission = forms.ChoiceField(label="May you use it?", choices=PERMISSIONS, widget=forms.RadioSelect, initial="none")
    kept = forms.TypedChoiceField(label="Delete everything of it after", choices=KEPT_DAYS, coerce=int, initial=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachments"].error_messages["required"] = "Choose a file."

    def clean_permission(self) -> str:
        """Without permission no row is touched."""
        permission = str(self.cleaned_data["permission"])
        if permission == "none":
            raise forms.ValidationError("Without permission no row is touched. Ask the owner, or take a public data set.")
        return permission

    def clean(self) -> dict[str, Any]:
        """One file at a time."""
        cleaned = super().clean()
        files = cleaned.get("attachments", ())
        if len(files) > 1:
            self.add_error("attachments", f"There are {len(files)} files. Choose one; each gets an analysis of its own.")
        return cleaned

    def keep_until(self) -> date:
        """The last day on which it is there."""
        days: int = self.cleaned_data["kept"]
        return clock.today() + timedelta(days=days)


class ColumnsForm(forms.Form):
    """A role for each column, by its place, since names may be anything."""

    def __init__(self, *args: Any, columns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for place, name in enumerate(columns):
            self.fields[f"role_{place}"] = forms.ChoiceField(label=f"Role of {name}", choices=ROLE_WORDS, required=False)

    @property
    def selects(self) -> list[forms.BoundField]:
        """The fields in the order of the columns."""
        return [self[f"role_{place}"] for place in range(len(self.columns))]

    def clean(self) -> dict[str, Any]:
        """One text, and no role but that of a group twice."""
        cleaned = super().clean() or {}
        roles = Counter(cleaned.get(f"role_{place}", "") for place in range(len(self.columns)))
        for role, words in ONCE.items():
            if roles[role] > 1:
                raise forms.ValidationError(f"{roles[role]} columns are {words}; one can be. Choose which.")
        if not self.errors and not roles["text"]:
            raise forms.ValidationError("No column is the text. Choose the one in which people say something.")
        return cleaned

    @staticmethod
    def initial_of(columns: Sequence[str], guessed: Sequence[str], chosen: Mapping[str, Any]) -> dict[str, str]:
        """What the form shows first: what was chosen before, else what is guessed."""
        if not chosen:
            return {f"role_{place}": role for place, role in enumerate(guessed)}
        roles = {chosen[role]: role for role in ONCE if chosen[role]} | dict.fromkeys(chosen["segments"], "segment")
        return {f"role_{place}": roles.get(name, "") for place, name in enumerate(columns)}

    def wishes(self) -> dict[str, Any]:
        """Which column is what; empty for none."""
        chosen: dict[str, Any] = dict.fromkeys(ONCE, "")
        chosen["segments"] = []
        for place, name in enumerate(self.columns):
            role = self.cleaned_data[f"role_{place}"]
            if role == "segment":
                chosen["segments"].append(name)
            elif role:
                chosen[role] = name
        return chosen


class NextRunForm(forms.Form):
    """What the next run is told."""

    learn_from = forms.ChoiceField(
        label="The model learns from",
        choices=((LABELS, "Labels by hand"), (COLUMNS, "A column of the file")),
        widget=forms.RadioSelect,
    )
    themes = forms.IntegerField(
        label="Number of themes",
        required=False,
        min_value=2,
        max_value=50,
        help_text="Empty leaves it to the data.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Give a whole number from 2 to 50, or leave it empty."
        ),
    )

    def settings(self) -> dict[str, Any]:
        """What is noted of it."""
        return {"learn_from": self.cleaned_data["learn_from"], "themes": self.cleaned_data["themes"]}
