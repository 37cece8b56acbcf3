"""A course of one's own as a form: what it is, and its units, each with hours and the concepts it teaches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms

from segue.core.activity import Course
from segue.courses.actions import About
from segue.courses.units import MOST_HOURS, MOST_TITLE, MOST_UNITS, Unit
from segue.curriculum import current
from segue.curriculum.naming import concepts_by_name, concepts_in, no_such_concept

if TYPE_CHECKING:
    _UnitRows = forms.BaseFormSet["UnitForm"]
else:
    _UnitRows = forms.BaseFormSet


class CourseForm(forms.Form):
    """Take a course whole, or the slice worth a PM's time."""

    scope = forms.ChoiceField(choices=[("slice", "The slice"), ("whole", "The whole course")])


class AboutForm(forms.Form):
    """What is said of a course as a whole."""

    title = forms.CharField(label="Title", max_length=120, error_messages={"required": "Give the course a title."})
    provider = forms.CharField(label="Who offers it", max_length=120, required=False)
    cost = forms.CharField(label="What it costs", max_length=120, required=False, help_text="For example: free, EUR 49 a month.")
    needs = forms.CharField(label="What it needs", max_length=120, required=False, help_text="For example: basic Python.")
    url = forms.CharField(label="Address", max_length=500, required=False)
    note = forms.CharField(label="Note", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_url(self) -> str:
        """Only addresses of the web: others would open a file or run a script."""
        url = str(self.cleaned_data["url"]).strip()
        if url and not re.fullmatch(r"https?://[^\s/]\S*", url, re.IGNORECASE):
            raise forms.ValidationError("An address begins with https:// or http:// and has no spaces: copy it whole.")
        return url

    def about(self) -> About:
        """What was typed, as the action takes it."""
        return About(**self.cleaned_data)


class UnitForm(forms.Form):
    """One unit. An empty row is none."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Unit", max_length=MOST_TITLE, required=False)
    hours = forms.FloatField(
        label="Hours",
        required=False,
        min_value=0.1,
        max_value=MOST_HOURS,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"A number from 0.1 to {MOST_HOURS}, such as 2.5."),
        widget=forms.NumberInput(attrs={"step": "any", "min": 0.1, "max": MOST_HOURS, "inputmode": "decimal"}),
    )
    concepts = forms.CharField(label="Concepts it teaches", max_length=1000, required=False)
    sliced = forms.BooleanField(label="In the slice", required=False)

    def clean_concepts(self) -> tuple[str, ...]:
        """Names as on the map, words of the glossary, or ids, between commas or semicolons."""
        known = concepts_by_name()
        names = _names(self.cleaned_data["concepts"], known)
        unknown = [name for name in names if name.casefold() not in known]
        if unknown:
            raise forms.ValidationError([no_such_concept(name) for name in unknown])
        return tuple(dict.fromkeys(known[name.casefold()] for name in names))

    def clean(self) -> dict[str, Any]:
        """A unit has a title and hours."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("title")) != bool(data.get("hours")):
            raise forms.ValidationError("A unit needs a title and its hours. Give both, or clear the row.")
        if not self.errors and not data.get("title") and data.get("concepts"):
            raise forms.ValidationError("These concepts belong to no unit. Give the unit a title and hours, or clear the row.")
        return data

    def unit(self) -> Unit | None:
        """What was typed, as the action takes it. A new unit without concepts teaches those that its title names."""
        data = self.cleaned_data
        if not data.get("title"):
            return None
        concepts = data["concepts"] or (() if data["id"] else concepts_in(data["title"]))
        return Unit(data["title"], data["hours"], concepts, data["sliced"], data["id"])


class Units(_UnitRows):
    """The units of a course: at least one, and ids only of those there are."""

    def __init__(self, *args: Any, known: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean(self) -> None:
        """At least one unit; ids that were sent must be the course's, each once."""
        if any(self.errors):
            return
        units = self.units()
        if not units:
            raise forms.ValidationError("A course needs at least one unit. If it has no parts, give it one with all its hours.")
        ids = [unit.id for unit in units if unit.id]
        if len(ids) != len(set(ids)) or not self.known.issuperset(ids):
            raise forms.ValidationError("The units have changed since this page was opened. Open it again.")

    def units(self) -> tuple[Unit, ...]:
        """The rows that were filled in."""
        return tuple(unit for form in self.forms if (unit := form.unit()))


_formset = forms.formset_factory(UnitForm, formset=Units, extra=3, max_num=MOST_UNITS, absolute_max=MOST_UNITS, validate_max=True)
UnitFormSet = cast("type[Units]", _formset)


def about_initial(course: Course) -> dict[str, Any]:
    """What the form shows of a course that there is."""
    return {name: getattr(course, name) for name in ("title", "provider", "cost", "needs", "url", "note")}


def units_initial(course: Course, with_ids: bool) -> list[dict[str, Any]]:
    """What the rows show of it. A copy gets ids of its own."""
    names = {i: concept.name for i, concept in current().concept_by_id.items()}
    return [
        {
            "id": unit.id if with_ids else "",
            "title": unit.title,
            "hours": f"{unit.hours:g}",
            "concepts": "; ".join(names[i] for i in unit.concepts if i in names),
            "sliced": unit.id in course.slice,
        }
        for unit in course.units
    ]


def _names(text: str, known: Mapping[str, str]) -> list[str]:
    """What stands between commas or semicolons; a name that has commas itself is kept whole."""
    found = []
    for part in re.split(r"[;\n]+", text):
        pieces = [piece.strip() for piece in part.split(",")]
        while pieces:
            ends = (n for n in range(len(pieces), 1, -1) if ", ".join(pieces[:n]).casefold() in known)
            end = next(ends, 1)
            found.append(", ".join(pieces[:end]))
            pieces = pieces[end:]
    return [name for name in found if name]
