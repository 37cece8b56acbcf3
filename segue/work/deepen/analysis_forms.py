"""Parsing of one's own analysis, and of how it compares with the reference."""

from __future__ import annotations

from typing import Any

from django import forms

from segue.evidence.fields import Text
from segue.work.deepen.analysis import lacking, texts_in
from segue.work.deepen.cases import PARTS, VERDICTS

MOST_PART, MOST_LESSON = 6_000, 4_000


class AnalysisForm(forms.Form):
    """The parts. Thin ones are told when the reference is asked for, not while one writes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part.id] = Text(most=MOST_PART, long=True, required=False, label=part.heading, help_text=part.asks)

    def clean(self) -> dict[str, Any]:
        """Refuses an analysis that is too thin to be one."""
        cleaned = super().clean() or {}
        for name, words in lacking(texts_in({each: cleaned.get(each, "") for each in self.fields})) if not self.errors else ():
            self.add_error(name or None, words)
        return cleaned

    @property
    def typed(self) -> dict[str, str]:
        """Everything that stands in it."""
        return {name: str(self.data.get(name, "")) for name in self.fields}


class ComparisonForm(forms.Form):
    """A verdict for each part, and the lesson."""

    lesson = Text(
        most=MOST_LESSON,
        long=True,
        required=False,
        label="What it means for my product",
        help_text="One thing that you do or leave on Monday because of this case, and where.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[f"point_{part.id}"] = forms.ChoiceField(
                label=f"{part.heading}: beside the reference",
                choices=[("", "Not compared yet"), *VERDICTS],
                required=False,
                error_messages={"invalid_choice": "Choose one of these."},
            )

    def points(self) -> dict[str, str]:
        """Part -> verdict, for those that were compared."""
        given = {part.id: self.cleaned_data.get(f"point_{part.id}", "") for part in PARTS}
        return {name: verdict for name, verdict in given.items() if verdict}
