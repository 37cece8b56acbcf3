"""What a sheet asks: its parts, as the files in ``content/sheets`` say, and the answers as data.

A part is one field, a table with rows of one's own, or a table whose rows are given (ten questions, eighteen guidelines). A field
is called by its part; in a table by part, row and column: ``stops.2.whose``, ``questions.personal.answer``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from segue.core.wording import written_date

FOLDER = Path(__file__).parent / "content" / "sheets"
SORTS = ("line", "text", "choice", "number", "day")
MOST_ROWS = 40
# In the order in which the month takes them: file, then heading on the page of the month.
GROUPS = (
    ("law", "Privacy and law"),
    ("bias", "Bias and harm"),
    ("lifecycle", "The life of a model"),
    ("governance", "Data and its governance"),
    ("spec", "The spec"),
)


@dataclass(frozen=True)
class Column:
    """A field. ``choices``: value and label, for a choice."""

    id: str
    label: str
    sort: str = "line"
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    def says(self, value: str) -> str:
        """A value as it is printed."""
        if self.sort == "day":
            return _written(value)
        return dict(self.choices).get(value, value)


def _written(day: str) -> str:
    try:
        return written_date(date.fromisoformat(day))
    except ValueError:
        return day


@dataclass(frozen=True)
class Item:
    """A given row of a table: its question, and what to know before one answers."""

    id: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Part:
    """A part of a sheet. ``field`` is set where it is one field; ``items`` where the rows of its table are given."""

    id: str
    heading: str
    help: str = ""
    field: Column | None = None
    columns: tuple[Column, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is a table with rows of one's own."""
        return bool(self.columns) and not self.items

    def name(self, row: str = "", column: str = "") -> str:
        """How a field of it is called."""
        return ".".join(filter(None, (self.id, row, column)))


@dataclass(frozen=True)
class Outline:
    """A sheet. ``kind``: of the evidence that it becomes; ``activity`` asks for it, ``review`` for a person's eye on it.

    ``is_legal``: it rests on the law, shows from when its rules are, and says that it is no legal advice.
    """

    sort: str
    group: str
    title: str
    lede: str
    kind: str
    activity: str
    review: str
    is_legal: bool
    parts: tuple[Part, ...]

    @property
    def by_id(self) -> Mapping[str, Part]:
        """The parts by their names."""
        return {part.id: part for part in self.parts}


@dataclass(frozen=True)
class Row:
    """A row of a table. ``id``: of the item, or its number."""

    id: str
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True)
class Answers:
    """What was typed into a sheet. Fields that it does not have are left out; empty rows of an open table, too."""

    outline: Outline
    fields: Mapping[str, str] = field(default_factory=dict)

    def text(self, part: str) -> str:
        """What stands in a part that is one field."""
        return self.fields.get(part, "").strip()

    def rows(self, part: str) -> tuple[Row, ...]:
        """The rows of a table: all that are given, or those of one's own in which something stands."""
        asked = self.outline.by_id[part]
        ids = [item.id for item in asked.items] or [str(number) for number in range(1, MOST_ROWS + 1)]
        found = (Row(each, {c.id: self.fields.get(asked.name(each, c.id), "").strip() for c in asked.columns}) for each in ids)
        return tuple(row for row in found if asked.items or any(row.values.values()))

    def value(self, part: str, row: str, column: str) -> str:
        """One field of a table."""
        return self.fields.get(f"{part}.{row}.{column}", "").strip()

    def number(self, part: str, row: str = "", column: str = "") -> float | None:
        """A field as a number; ``None`` where none stands there."""
        return as_number(self.fields.get(self.outline.by_id[part].name(row, column), ""))

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(value.strip() for value in self.fields.values())


def as_number(text: str) -> float | None:
    """A number as people type it, such as ``1,200`` or ``0.4``; ``None`` where it is none or has no end."""
    try:
        number = float(text.replace(",", "").replace(" ", "").strip())
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None  # false for what is not a number, too


def answers_of(outline: Outline, fields: Mapping[str, str]) -> Answers:
    """The answers among what was typed, rows of one's own moved up to close gaps."""
    kept: dict[str, str] = {}
    for part in outline.parts:
        kept.update(_kept(part, fields))
    return Answers(outline, kept)


def _kept(part: Part, fields: Mapping[str, str]) -> dict[str, str]:
    if part.field is not None:
        return {part.id: fields[part.id]} if fields.get(part.id) else {}
    if not part.is_open:
        names = [part.name(item.id, column.id) for item in part.items for column in part.columns]
        return {name: fields[name] for name in names if fields.get(name)}
    rows = [{c.id: fields.get(part.name(str(n), c.id), "") for c in part.columns} for n in range(1, MOST_ROWS + 1)]
    filled = [row for row in rows if any(value.strip() for value in row.values())]
    named = ((part.name(str(n), column), value) for n, row in enumerate(filled, 1) for column, value in row.items())
    return {name: value for name, value in named if value}


@cache
def outlines() -> Mapping[str, Outline]:
    """All sheets, by their sort, in the order of the month."""
    import yaml

    found = {}
    for group, _ in GROUPS:
        path = FOLDER / f"{group}.yaml"
        for told in yaml.safe_load(path.read_text("utf-8")) if path.is_file() else ():
            found[told["sort"]] = _outline(group, told)
    return found


def _outline(group: str, told: Mapping[str, Any]) -> Outline:
    parts = tuple(map(_part, told["parts"]))
    return Outline(
        sort=told["sort"],
        group=group,
        title=told["title"],
        lede=told["lede"],
        kind=told["kind"],
        activity=told.get("activity", ""),
        review=told.get("review", ""),
        is_legal=told.get("is_legal", False),
        parts=parts,
    )


def _part(told: Mapping[str, Any]) -> Part:
    columns = tuple(map(_column, told.get("columns", ())))
    items = tuple(Item(each["id"], each["label"], each.get("help", "")) for each in told.get("items", ()))
    field = None if columns else _column({"id": told["id"], "label": told["heading"], **told})
    return Part(told["id"], told["heading"], told.get("help", ""), field, columns, items)


def _column(told: Mapping[str, Any]) -> Column:
    choices = tuple((str(value), label) for value, label in told.get("choices", {}).items())
    return Column(told["id"], told["label"], told.get("sort", "choice" if choices else "line"), told.get("help", ""), choices)


def fields_of(outline: Outline) -> Iterator[tuple[str, Column]]:
    """Every field that a sheet can have, by name."""
    for part in outline.parts:
        if part.field is not None:
            yield part.id, part.field
        rows: Sequence[str] = [item.id for item in part.items] or [str(n) for n in range(1, MOST_ROWS + 1)]
        yield from ((part.name(row, column.id), column) for row in rows for column in part.columns)
