"""The form of a sheet: a field for each of its fields, rows that are filled and some to fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from segue.evidence.fields import Text
from segue.evidence.models import Confidentiality
from segue.work.deepen.outline import MOST_ROWS, Answers, Column, Item, Outline, Part, as_number

MOST_LINE, MOST_TEXT = 400, 10_000
FREE_ROWS, LEAST_ROWS, MORE_ROWS = 1, 3, 4


@dataclass(frozen=True)
class FormRow:
    """A row of a table as the page shows it."""

    label: str
    help: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class FormPart:
    """A part as the page shows it: one field, or rows."""

    part: Part
    field: BoundField | None
    rows: tuple[FormRow, ...]

    @property
    def lines(self) -> int:
        """The height of its field."""
        return 5 if self.part.field is not None and self.part.field.sort == "text" else 0


class SheetForm(forms.Form):
    """A sheet. Nothing is required while it is being written; what is missing is a finding."""

    def __init__(self, *args: Any, outline: Outline, more: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outline = outline
        self.shown: dict[str, int] = {part.id: self._height(part, more) for part in outline.parts if part.is_open}
        for name, column in self._columns():
            self.fields[name] = _field(column)

    def _height(self, part: Part, more: int) -> int:
        given: Mapping[str, Any] = self.data if self.is_bound else self.initial
        filled = [n for n in range(1, MOST_ROWS + 1) if any(given.get(part.name(str(n), c.id)) for c in part.columns)]
        return min(MOST_ROWS, max(LEAST_ROWS, max(filled, default=0) + FREE_ROWS) + more)

    def _rows(self, part: Part) -> list[Item]:
        return [*part.items] or [Item(str(n), "") for n in range(1, self.shown[part.id] + 1)]

    def _columns(self) -> Iterator[tuple[str, Column]]:
        for part in self.outline.parts:
            if part.field is not None:
                yield part.id, part.field
            else:
                yield from ((part.name(row.id, column.id), column) for row in self._rows(part) for column in part.columns)

    @property
    def parts(self) -> list[FormPart]:
        """The parts with their fields."""
        return [self._shown(part) for part in self.outline.parts]

    def _shown(self, part: Part) -> FormPart:
        if part.field is not None:
            return FormPart(part, self[part.id], ())
        rows = (
            FormRow(row.label, row.help, tuple(self[part.name(row.id, column.id)] for column in part.columns))
            for row in self._rows(part)
        )
        return FormPart(part, None, tuple(rows))

    @property
    def typed(self) -> dict[str, str]:
        """Everything that stands in it, whether it is sound or not."""
        return {name: str(self.data.get(name, "")) for name in self.fields if str(self.data.get(name, "")).strip()}


class NumberText(Text):
    """A number, kept as it was typed."""

    def to_python(self, value: Any) -> str:
        """The text of the number, or what is wrong with it."""
        text = super().to_python(value)
        if text and as_number(text) is None:
            raise forms.ValidationError("Give a number, such as 0.4 or 1,200.")
        return text


class DayText(Text):
    """A day, which may be ahead, kept as 2026-11-24."""

    def to_python(self, value: Any) -> str:
        """The day, or what is wrong with it."""
        text = super().to_python(value)
        try:
            return text and date.fromisoformat(text).isoformat()
        except ValueError:
            raise forms.ValidationError("This is no date. Write it as 2026-11-24.") from None


def _field(column: Column) -> forms.Field:
    told: dict[str, Any] = {"label": column.label, "required": False, "help_text": column.help}
    if column.sort == "choice":
        wrong = {"invalid_choice": "Choose one of these."}
        return forms.ChoiceField(choices=[("", "Not said"), *column.choices], error_messages=wrong, **told)
    if column.sort == "number":
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        return NumberText(most=30, widget=widget, **told)
    if column.sort == "day":
        return DayText(most=10, widget=forms.TextInput(attrs={"type": "date"}), **told)
    is_long = column.sort == "text"
    return Text(most=MOST_TEXT if is_long else MOST_LINE, long=is_long, **told)


def initial_of(answers: Answers) -> dict[str, str]:
    """What the form shows of a sheet that was kept."""
    return dict(answers.fields)


class RecordForm(forms.Form):
    """Who may see the version that is recorded."""

    confidentiality = forms.ChoiceField(
        choices=Confidentiality.choices,
        initial=Confidentiality.PRIVATE,
        label="Who may see it",
        help_text="A private one can’t be sent to a reviewer.",
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
