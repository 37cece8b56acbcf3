"""Parsing of a counterpart's word."""

from __future__ import annotations

from typing import Any

from django import forms

from segue.evidence.fields import Text
from segue.work.connect.vocabulary import roles
from segue.work.connect.word import choices

MOST_TEXT = 2000
WRONG = {"invalid_choice": "Choose one of these."}


def _text(label: str, help_text: str = "", missing: str = "") -> Text:
    wrong = {"required": missing}
    return Text(most=MOST_TEXT, long=True, label=label, help_text=help_text, required=bool(missing), error_messages=wrong)


def _answer(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, widget=forms.RadioSelect, error_messages={"required": "Choose what they answered.", **WRONG}
    )


class WordForm(forms.Form):
    """What somebody answered, one question at a time."""

    role = forms.ChoiceField(label="Their role", error_messages={"required": "Say what they do.", **WRONG})
    together = _text("What we did together", "What they saw of your work, and for how long.", "Say what you did together.")
    data_need = _answer("Was my need for data clear?")
    need_said = _text("In their words")
    tradeoff = _answer("Did I understand the trade-off?")
    tradeoff_said = _text("In their words")
    differently = _text(
        "What should I do differently?",
        "As they said it. The sentence that stings is the useful one.",
        "Write down what they said.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].choices = [("", "Choose"), *roles()]
        for name in ("data_need", "tradeoff"):
            fields[name].choices = choices(name)
