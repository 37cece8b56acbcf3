"""What the component templates take, so that the pages that fill them are checked by the type checker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of a table. ``is_number`` aligns its figures to the right."""

    label: str
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a table, with the column it stands in."""

    value: object
    column: Column


@dataclass(frozen=True)
class Table:
    """A plain table. The caption says what is in it; the first cell of each row is that row's header."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]

    @property
    def body(self) -> Sequence[Sequence[Cell]]:
        """The rows as cells that know their column."""
        return [[Cell(value, column) for value, column in zip(row, self.columns, strict=True)] for row in self.rows]


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing. Tabs are links, so each has an address."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Step:
    """A step of a stepper. ``state``: ``done``, ``now`` or ``later``. Only done steps need an address."""

    label: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class Stat:
    """A figure with its unit and what it measures; ``note`` adds the n, the range or the date."""

    value: object
    unit: str = ""
    label: str = ""
    note: str = ""


@dataclass(frozen=True)
class TimelineRow:
    """A week or activity on the timeline. ``phase`` is 1 to 6; ``state``: ``done``, ``now``, ``later`` or ``slipped``."""

    label: str
    title: str
    phase: int
    state: str
    dates: str = ""
    note: str = ""
    url: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Figure:
    """A picture of data: SVG drawn by the server, or options for a chart, with the sentence it proves and the table behind it.

    ``id`` is unique on its page. ``svg`` is shown as it is, so every text in it must be escaped by whoever draws it.
    ``note`` says n, period and source.
    """

    id: str
    caption: str
    table: Table | None = None
    svg: str = ""
    chart: Mapping[str, object] | None = None
    download_url: str = ""
    note: str = ""

    @property
    def data_id(self) -> str:
        """The id of the script element that holds the options of the chart."""
        return f"{self.id}-data"
