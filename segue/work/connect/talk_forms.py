"""Parsing of what is prepared for a talk, and of what comes of it: insights, promises, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.curriculum import current
from segue.curriculum.naming import concepts_by_name, no_such_concept
from segue.evidence.fields import Day, Text
from segue.evidence.texts import clean_line
from segue.work.connect.meeting_forms import WRONG, day_input
from segue.work.connect.models import About, Direction, Insight, Owed
from segue.work.connect.preparing import Sheet
from segue.work.connect.queries.talks import Choices
from segue.work.connect.question_bank import bank

MOST_TEXT, MOST_QUESTION, MOST_OWN = 2000, 300, 20
CONCEPTS = ("concept_1", "concept_2", "concept_3")
SAME = ("text", "direction", "about", "for_project", "on")
GROUPS = ("of_role", "of_purpose", "of_everyone")


def _text(label: str, help_text: str = "") -> Text:
    return Text(most=MOST_TEXT, long=True, required=False, label=label, help_text=help_text)


def _questions(label: str) -> forms.MultipleChoiceField:
    wrong = {"invalid_choice": "One of the questions is not in the list any more. Choose again."}
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple, error_messages=wrong)


def _concept(label: str) -> Text:
    field = Text(most=100, required=False, label=label)
    field.widget.attrs |= {"list": "concepts", "autocomplete": "off"}
    return field


class SheetForm(forms.Form):
    """A prep sheet. Questions are chosen from the bank, or written."""

    who = _text("Who they are", "What they do, and what you have in common.")
    learn = Text(most=300, required=False, label="What you want to learn", help_text="One sentence.")
    of_role = _questions("Questions for their role")
    of_purpose = _questions("Questions for what it is about")
    of_everyone = _questions("Questions for everyone")
    own = Text(
        most=MOST_OWN * (MOST_QUESTION + 1),
        long=True,
        required=False,
        label="Questions of your own",
        help_text="One a line. None that a search would answer.",
    )
    offer = Text(most=300, required=False, label="One thing you can offer", help_text="Something that is of use to them.")

    def __init__(self, *args: Any, role: str, purpose: str, sheet: Sheet, **kwargs: Any) -> None:
        known = bank()
        lists = (known.roles.get(role, ()), known.purposes.get(purpose, ()), known.everyone)
        chosen = {name: [q for q in asked if q in sheet.questions] for name, asked in zip(GROUPS, lists, strict=True)}
        own = [q for q in sheet.questions if not any(q in asked for asked in lists)]
        begun = {"who": sheet.who, "learn": sheet.learn, "offer": sheet.offer, "own": "\n".join(own), **chosen}
        super().__init__(*args, **{"initial": begun, **kwargs})
        for name, asked in zip(GROUPS, lists, strict=True):
            fields: Any = self.fields
            fields[name].choices = [(question, question) for question in asked]
            if not asked:
                del self.fields[name]

    @property
    def groups(self) -> list[forms.BoundField]:
        """The lists of questions that there are."""
        return [self[name] for name in GROUPS if name in self.fields]

    def clean_own(self) -> tuple[str, ...]:
        """The questions, without marks of a list before them."""
        lines = tuple(line for raw in self.cleaned_data["own"].split("\n") if (line := clean_line(raw).lstrip("-*• ").strip()))
        if len(lines) > MOST_OWN:
            raise forms.ValidationError(f"These are {len(lines)} questions; {MOST_OWN} is the most.")
        for number, line in enumerate(lines, 1):
            if len(line) > MOST_QUESTION:
                raise forms.ValidationError(f"Line {number} has {len(line)} characters; {MOST_QUESTION} is the most. Shorten it.")
        return lines

    def sheet(self) -> Sheet:
        """What was typed and chosen."""
        given = self.cleaned_data
        chosen = [question for name in GROUPS for question in given.get(name, ())]
        return Sheet(given["who"], given["learn"], tuple(dict.fromkeys([*chosen, *given["own"]])), given["offer"])


class InsightForm(forms.Form):
    """One thing that was learnt, or passed on."""

    text = Text(
        most=MOST_TEXT,
        long=True,
        label="The insight",
        help_text="One thing, in two or three sentences. Leave names out.",
        error_messages={"required": "Write it down."},
    )
    direction = forms.ChoiceField(label="Which way", choices=Direction.choices, widget=forms.RadioSelect, error_messages=WRONG)
    about = forms.ChoiceField(label="About", choices=About.choices, error_messages=WRONG)
    concept_1 = _concept("Concept")
    concept_2 = _concept("Second concept")
    concept_3 = _concept("Third concept")
    for_project = forms.BooleanField(label="It changes something in my project", required=False)
    on = Day(label="Day")

    def clean(self) -> dict[str, Any]:
        """Each concept that is named is one that there is."""
        given = super().clean() or {}
        known = concepts_by_name()
        for name in CONCEPTS:
            if (named := given.get(name, "")) and named.casefold() not in known:
                self.add_error(name, no_such_concept(named))
        return given

    def told(self) -> dict[str, Any]:
        """The columns of the insight."""
        known, given = concepts_by_name(), self.cleaned_data
        ids = dict.fromkeys(known[given[name].casefold()] for name in CONCEPTS if given[name])
        return {name: given[name] for name in SAME} | {"concepts": [*ids]}


def initial_of_insight(insight: Insight) -> dict[str, Any]:
    """What the form shows of an insight that there is."""
    known = current().concept_by_id
    names = [known[one].name for one in insight.concepts if one in known]
    return {name: getattr(insight, name) for name in SAME} | dict(zip(CONCEPTS, names, strict=False))


class CommitmentForm(forms.Form):
    """Something that was promised."""

    by = forms.ChoiceField(label="Who", choices=Owed.choices, widget=forms.RadioSelect, initial=Owed.ME, error_messages=WRONG)
    what = Text(most=300, label="What", error_messages={"required": "Say what was promised."})
    due_on = forms.DateField(
        label="By",
        required=False,
        widget=day_input(),
        error_messages={"invalid": "This is no date. Write it as 2026-11-24."},
    )


class RecordForm(forms.Form):
    """How a talk is recorded."""

    activity = forms.ChoiceField(label="For which activity of your plan", required=False, error_messages=WRONG)
    quotes = forms.MultipleChoiceField(
        label="In their words, where they allow it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "This quote is not in your notes any more. Choose again."},
    )
    is_named = forms.BooleanField(label="They are fine with being named", required=False)

    def __init__(self, *args: Any, activities: Choices, quotes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["activity"].choices = activities
        fields["quotes"].choices = [(quote, quote) for quote in quotes]
        if not quotes:
            del self.fields["quotes"]
