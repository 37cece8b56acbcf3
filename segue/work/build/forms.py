"""Parsing of the charter, with errors that name the place and the mend, and the rule of one in, one out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from segue.core.scope import cuts
from segue.evidence.fields import Text
from segue.evidence.texts import clean_line
from segue.work.build.sheet import DATA, PERMISSIONS, Kill, Sheet, came_in, went_out

MOST_TEXT = 2000
MOST_LINES = 30
MOST_LINE = 200
WRONG = ("invalid", "min_value", "max_value", "required")
KILL = re.compile(r"(?P<on>\d{4}-\d{2}-\d{2})\s*[:,;-]?\s*(?P<says>.*)")


def _text(label: str, help_text: str, missing: str) -> Text:
    return Text(most=MOST_TEXT, long=True, label=label, help_text=help_text, error_messages={"required": missing})


def _number(label: str, least: int, most: int, help_text: str = "") -> forms.IntegerField:
    wrong = dict.fromkeys(WRONG, f"Give a whole number from {least} to {most:,}.")
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text, error_messages=wrong)


class Lines(Text):
    """Short lines, one thing each."""

    def __init__(self, *, line: int = MOST_LINE, **kwargs: Any) -> None:
        super().__init__(most=MOST_LINES * (line + 1), long=True, **kwargs)
        self.line = line

    def clean(self, value: Any) -> tuple[str, ...]:
        """The lines, without marks of a list before them."""
        text = super().clean(value)
        lines = tuple(line for raw in text.split("\n") if (line := clean_line(raw).lstrip("-*• ").strip()))
        if self.required and not lines:
            raise forms.ValidationError(self.error_messages["required"])
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"These are {len(lines)} lines; {MOST_LINES} is the most. Put some together.")
        for number, line in enumerate(lines, 1):
            if len(line) > self.line:
                raise forms.ValidationError(f"Line {number} has {len(line)} characters; {self.line} is the most. Shorten it.")
        return lines


class CharterForm(forms.Form):
    """The charter. ``before`` is the one kept last: what comes in is held against it."""

    title = Text(most=120, label="What it is called", error_messages={"required": "Give it a name."})
    problem = _text("The question", "One question that the feedback could answer.", "Write the question down.")
    user = _text("Who looks at the answer", "A person or a team.", "Say who would look at it.")
    decision = _text("What they would decide differently", "If nothing, there is no project.", "Say what it would change.")
    feedback = _text("The data", "Which file or tool, how many rows, from when.", "Say which data.")
    owner = Text(most=200, label="Who owns it", error_messages={"required": "Name a person or a team."})
    permission = forms.ChoiceField(label="May you use it?", choices=PERMISSIONS, widget=forms.RadioSelect, initial="none")
    data_kind = forms.ChoiceField(label="What kind of data is it?", choices=DATA, widget=forms.RadioSelect, initial="real")
    sources = _number("Data sources", 1, 100)
    languages = _number("Languages", 1, 100)
    classes = _number("Classes", 1, 500, "The kinds that a comment is sorted into; 1 where there are none.")
    labels = _number("Labels to make by hand", 0, 100_000)
    double = _number("of them by a second person", 0, 100_000)
    seconds = _number("Seconds for one label", 1, 3600, "About 25 for a short comment.")
    other_hours = forms.FloatField(
        label="Hours for all else",
        min_value=0,
        max_value=1000,
        help_text="Cleaning, runs, reading errors, writing: 12 at least.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "required"), "Give hours from 0 to 1,000, such as 12.5."
        ),
    )
    live = forms.BooleanField(label="It is to run live, or inside another product", required=False)
    sensitive = forms.BooleanField(label="It needs health or other sensitive data", required=False)
    inside = Lines(label="In", help_text="One thing a line.", error_messages={"required": "Name what is in: at least one thing."})
    outside = Lines(label="Out", help_text="What one might be tempted to add, by name; longer than what is in.", required=False)
    baseline = _text(
        "The way without AI", "What one would do today: a list of words, a person reading.", "Say what it must beat."
    )
    success = _text("Success", "A measure, and from which value on it matters.", "Say how you would know.")
    error_costs = _text("What each error costs", "A false alarm, and a miss.", "Say what a false alarm and a miss cost.")
    kills = Lines(
        label="Kill criteria",
        help_text="A day and what then, one a line. For example 2026-12-18: no permission, so public data.",
        required=False,
        line=MOST_LINE + len("2026-12-18: "),
    )

    def __init__(self, *args: Any, before: Sheet | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before

    def clean_kills(self) -> tuple[Kill, ...]:
        """Each with its day."""
        return tuple(_kill(number, line) for number, line in enumerate(self.cleaned_data["kills"], 1))

    def clean(self) -> dict[str, Any]:
        """No more second labels than labels; one in, one out."""
        cleaned = super().clean() or {}
        if not self.errors and cleaned["double"] > cleaned["labels"]:
            self.add_error("double", f"There are {cleaned['labels']} labels in all, so at most as many are made twice.")
        if not self.errors and self.before is not None:
            self._one_in_one_out(self.before, self.sheet())
        return cleaned

    def _one_in_one_out(self, before: Sheet, after: Sheet) -> None:
        came, went = came_in(before, after), went_out(before, after)
        if came and not went and after.score != "green":
            ways = "; ".join(cut.says.lower() for cut in cuts(after.scope)[:3])
            example = f" For example: {ways}." if ways else ""
            raise forms.ValidationError(
                f"{_listed(came)} would come in and nothing go out, and the charter would be {after.score}. "
                f"One in, one out: take something away in the same step.{example}"
            )

    def sheet(self) -> Sheet:
        """What was typed."""
        return Sheet(**self.cleaned_data)


def _listed(words: Sequence[str]) -> str:
    text = " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
    return text[0].upper() + text[1:]


def _kill(number: int, line: str) -> Kill:
    found = KILL.fullmatch(line)
    try:
        on = date.fromisoformat(found["on"]) if found else None
    except ValueError:
        on = None
    if found is None or on is None or not 0 < len(found["says"]) <= MOST_LINE:
        raise forms.ValidationError(f"Line {number} needs a day and what then: “2026-12-18: no permission, so public data”.")
    return Kill(on.isoformat(), found["says"])


# A size that fits, to begin from.
FIRST = {"sources": 1, "languages": 1, "classes": 5, "labels": 200, "double": 50, "seconds": 25, "other_hours": 14}


def initial_of(sheet: Sheet) -> dict[str, Any]:
    """What the form shows of a charter that there is."""
    lines = {"inside": "\n".join(sheet.inside), "outside": "\n".join(sheet.outside)}
    return vars(sheet) | lines | {"kills": "\n".join(f"{kill.on}: {kill.says}" for kill in sheet.kills)}
