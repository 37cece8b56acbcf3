"""A threshold with its reason; whom to ask; and the switch without which nothing leaves."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from segue.core.errors import UserError
from segue.evidence.fields import Text
from segue.work.lab.asking import MOST_ROWS, Ask, check_address

MOST_GUIDE = 8000
KEY = re.compile(r"[\x21-\x7e]{1,500}")
A_SHARE = "Write a number from 0 to 1, such as 0.8."
A_PRICE = "Write a price such as 2.5, or leave both empty."


class ThresholdForm(forms.Form):
    """From which macro-F1 a version passes, and why."""

    pass_at = forms.FloatField(
        label="Passes from a macro-F1 of",
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "required"), A_SHARE),
    )
    reason = Text(most=300, label="Why this score", help_text="It stands in the history, beside each verdict that it decides.")


class AskForm(forms.Form):
    """A language model behind an OpenAI-compatible address."""

    url = Text(most=300, label="Address", help_text="Up to and with /v1. It must begin with https://, or be on this computer.")
    name = Text(most=80, label="Name of the model", help_text="As its provider writes it.")
    guide = Text(
        most=MOST_GUIDE,
        long=True,
        required=False,
        label="What the labels mean",
        help_text="It goes with each text. It begins as your guide for labelling: look for customers’ words in it.",
    )
    rows = forms.IntegerField(label="Rows to ask about", min_value=1, max_value=MOST_ROWS)
    sent = forms.FloatField(
        label="Price of a million tokens sent", required=False, min_value=0, error_messages={"invalid": A_PRICE}
    )
    received = forms.FloatField(
        label="Price of a million tokens received", required=False, min_value=0, error_messages={"invalid": A_PRICE}
    )

    def clean_url(self) -> str:
        """An address that protects what is sent. Nothing is asked."""
        url = str(self.cleaned_data["url"]).rstrip("/")
        try:
            check_address(url)
        except UserError as error:
            raise forms.ValidationError(str(error)) from None
        return url

    def clean(self) -> dict[str, Any]:
        """Both prices, or none."""
        cleaned = super().clean() or {}
        if not self.errors and (cleaned.get("sent") is None) != (cleaned.get("received") is None):
            self.add_error("received" if cleaned.get("received") is None else "sent", "Give both prices, or none.")
        return cleaned

    def ask(self) -> Ask:
        """What was entered."""
        return Ask(**self.cleaned_data)


class SendForm(forms.Form):
    """The key, which is never shown again, and the switch. ``mark`` binds it to what was looked at."""

    mark = forms.CharField(max_length=64, widget=forms.HiddenInput)
    key = forms.CharField(
        required=False,
        strip=True,
        label="Key",
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Kept in a file that only you can read until the worker begins, then deleted. It is in no log and not in the "
        "database, and is asked for each time.",
    )
    leave = forms.BooleanField(
        label="These texts may leave this computer, for this run",
        error_messages={"required": "Without this switch nothing is sent."},
    )

    def clean_key(self) -> str:
        """One that can stand in a header."""
        key = str(self.cleaned_data["key"])
        if key and not KEY.fullmatch(key):
            raise forms.ValidationError("A key has up to 500 letters, digits and signs, without spaces. Copy it again.")
        return key
