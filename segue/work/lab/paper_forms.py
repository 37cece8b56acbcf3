"""Answers for model card and datasheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from segue.evidence.fields import Text

MOST_ANSWER = 4_000
ANSWER = "answer_"


class AnswersForm(forms.Form):
    """A field for each question."""

    def __init__(self, *args: Any, questions: Mapping[str, str], suggested: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for key, asks in questions.items():
            filled = "Filled in from the run. Put it right where it is not so." if key in suggested else ""
            self.fields[f"{ANSWER}{key}"] = Text(most=MOST_ANSWER, long=True, required=False, label=asks, help_text=filled)

    def texts(self) -> dict[str, str]:
        """What was typed, by question."""
        return {key: self.cleaned_data[f"{ANSWER}{key}"] for key in self.questions}

    def first_error(self) -> str:
        """The first thing that is wrong, with the question it is about."""
        name, errors = next(iter(self.errors.items()))
        return f"{self.fields[name].label} {errors[0]}"
