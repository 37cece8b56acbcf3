"""Forms around a reviewer: whom to ask about what; and the questions, the same in the file that is sent and behind the link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.actions import is_self
from segue.evidence.actions.reviewing import MOST_DAYS, OPEN_FOR, too_large
from segue.evidence.blocks import MOST_LINE
from segue.evidence.fields import Text
from segue.evidence.forms import Choices
from segue.evidence.models import Attachment
from segue.evidence.replies import MOST_COMMENT, MOST_YEARS, REVIEWER_WORDS, Marked, from_document
from segue.evidence.requests import MOST_BYTES, Asked
from segue.shared.templatetags.segue import file_size

MOST_NOTE = 2000
MARK = "mark_"
MARKS = (("met", "Met"), ("not-met", "Not met"), ("", "I did not look at it"))


class ReviewerForm(forms.Form):
    """What a reviewer is asked. Unbound it is the form of the file; bound it gives what was ``marked``."""

    use_required_attribute = False  # what lacks is said in words, and what was typed stays
    comment = Text(most=MOST_COMMENT, long=True, required=False, label="What you think of it")
    name = Text(most=MOST_LINE, label="Your name", error_messages={"required": "Put your name in: a review needs one."})
    relation = forms.ChoiceField(
        label="How you know each other",
        choices=[("", "Choose one"), *REVIEWER_WORDS.items()],
        error_messages={"required": "Say how you know each other.", "invalid_choice": "Choose one of these."},
    )
    role = Text(most=MOST_LINE, label="Your work", error_messages={"required": "Say what your work is."})
    years = forms.IntegerField(
        label="Years of work with AI",
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        error_messages={
            "invalid": "Give a whole number of years.",
            "min_value": "Give a whole number of years, 0 or more.",
            "max_value": f"Give at most {MOST_YEARS} years.",
        },
    )
    practises_ai = forms.BooleanField(label="I practise AI", required=False)

    def __init__(self, *args: Any, criteria: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "review-%s", **kwargs})
        self.criteria = criteria
        for name, most in (("name", MOST_LINE), ("role", MOST_LINE), ("comment", MOST_COMMENT)):
            self.fields[name].widget.attrs["maxlength"] = most
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["comment"].widget.attrs["rows"] = 6
        for criterion in criteria:
            self.fields[MARK + criterion.id] = forms.ChoiceField(
                label=criterion.text, choices=MARKS, initial="", required=False, help_text=criterion.level
            )

    @property
    def mark_fields(self) -> list[forms.BoundField]:
        """The criteria to mark, as fields."""
        return [self[MARK + criterion.id] for criterion in self.criteria]

    def clean(self) -> dict[str, Any]:
        """Something must be marked or said."""
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["comment"] and not any(cleaned[MARK + c.id] for c in self.criteria):
            asked = "Mark what you looked at, or say what you think." if self.criteria else "Say what you think of it."
            self.add_error("comment", asked)
        return cleaned

    def marked(self, on: date) -> Marked:
        """What the reviewer says, checked by the rules that hold for the file."""
        cleaned = self.cleaned_data
        given = {criterion.id: cleaned[MARK + criterion.id] for criterion in self.criteria}
        marks = {criterion_id: mark == "met" for criterion_id, mark in given.items() if mark}
        names = ("name", "relation", "role", "years", "practises_ai", "comment")
        said = {**{name: cleaned[name] for name in names}, "marks": marks, "on": on.isoformat()}
        return from_document(said, given)

    def blame(self, error: UserError) -> None:
        """Shows an error that came up after the fields were read."""
        self.add_error(None, str(error))


class AskForm(forms.Form):
    """Whom to ask for a review, with which words and files, and for how long."""

    for_name = Text(most=MOST_LINE, required=False, label="For whom", help_text="Their name, if you like: it greets them.")
    note = Text(
        most=MOST_NOTE, long=True, required=False, label="A line to them", help_text="What you would like to hear about most."
    )
    enclosed = forms.MultipleChoiceField(
        label="Files that go along",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"At most {MOST_BYTES // 1024**2} MB together, or mail programs refuse it.",
    )
    activity_id = forms.ChoiceField(label="Which activity it answers", required=False)
    days = forms.IntegerField(
        label="How long it stays open",
        min_value=1,
        max_value=MOST_DAYS,
        initial=OPEN_FOR,
        error_messages={
            "required": "Say for how many days.",
            "invalid": "Give a whole number of days.",
            "min_value": "Give it at least one day.",
            "max_value": f"Give it at most {MOST_DAYS} days. It can be given more later.",
        },
    )

    def __init__(self, *args: Any, learner: Learner, attached: Sequence[Attachment], activities: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.learner, self.attached = learner, attached
        enclosed, activity = self.fields["enclosed"], self.fields["activity_id"]
        enclosed.choices = [(a.sha256, f"{a.name} ({file_size(a.size)})") for a in attached]  # type: ignore[attr-defined]
        if sum(a.size for a in attached) <= MOST_BYTES:
            enclosed.initial = [a.sha256 for a in attached]
        activity.choices = activities  # type: ignore[attr-defined]
        if not attached:
            del self.fields["enclosed"]
        if len(activities) < 2:
            del self.fields["activity_id"]

    def clean_for_name(self) -> str:
        """Nobody reviews themself."""
        name = str(self.cleaned_data["for_name"])
        if name and is_self(self.learner, name):
            raise forms.ValidationError("Nobody reviews themself. Ask somebody else.")
        return name

    def clean_enclosed(self) -> list[str]:
        """What a mail program still carries."""
        chosen = list(self.cleaned_data["enclosed"])
        size = sum(a.size for a in self.attached if a.sha256 in chosen)
        if size > MOST_BYTES:
            raise forms.ValidationError(str(too_large(size)))
        return chosen
