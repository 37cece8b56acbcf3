"""Parsing of a model in the register."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from segue.core.wording import written_date
from segue.evidence.fields import Text
from segue.shared import clock
from segue.work.deepen.models import ModelItem, ModelState
from segue.work.deepen.register import LOGGED, MOST_DAYS
from segue.work.deepen.rules.remarks import is_somebody
from segue.work.lab.lineage import RunVersion

MOST_TEXT = 4000
HASH = re.compile(r"[0-9a-f]{64}")
NO_RUN = "0.0"


def _text(label: str, help_text: str, **kwargs: Any) -> Text:
    return Text(most=MOST_TEXT, long=True, required=False, label=label, help_text=help_text, **kwargs)


class ModelForm(forms.Form):
    """A model, new or changed. ``seen``: how many lines its history had when the form was opened."""

    name = Text(most=120, label="What it is called", error_messages={"required": "Give it a name."})
    purpose = _text("What it does, for whom", "And what it is not meant for.")
    run = forms.ChoiceField(
        label="Run of the Lab that it comes from",
        help_text="Its data and manifest are then named by their hashes.",
        error_messages={"invalid_choice": "Choose one of these; the files of other runs are gone."},
    )
    version = Text(most=40, label="Version", error_messages={"required": "Say which version it is, such as 2."})
    data_sha256 = Text(
        most=64,
        required=False,
        label="SHA-256 of its data",
        help_text="Only for a model from elsewhere. It tells later whether the data is still the same.",
    )
    state = forms.ChoiceField(
        label="State",
        choices=ModelState.choices,
        widget=forms.RadioSelect,
        help_text="“Done” is not among them: a model that runs is looked at again.",
        error_messages={"required": "Choose one of the four.", "invalid_choice": "Choose one of the four. “Done” is no state."},
    )
    owner = Text(most=120, label="Owner", help_text="One person or role.", error_messages={"required": "Say who looks after it."})
    next_review_on = forms.DateField(
        label="Next review on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Needed unless it is retired.",
        error_messages={"invalid": "This is no date. Write it as 2026-11-24."},
    )
    note = _text("Note", "Limits, where it runs, how it is switched off.")
    says = _text("What changed, and why", "Goes into its history, with today’s date.")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, runs: Sequence[RunVersion], before: ModelItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before, self.runs = before, {run.id: run for run in runs}
        choices = [(run.id, f"{run.analysis.file_name}, version {run.number}") for run in runs]
        kept = f"{before.analysis}.{before.lab_version}" if before else NO_RUN
        if kept != NO_RUN and kept not in self.runs:
            choices.append((kept, "The run that it has, whose files are gone"))
        field: Any = self.fields["run"]
        field.choices = [(NO_RUN, "From elsewhere"), *choices]

    def clean_owner(self) -> str:
        """A team is no owner."""
        owner: str = self.cleaned_data["owner"]
        if not is_somebody(owner):
            raise forms.ValidationError("Name one person or role. What everybody looks after, nobody does.")
        return owner

    def clean_data_sha256(self) -> str:
        """A hash is 64 digits from 0 to f."""
        text: str = self.cleaned_data["data_sha256"].casefold()
        if text and not HASH.fullmatch(text):
            raise forms.ValidationError("A SHA-256 has 64 digits, each 0 to 9 or a to f.")
        return text

    def clean(self) -> dict[str, Any]:
        """A day that lies ahead, unless it is retired; words for what changed."""
        cleaned = super().clean() or {}
        if "next_review_on" in cleaned and "state" in cleaned:
            self._check_review(cleaned["state"], cleaned["next_review_on"])
        if not self.errors and self.before is not None and self._logs(self.before) and not cleaned["says"]:
            self.add_error("says", "Say in a sentence what changed, and why.")
        return cleaned

    def _check_review(self, state: str, day: date | None) -> None:
        today = clock.today()
        if state == ModelState.RETIRED:
            return
        if day is None:
            self.add_error("next_review_on", "Say when it is looked at next. Only a retired model needs no day.")
        elif day <= today:
            self.add_error("next_review_on", f"This day has come. Set one after {written_date(today)}.")
        elif day > today + timedelta(days=MOST_DAYS):
            self.add_error("next_review_on", "This is more than a year away. Look at it once before.")

    def _logs(self, before: ModelItem) -> bool:
        told = self.told()
        return any(told[name] != getattr(before, name) for name in LOGGED)

    @property
    def chosen(self) -> RunVersion | None:
        """The run that was chosen, where its files are there."""
        return self.runs.get(self.cleaned_data["run"])

    def told(self) -> dict[str, Any]:
        """The columns of the model, but for the hashes of a run."""
        given = self.cleaned_data
        analysis, _, number = given["run"].partition(".")
        told = {name: given[name] for name in ("name", "purpose", "version", "state", "owner", "note", "data_sha256")}
        day = None if given["state"] == ModelState.RETIRED else given["next_review_on"]
        return told | {"next_review_on": day, "analysis": int(analysis), "lab_version": int(number)}


def initial_of(item: ModelItem) -> dict[str, Any]:
    """What the form shows of a model that there is."""
    same = ("name", "purpose", "version", "state", "owner", "next_review_on", "note")
    told = {name: getattr(item, name) for name in same}
    own = {} if item.analysis else {"data_sha256": item.data_sha256}
    return told | own | {"run": f"{item.analysis}.{item.lab_version}", "seen": len(item.history)}


def begun_from(run: RunVersion, model: str) -> dict[str, Any]:
    """What the form shows of a model that begins as a run."""
    name = f"{run.analysis.stem}: {model}" if model else run.analysis.stem
    return {"run": run.id, "name": name[:120], "version": str(run.number), "state": ModelState.TRIAL}
