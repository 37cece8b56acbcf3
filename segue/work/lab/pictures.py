"""Drawings and tables of the Lab's report as pages of Segue show them: drawn once, in the look of where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segue.shared.components import Column, Figure, Table

if TYPE_CHECKING:
    from feedback_lab.card import blocks
    from feedback_lab.card.blocks import Line

# The class under which the style sheet knows these drawings; the report's own word for them is taken by other charts here.
OURS, REPORTS = 'class="drawing"', 'class="chart"'


@dataclass(frozen=True)
class Picture:
    """A drawing with its sentence and table, and when it misleads. ``wide``: it may scroll."""

    figure: Figure
    misleads: str
    wide: bool = False


def picture_of(drawn: blocks.Figure, key: str, note: str = "", with_table: bool = True) -> Picture:
    """A figure of the report. ``key`` is unique in its page; without its table where the page shows one beside it."""
    table = table_of(drawn.table) if with_table else None
    figure = Figure(key, said(drawn.says), table, drawn.svg.replace(REPORTS, OURS, 1), note=note)
    return Picture(figure, said(drawn.misleads), drawn.wide)


def table_of(table: blocks.Table, most: int = 0) -> Table:
    """A table of the report, or so many of its rows."""
    columns = [Column(said(column.title), is_number=column.number) for column in table.columns]
    return Table(said(table.caption), columns, [[said(cell) for cell in row] for row in table.rows[: most or None]])


def said(line: Line) -> str:
    """The words of a line, with the marks that Segue prints. Control characters and turns of direction are left out."""
    from feedback_lab.card.blocks import parts_of, plain_text
    from feedback_lab.card.escaping import clean

    parts = (part.replace("'", "’") if isinstance(part, str) else plain_text(part) for part in parts_of(line))
    return clean("".join(parts))


def without_commands(reason: str) -> str:
    """Why a step was left out, without the sentences that tell what to type into a terminal."""
    sentences = re.split(r"(?<=[.:]) (?=[A-Z])", reason)
    return " ".join(each for each in sentences if " --" not in each and "feedback-lab" not in each)


def brief(name: str, columns: int = 60) -> str:
    """A name that somebody gave, cut so that a sentence stays one."""
    from feedback_lab.card.escaping import shorten

    return shorten(name, columns)


def names_in(names: Sequence[str], most: int = 12) -> str:
    """``a, b and 5 more``."""
    from feedback_lab.card.blocks import enumerated, plain_text

    return plain_text(enumerated([brief(name, 40) for name in names], most))
