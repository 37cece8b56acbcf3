"""Parsing of what is typed on the pages of concepts, explanations and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms

from segue.curriculum.concept import Item
from segue.curriculum.naming import concepts_by_name, no_such_concept
from segue.evidence.fields import Files, Text
from segue.evidence.forms import FieldRow, TextOrFileForm
from segue.evidence.texts import clean_text
from segue.shared import clock
from segue.work.learn.briefing import PARTS
from segue.work.learn.notes import MOST_BACK, MOST_FRONT, Note, Notes, decode, read_notes

MOST_TEXT = 20_000
MOST_NOTES = 2_000_000
MOST_PARKED = timedelta(days=366)


class ParkForm(forms.Form):
    """Until which day a topic waits."""

    until = forms.DateField(
        label="Until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Give a day as YYYY-MM-DD."},
    )

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day <= clock.today():
            raise forms.ValidationError("Choose a day after today.")
        if day > clock.today() + MOST_PARKED:
            raise forms.ValidationError("A topic waits at most a year. Choose an earlier day.")
        return day


class AwayForm(forms.Form):
    """Until which day nothing is asked."""

    until = forms.DateField(
        label="Away until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day on which you are back.", "invalid": "Give a day as YYYY-MM-DD."},
    )

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if not clock.today() < day <= clock.today() + MOST_PARKED:
            raise forms.ValidationError("Choose a day after today, and within a year.")
        return day


class ExplanationForm(forms.Form):
    """The closed-book box. ``activity`` is what it counts for."""

    text = forms.CharField(
        label="In your own words",
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 11, "spellcheck": "true", "autocomplete": "off"}),
        help_text="60 to 150 words, for somebody outside tech: a comparison, an example from your product, and a limit.",
        error_messages={"max_length": f"The text has more than {MOST_TEXT:,} characters. An explanation has at most 150 words."},
    )
    activity = forms.ChoiceField(label="It counts for", required=False)

    def __init__(self, *args: Any, activities: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [*activities, ("", "No activity of the plan")]  # type: ignore[attr-defined]


class TestForm(forms.Form):
    """Some questions of a tier test; each has its options in the order that the sitting drew. One may stay open."""

    __test__ = False  # pytest takes the name for a test's

    def __init__(self, items: Sequence[tuple[Item, Sequence[int]]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [item.id for item, _ in items]
        for item, order in items:
            options = [(str(place), item.options[place].say) for place in order]
            self.fields[item.id] = forms.ChoiceField(
                label=item.question,
                choices=[*options, ("", "I don't know yet")],
                required=False,
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[str, int | None]:
        """The place of the option chosen, by the item's id; ``None`` for one that stays open."""
        chosen = {item: self.cleaned_data.get(item) for item in self.ids}
        return {item: int(place) if place else None for item, place in chosen.items()}


class OutlineForm(forms.Form):
    """The parts of a ten-minute briefing."""

    title = Text(most=200, required=False, label="What it is called", help_text="The decision in a few words.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, part in enumerate(PARTS):
            label = f"{part.heading} ({part.minutes} minutes)" if part.minutes else part.heading
            self.fields[f"part_{place}"] = Text(most=MOST_TEXT, long=True, required=False, label=label, help_text=part.asks)

    @staticmethod
    def initial_of(title: str, texts: Sequence[str]) -> dict[str, str]:
        """What the form shows of an outline that there is."""
        return {"title": title} | {f"part_{place}": text for place, text in enumerate(texts)}

    @property
    def parts(self) -> list[FieldRow]:
        """The fields of the parts, with about as many words as their minutes carry."""
        return [FieldRow(self[f"part_{place}"], words=_words(part.minutes)) for place, part in enumerate(PARTS)]

    def texts(self) -> tuple[str, ...]:
        """What was typed, part by part."""
        return tuple(self.cleaned_data[f"part_{place}"] for place in range(len(PARTS)))


def _words(minutes: int) -> str:
    return f"{20 * minutes}-{50 * minutes}" if minutes else ""


class CardForm(forms.Form):
    """One card of one's own."""

    front = Text(most=MOST_FRONT, label="Front", error_messages={"required": "Write what you want to be asked."})
    back = Text(most=MOST_BACK, long=True, label="Back", error_messages={"required": "Write the answer."})
    concept = Text(most=100, required=False, label="Concept", help_text="Its name as on the map, where it belongs to one.")

    def clean_concept(self) -> str:
        """The id of the concept that is named."""
        name = str(self.cleaned_data["concept"])
        known = concepts_by_name()
        if name and name.casefold() not in known:
            raise forms.ValidationError(no_such_concept(name))
        return known.get(name.casefold(), "")

    def note(self) -> Note:
        """What was typed, as a note of one line."""
        return Note(1, self.cleaned_data["front"], self.cleaned_data["back"], self.cleaned_data["concept"])


class NotesForm(TextOrFileForm):
    """Notes to make cards of: pasted, or as a file."""

    empty = "Paste your notes, or choose a file."
    text = Text(most=MOST_NOTES, long=True, required=False, label="Your notes", help_text="One card a line: question; answer.")
    attachments = Files(label="Or a file", help_text="CSV, or “Notes in Plain Text” as Anki exports them.")

    def clean(self) -> dict[str, Any]:
        """A file is no larger than what may be pasted."""
        cleaned = super().clean()
        if not self.errors and self.file is not None and (self.file.size or 0) > MOST_NOTES:
            self.add_error("attachments", f"The file is larger than {MOST_NOTES // 1_000_000} MB. Split it.")
        return cleaned

    def notes(self) -> tuple[str, Notes]:
        """The text, and what is in it. Raises ``UserError`` where the file is no text."""
        raw, remark = decode(self.file.read()) if self.file is not None else (str(self.cleaned_data["text"]), "")
        text = clean_text(raw)
        found = read_notes(text)
        return text, replace(found, remarks=(*filter(None, [remark]), *found.remarks))


class CompareForm(forms.Form):
    """Which ideas the listener said back, in the learner's judgement, and what that changed."""

    changed = Text(
        most=4000,
        long=True,
        required=False,
        label="What you will say differently",
        help_text="The sentence before and after. If all came back, say what made it clear.",
    )

    def __init__(self, *args: Any, ideas: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"said_{place}" for place in range(len(ideas))]
        for name, idea in zip(self.names, ideas, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=f"Did “{idea}” come back?",
                choices=[("yes", "Yes: this is the idea"), ("no", "No, or not the whole of it")],
                widget=forms.RadioSelect,
                error_messages={"required": "Say whether it came back."},
            )

    def said_back(self) -> tuple[bool, ...]:
        """For each idea, whether it came back."""
        return tuple(self.cleaned_data[name] == "yes" for name in self.names)
