"""How a run is cut into slices, and what the learner writes about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from segue.evidence.drafts import whole_number
from segue.evidence.fields import Text
from segue.evidence.models import Confidentiality
from segue.work.deepen.queries.slices import Chosen, SlicesPage
from segue.work.deepen.sheet_forms import MOST_TEXT
from segue.work.deepen.slicing import PARTS
from segue.work.lab.slicing import METRICS, Sliced


def chosen_in(sent: QueryDict) -> Chosen | None:
    """What is asked for in an address or a form; ``None`` where nothing is. What is not known is ignored later."""
    if "run" not in sent:
        return None
    cuts = tuple(line for value in sent.getlist("cuts")[:200] for line in value.splitlines()[:200] if line)
    return Chosen(whole_number(sent.get("run")), sent.get("metric", "")[:20], sent.get("positive", "")[:400], cuts)


class CutForm(forms.Form):
    """Which run, which score, which class, which columns."""

    run = forms.ChoiceField(label="Run")
    metric = forms.ChoiceField(
        label="Score", choices=[*METRICS.items()], help_text="Macro-F1 counts each class alike; the share right hides rare ones."
    )
    positive = forms.ChoiceField(label="The class that matters", help_text="Missed rows of it are counted for each slice.")
    cuts = forms.MultipleChoiceField(label="Cut by", widget=forms.CheckboxSelectMultiple)

    def __init__(self, page: SlicesPage, sliced: Sliced) -> None:
        shown = [cut.column for cut in sliced.cuts]
        initial = {"run": str(sliced.analysis), "metric": sliced.metric, "positive": sliced.positive, "cuts": shown}
        super().__init__(initial=initial)
        choices = {
            "run": [(str(run.pk), f"{run.file_name}, version {run.version}") for run in page.runs],
            "positive": [(name, name) for name in sliced.classes],
            "cuts": [(name, name) for name in sliced.columns],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """What the slices mean, in the learner’s own words, and who may see it."""

    confidentiality = forms.ChoiceField(
        choices=Confidentiality.choices,
        initial=Confidentiality.PRIVATE,
        label="Who may see it",
        help_text="A private one can’t be sent to a reviewer.",
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (_, label, help_text) in PARTS.items():
            self.fields[name] = Text(most=MOST_TEXT, long=True, label=label, help_text=help_text, required=False)
        self.order_fields([*PARTS, "confidentiality"])

    @property
    def words(self) -> Mapping[str, str]:
        """What was typed, whether it is sound or not."""
        return {name: str(self.data.get(name, "")) for name in PARTS}
