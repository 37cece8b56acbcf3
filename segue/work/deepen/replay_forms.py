"""How a run is replayed and what is watched; what is decided in a week; what is said of it in the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from segue.evidence.fields import Text
from segue.evidence.models import Confidentiality
from segue.work.deepen.monitors import VALUE, WHOLE, Monitors
from segue.work.deepen.replaying import Option
from segue.work.lab.replay import SEEDED, TIME, Offer, Wish
from segue.work.lab.scenes import ANY, GROUP, SHIFTS

MOST_SEED = 999_999
LABELS = ((20, "20"), (40, "40"), (60, "60"), (100, "100"))
BATCHES = ((100, "100"), (300, "300"), (600, "600"))
SPLITS = (
    (TIME, "By time: the older half, then the newer one in twelve parts"),
    (SEEDED, "A seeded shift: twelve weeks drawn at random"),
)
BELOW = ((VALUE, "The score itself"), (WHOLE, "Its whole 95% interval: fewer false alarms, and slower"))
ONE_CHOICE = {"required": "Choose one.", "invalid_choice": "Choose one of these."}


def _limit(label: str, help_text: str, most: float, initial: float | None = None) -> forms.FloatField:
    wrong = {"invalid": "Give a number, such as 0.25.", "min_value": "Give more than 0.", "max_value": f"{most:g} is the most."}
    told: dict[str, Any] = {"label": label, "help_text": help_text, "required": False, "initial": initial}
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.FloatField(min_value=0.01, max_value=most, error_messages=wrong, widget=widget, **told)


def _count(label: str, help_text: str, most: int, least: int = 1) -> forms.IntegerField:
    wrong = {"invalid": "Give a whole number.", "min_value": f"{least} is the least.", "max_value": f"{most:,} is the most."}
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    told: dict[str, Any] = {"label": label, "help_text": help_text, "required": False}
    return forms.IntegerField(min_value=least, max_value=most, error_messages=wrong, widget=widget, **told)


class ReplayForm(forms.Form):
    """The split, and the monitors, which can’t be changed once the first week is seen."""

    split = forms.ChoiceField(label="What stands for time", choices=SPLITS, widget=forms.RadioSelect, error_messages=ONE_CHOICE)
    shift = forms.ChoiceField(
        label="What changes, with a seeded shift",
        choices=((ANY, "Let the seed choose, and tell me in the end"), *SHIFTS.items()),
        required=False,
        initial=ANY,
        error_messages=ONE_CHOICE,
    )
    seed = _count("Seed", "Any number. The same seed gives the same weeks, so that somebody else can check yours.", MOST_SEED)
    mix = _limit("PSI of what the model says", "Empty: not watched. Needs no labels.", 10, 0.25)
    length = _limit("PSI of the length of texts", "Empty: not watched. Needs no labels.", 10, 0.25)
    floor = _limit("Floor of the macro-F1", "Empty: not watched. Between 0 and 1, on the rows labelled by hand.", 0.99)
    below = forms.ChoiceField(label="What must be below the floor", choices=BELOW, initial=VALUE, error_messages=ONE_CHOICE)
    labels = forms.TypedChoiceField(
        label="Rows labelled by hand each week",
        choices=LABELS,
        coerce=int,
        initial=60,
        help_text="At most half of a week. Few labels make wide intervals; many cost hours.",
        error_messages=ONE_CHOICE,
    )
    batch = forms.TypedChoiceField(
        label="Rows labelled for a new training",
        choices=BATCHES,
        coerce=int,
        initial=300,
        help_text="From the last four weeks, at most so many as there are, beside the older rows.",
        error_messages=ONE_CHOICE,
    )
    labels_due = _count("New labels that start a training", "Empty: none do.", 10_000)
    every = _count("Weeks between trainings", "Empty: there is no schedule.", 12)
    owner = Text(most=120, label="Who is told, and decides", help_text="A role with a name, not a team.", required=True)
    fallback = Text(
        most=600,
        long=True,
        label="What users get while the model is rolled back",
        help_text="A rule, the model before, a person: and what users then see.",
        required=True,
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["split"].initial = TIME if offer.has_times else SEEDED
        for name, words in (("owner", "Say who."), ("fallback", "Say what they get.")):
            self.fields[name].error_messages["required"] = words
        self.fields["seed"].initial = 1

    def clean(self) -> dict[str, Any]:
        """What the run has, and at least one alarm."""
        cleaned = super().clean() or {}
        if cleaned.get("split") == TIME and not self.offer.has_times:
            self.add_error("split", "The rows of this run have no time. Choose the seeded shift.")
        is_seeded = cleaned.get("split") == SEEDED
        if is_seeded and cleaned.get("shift") == GROUP and not self.offer.groups:
            self.add_error("shift", "No column of this run cuts its rows into groups. Choose another one.")
        if not self.errors and all(cleaned.get(name) is None for name in ("mix", "length", "floor")):
            raise forms.ValidationError("Nothing would ever fire. Give a limit for one of the three: answers, length, or floor.")
        return cleaned

    def wish(self) -> Wish:
        """How to replay."""
        given = self.cleaned_data
        shift = (given["shift"] or ANY) if given["split"] == SEEDED else ""
        return Wish(given["split"], shift, given["seed"] or 1, given["labels"], given["batch"])

    def monitors(self) -> Monitors:
        """What is watched."""
        names = ("mix", "length", "floor", "below", "labels_due", "every", "owner", "fallback")
        return Monitors(**{name: self.cleaned_data[name] for name in names})


class DecisionForm(forms.Form):
    """What happens to the model, and why."""

    choice = forms.ChoiceField(label="Your decision", widget=forms.RadioSelect, error_messages=ONE_CHOICE)
    why = Text(
        most=1_000,
        long=True,
        label="Why",
        help_text="What decided it, and what could be chance. Whoever reads it in a year will ask.",
        error_messages={"required": "A decision needs its reason."},
    )

    def __init__(self, *args: Any, options: Sequence[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(option.choice, f"{option.label}. {option.help}") for option in options]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """The likely cause in one’s own words, and who may see the report."""

    words = Text(
        most=4_000,
        long=True,
        label="Likely cause, in your words",
        help_text="Inputs, answers, or a difference in preparation: what speaks for it, what could be chance?",
        error_messages={"required": "Say what you think it was; “chance” is an answer too."},
    )
    confidentiality = forms.ChoiceField(
        choices=Confidentiality.choices,
        initial=Confidentiality.PRIVATE,
        label="Who may see it",
        help_text="A private one can’t be sent to a reviewer.",
        error_messages=ONE_CHOICE,
    )
