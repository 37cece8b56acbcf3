"""What the pages of fairness ask for: shares of two groups, two slices, who is hurt, and who was selected of how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from segue.evidence.fields import Text
from segue.work.deepen.fairness import MEASURES, Pool, Table, impossible, thousand
from segue.work.deepen.queries.slices import pair_choices
from segue.work.lab.slicing import Sliced

PRESET = {"first": "Group A", "second": "Group B", "base_first": 30, "base_second": 50, "ppv": 70, "tpr": 80}
MOST_POOLS, LEAST_POOLS, SHOWN_POOLS, MOST_PEOPLE = 10, 2, 3, 100_000_000
NO_SHARE = "Give a share in percent, such as 30."


def _box() -> forms.TextInput:
    """A box for a number that shows what was typed even where it is none."""
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


class Percent(forms.FloatField):
    """A share in percent, above 0. ``below``: whether 100 itself is too much."""

    def __init__(self, *, below: bool, **kwargs: Any) -> None:
        wrong = {"invalid": NO_SHARE, "required": NO_SHARE}
        super().__init__(widget=_box(), error_messages=wrong, **kwargs)
        self.below = below

    def clean(self, value: Any) -> float:
        """The share, from 0 to 1."""
        number = super().clean(value)
        assert number is not None  # it is required
        if number <= 0 or number > 100 or (self.below and number >= 100):
            most = "less than 100" if self.below else "at most 100"
            raise forms.ValidationError(f"More than 0 and {most}, in percent.")
        return float(number) / 100


class NumbersForm(forms.Form):
    """Base rates of two groups, and what the model reaches in both."""

    first = Text(most=60, label="First group")
    base_first = Percent(below=True, label="Its base rate, in percent", help_text="To how many of 100 it applies.")
    second = Text(most=60, label="Second group")
    base_second = Percent(below=True, label="Its base rate, in percent", help_text="To how many of 100 it applies.")
    ppv = Percent(below=False, label="Flags that are right (PPV), in percent", help_text="The same in both groups.")
    tpr = Percent(below=False, label="True cases found (TPR), in percent", help_text="The same in both groups.")

    @property
    def rows(self) -> list[list[BoundField]]:
        """The fields as they stand side by side."""
        return [[self["first"], self["base_first"]], [self["second"], self["base_second"]], [self["ppv"], self["tpr"]]]

    def tables(self) -> tuple[Table, Table]:
        """What 1,000 people of each group come to."""
        given = self.cleaned_data
        first = thousand(given["first"], given["base_first"], given["ppv"], given["tpr"])
        return first, thousand(given["second"], given["base_second"], given["ppv"], given["tpr"])

    def faults(self) -> list[str]:
        """Groups for which no model can reach these figures."""
        given = self.cleaned_data
        asked = ((given[name], given[f"base_{name}"]) for name in ("first", "second"))
        found = ((name, impossible(base, given["ppv"], given["tpr"])) for name, base in asked)
        return [f"{name}: {says}" for name, says in found if says]


class PairForm(forms.Form):
    """Two slices of one column, and the class that is the flag."""

    a = forms.ChoiceField(label="First slice", error_messages={"invalid_choice": "The run has no such slice."})
    b = forms.ChoiceField(label="Second slice", error_messages={"invalid_choice": "The run has no such slice."})
    positive = forms.ChoiceField(
        label="The class that is the flag", error_messages={"invalid_choice": "The run has no such class. Choose one of these."}
    )

    def __init__(self, *args: Any, sliced: Sliced, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sliced = sliced
        pairs = [(choice.value, choice.label) for choice in pair_choices(sliced)]
        for name, offered in (("a", pairs), ("b", pairs), ("positive", [(each, each) for each in sliced.classes])):
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two slices that share no row."""
        super().clean()
        cleaned = self.cleaned_data
        first, second = str(cleaned.get("a", "")), str(cleaned.get("b", ""))
        if first and first == second:
            self.add_error("b", "These are the same slice. Choose another.")
        elif first and second and first.partition(".")[0] != second.partition(".")[0]:
            self.add_error("b", "Choose two slices of the same column: of different ones, some rows are in both.")
        return cleaned

    def tables(self) -> tuple[Table, Table]:
        """Counts of both slices."""
        return self._table("a"), self._table("b")

    def _table(self, name: str) -> Table:
        column, place = map(int, self.cleaned_data[name].split("."))
        cut = self.sliced.cuts[column]
        group = cut.groups[place]
        found = group.counts
        return Table(f"{cut.column}: {group.name}", found.tp, found.fp, found.fn, found.tn)


class HurtForm(forms.Form):
    """Who is hurt by which error."""

    hurt = forms.ChoiceField(
        label="Who is hurt most when the model is wrong?",
        choices=[(measure.id, measure.hurt) for measure in MEASURES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )


class SelectedForm(forms.Form):
    """Whether it is a selection at all."""

    selects = forms.ChoiceField(
        label="Is somebody selected?",
        help_text="Hired, promoted, admitted, given a loan or a place: one gets it and another does not.",
        choices=[("yes", "Yes, people are selected"), ("no", "No, texts or cases are sorted")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )


@dataclass(frozen=True)
class PoolFields:
    """A row of the form."""

    number: int
    fields: tuple[BoundField, BoundField, BoundField]


class PoolsForm(forms.Form):
    """Groups of people with how many of them were selected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_POOLS + 1):
            self.fields[f"name_{place}"] = Text(most=60, label=f"Group {place}", required=False)
            self.fields[f"selected_{place}"] = _people("Selected")
            self.fields[f"n_{place}"] = _people("Of how many")

    @property
    def rows(self) -> Iterator[PoolFields]:
        """The rows as the page shows them: those that are filled, and one to fill."""
        filled = [
            place for place in range(1, MOST_POOLS + 1) if self.data.get(f"n_{place}") or self.data.get(f"selected_{place}")
        ]
        for place in range(1, min(MOST_POOLS, max([SHOWN_POOLS, *(place + 1 for place in filled)])) + 1):
            yield PoolFields(place, (self[f"name_{place}"], self[f"selected_{place}"], self[f"n_{place}"]))

    def clean(self) -> dict[str, Any]:
        """Two groups or more, each with no more selected than there are."""
        super().clean()
        cleaned = self.cleaned_data
        self.pools = tuple(pool for place in range(1, MOST_POOLS + 1) if (pool := self._pool(place, cleaned)) is not None)
        if not self.errors and len(self.pools) < LEAST_POOLS:
            self.add_error(None, "The rule compares groups. Give two or more.")
        return cleaned

    def _pool(self, place: int, cleaned: dict[str, Any]) -> Pool | None:
        selected, n = cleaned.get(f"selected_{place}"), cleaned.get(f"n_{place}")
        if selected is None and n is None:
            return None
        if selected is None or n is None:
            if not self.errors:
                self.add_error(f"n_{place}", f"Group {place}: say both how many were selected and of how many.")
            return None
        if n == 0 or selected > n:
            self.add_error(f"n_{place}", f"Group {place}: of how many can’t be 0, nor fewer than were selected.")
            return None
        return Pool(cleaned.get(f"name_{place}") or f"Group {place}", selected, n)


def _people(label: str) -> forms.IntegerField:
    wrong = {
        "invalid": "Give a whole number, such as 48.",
        "min_value": "People can’t be fewer than 0.",
        "max_value": f"At most {MOST_PEOPLE:,}.",
    }
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_PEOPLE, required=False, widget=_box(), error_messages=wrong
    )
