"""What every format is turned into: runs of records as lists of strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from feedback_lab.records.source import Rejection

# Reasons for which a record is set aside.
TOO_FEW = "too few cells"
TOO_MANY = "too many cells"
NO_TEXT = "no text"
UNCLOSED = "unclosed quote"
BAD_JSON = "not valid JSON"
NO_OBJECT = "not a JSON object"


@dataclass(frozen=True)
class Layout:
    """How a file is laid out. Everything that is needed to read it the same way again.

    ``names``: of the columns, never empty, no two alike. ``delimiter``: "" where the line is one cell, or the format has none.
    ``skip``: physical lines (of a workbook: rows) before the first record. ``least``: cells that a whole record has at least.
    ``assumed``: sentences about what was assumed.
    """

    format: str
    container: str
    names: tuple[str, ...]
    encoding: str | None = None
    delimiter: str = ""
    skip: int = 0
    least: int = 0
    sheet: str = ""
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Records in the order of the file, and those of the same stretch that could not be read.

    ``numbers``: of ``rows``, from 1. ``lines``: the physical line on which each starts, None where the format has no lines. Rows
    may have more or fewer cells than there are columns.
    """

    numbers: Sequence[int]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int] | None = None
    rejected: list[Rejection] = field(default_factory=list)


def named(cells: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Column names from a header line, and what was done: "column 3" for an empty one, "text (2)" for the second "text"."""
    names: list[str] = []
    taken: set[str] = set()
    empty = doubled = 0
    for place, cell in enumerate(cells, 1):
        plain = " ".join(cell.split())
        name = plain or f"column {place}"
        again = 1
        while name in taken:
            again += 1
            name = f"{plain or f'column {place}'} ({again})"
        empty += not plain
        doubled += bool(plain) and again > 1
        names.append(name)
        taken.add(name)
    said = []
    if empty:
        said.append(f"{_columns(empty)} without a name; named by place, such as “column 1”.")
    if doubled:
        said.append(f"{_columns(doubled)} with a name that was there already; a number was added, such as “text (2)”.")
    return tuple(names), said


def _columns(n: int) -> str:
    return "One column came" if n == 1 else f"{n:,} columns came"
