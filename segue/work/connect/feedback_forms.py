"""Parsing of a point of criticism, and of the answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.evidence.fields import Day, Text
from segue.work.connect.feedback_log import data_choices
from segue.work.connect.models import FeedbackPoint, Verdict
from segue.work.connect.vocabulary import roles

MOST_TEXT = 2000
WRONG = {"invalid_choice": "Choose one of these."}


class PointForm(forms.Form):
    """A point as it was said. ``people``: key and name of those who may have said it."""

    text = Text(
        most=MOST_TEXT,
        long=True,
        label="What they said",
        help_text="In their words. One point at a time.",
        error_messages={"required": "Write down what they said."},
    )
    person = forms.ChoiceField(label="Who said it", required=False, error_messages=WRONG)
    role = forms.ChoiceField(label="Their role", required=False, error_messages=WRONG)
    on = Day(label="On")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["person"].choices = [("", "Not named"), *people]
        fields["role"].choices = [("", "That of the person"), *roles()]


def initial_of(point: FeedbackPoint) -> dict[str, Any]:
    """What the form shows of a point that there is."""
    same = {name: getattr(point, name) for name in ("text", "role", "on")}
    return same | {"person": point.person.key if point.person else ""}


class AnswerForm(forms.Form):
    """What became of a point. ``runs``: finished runs of the Lab that may be the change."""

    verdict = forms.ChoiceField(
        label="Your answer",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Accept or decline it.", **WRONG},
    )
    reason = Text(
        most=MOST_TEXT,
        long=True,
        required=False,
        label="Why",
        help_text="To decline, give a reason that the person could respect: a cost, a limit, an aim it would not serve.",
    )
    change = Text(
        most=MOST_TEXT, long=True, required=False, label="What changes", help_text="If you accept it: what, and by when."
    )
    run = forms.ChoiceField(label="The run that has it", required=False, error_messages=WRONG)

    def __init__(self, *args: Any, runs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["run"]
        field.choices = [("", "None yet"), *runs]
        field.help_text = "A finished run of the Lab. You can add it later." if runs else "No run of the Lab is finished yet."

    def clean(self) -> dict[str, Any]:
        """To decline needs a reason, to accept a change."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == Verdict.DECLINED and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Give a reason that the person could respect.")
        if cleaned.get("verdict") == Verdict.ACCEPTED and not cleaned.get("change") and "change" not in self.errors:
            self.add_error("change", "Say what you will change, and by when.")
        return cleaned


class LogForm(forms.Form):
    """What the project's data is, as the log is recorded."""

    data_kind = forms.ChoiceField(
        label="The project’s data", error_messages={"required": "Say what your project’s data is.", **WRONG}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["data_kind"]
        field.choices = [("", "Choose"), *data_choices()]
