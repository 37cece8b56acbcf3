"""Parsing of reviews and confirmations: who said what of an artefact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from segue.accounts.models import Learner
from segue.core.competency import Criterion
from segue.evidence.actions import Opinion, is_self
from segue.evidence.fields import Day, Files, Text
from segue.evidence.forms import MOST_TEXT, Choices, LedgerForm, store_all
from segue.evidence.replies import MOST_YEARS, RELATIONS

MARK = "mark_"
MARKS = (("met", "Met"), ("not-met", "Not met"), ("", "Not looked at"))


class OpinionForm(LedgerForm):
    """What somebody else said of an artefact: who they are, and their own words attached."""

    reviewer_name = Text(most=120, label="Name of the reviewer", error_messages={"required": "Say who it was."})
    relation = forms.ChoiceField(
        label="Who they are to you",
        choices=[("", "Choose one"), *((r, r) for r in RELATIONS)],
        error_messages={"required": "Say who they are to you: it tells how independent the review is."},
    )
    role = Text(
        most=120,
        label="Their role",
        help_text="Data scientist, for instance.",
        error_messages={"required": "Say what their work is."},
    )
    years = forms.IntegerField(
        label="Years of work with AI",
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        error_messages={"invalid": "Give a whole number of years.", "max_value": f"Give at most {MOST_YEARS} years."},
    )
    practises_ai = forms.BooleanField(
        label="They practise AI",
        required=False,
        help_text="They do this work: an AI product manager, data scientist, ML engineer, or a specialist in AI law or ethics.",
    )
    comment = Text(
        most=MOST_TEXT,
        long=True,
        required=False,
        label="What they said",
        help_text="In short, in your words. Theirs are in the file.",
    )
    on = Day(label="On which day they said it")
    attachments = Files(
        label="Their own words",
        required=True,
        help_text="Their e-mail, message, marked-up document or a scan. Without it this is only your word for it.",
        error_messages={"required": "Attach the reviewer's own words: an e-mail, a message, a marked-up document."},
    )
    activity_id = forms.ChoiceField(label="Which activity it answers", required=False)

    def __init__(
        self,
        *args: Any,
        learner: Learner,
        criteria: Sequence[Criterion],
        activities: Choices,
        confirms: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.learner, self.criteria = learner, criteria
        self.fields["activity_id"].choices = activities  # type: ignore[attr-defined]
        if len(activities) < 2:
            del self.fields["activity_id"]
        for criterion in criteria:
            self.fields[MARK + criterion.id] = forms.ChoiceField(
                label=criterion.text, choices=MARKS, initial="", required=False, widget=forms.RadioSelect
            )
        if confirms:
            comment = self.fields["comment"]
            comment.required, comment.label = True, "What changed because of it"
            comment.help_text = "A decision, a launch, a saving, a rule: what happened outside, and how they know."
            comment.error_messages["required"] = "Say what changed because of it: a confirmation is about an effect."

    @property
    def mark_fields(self) -> list[forms.BoundField]:
        """The criteria to mark, as fields."""
        return [self[MARK + criterion.id] for criterion in self.criteria]

    def clean_reviewer_name(self) -> str:
        """Nobody reviews themself."""
        name = str(self.cleaned_data["reviewer_name"])
        if is_self(self.learner, name):
            raise forms.ValidationError("Nobody reviews themself. Give the name of the person who looked at it.")
        return name

    def marks(self) -> Mapping[str, bool]:
        """Criterion id -> met, of those that were looked at."""
        given = {criterion.id: self.cleaned_data[MARK + criterion.id] for criterion in self.criteria}
        return {criterion_id: mark == "met" for criterion_id, mark in given.items() if mark}

    def opinion(self) -> Opinion:
        """What was said, its files stored. Raises ``UserError`` where they can't be."""
        cleaned = self.cleaned_data
        return Opinion(
            reviewer_name=cleaned["reviewer_name"],
            relation=cleaned["relation"],
            role=cleaned["role"],
            years=cleaned["years"],
            practises_ai=cleaned["practises_ai"],
            marks=self.marks(),
            comment=cleaned["comment"],
            on=cleaned["on"],
            activity_id=cleaned.get("activity_id", ""),
            files=store_all(cleaned["attachments"]),
        )
