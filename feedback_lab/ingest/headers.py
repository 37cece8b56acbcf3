"""Which character parts the cells, and whether the first line names the columns."""

from __future__ import annotations

from collections.abc import Sequence

from feedback_lab.errors import LabError
from feedback_lab.ingest import hints, times
from feedback_lab.ingest.delimited import Cut, cut_lines
from feedback_lab.ingest.ratings import number

# In the order of preference where two fit alike.
DELIMITERS = (",", "\t", ";", "|")
# The share of rows that must have as many cells as the header.
FIT = 0.7
SHOWN = {"\t": "tab", "": "none"}
# Rows that are compared with the first line.
COMPARED = 200
_ALL_HINTS = (
    hints.TEXT | hints.TIME | hints.RATING | hints.IDENTIFIER | hints.PERSON | frozenset(hints.LABEL) | hints.GROUP_NUMBER
)


def checked_delimiter(wish: str | None) -> str | None:
    """The delimiter that is wished. Raises ``LabError`` for more than one character, or one that can't part cells."""
    spelled = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
    delimiter = wish if wish is None else spelled.get(wish.lower(), wish)
    if delimiter is not None and (len(delimiter) > 1 or delimiter in {'"', "\r", "\n", "\0", "\x1e"}):
        raise LabError(
            f"“{wish}” can't part the cells of a row.", "A delimiter is one character: a comma, semicolon, tab or pipe."
        )
    return delimiter


def guess_delimiter(lines: list[str], suffix: str) -> str:
    """The character that parts most rows into as many cells as the first line has; "" where none does."""
    order = ("\t", ",", ";", "|") if suffix in {".tsv", ".tab"} else DELIMITERS
    scored = [(_fit(lines, delimiter), -place, delimiter) for place, delimiter in enumerate(order)]
    (share, _), _, best = max(scored)
    return best if share >= FIT else ""


def _fit(lines: list[str], delimiter: str) -> tuple[float, int]:
    """How well a delimiter fits: the share of rows like the header, to a tenth, and the number of cells."""
    rows = [row for row in cut_lines(list(lines), delimiter, 0, 0, True).rows if any(cell.strip() for cell in row)]
    if not rows or len(rows[0]) < 2:
        return 0.0, 0
    cells = len(rows[0])
    named = max(place for place, cell in enumerate(rows[0], 1) if cell.strip())
    alike = sum(_is_like(row, named, cells) for row in rows[1:])
    return round(alike / len(rows[1:]), 1) if rows[1:] else 1.0, cells


def _is_like(row: list[str], named: int, cells: int) -> bool:
    """Delimiters at the end of the header, or of the row, are no cells."""
    return named <= len(row) <= cells or (len(row) > cells and not any(row[cells:]))


def first_row(cut: Cut, name: str) -> list[str]:
    """The first record of a file. Raises ``LabError`` where its quote is open."""
    if cut.broken and (not cut.rows or cut.broken[0] < cut.starts[0]):
        raise LabError(f"The first line of {name} has a quote that is not closed.", "Close it, or take the quote out.")
    if not cut.rows:
        raise LabError(f"{name} holds nothing but blank lines.", "Export it again.")
    return cut.rows[0]


def is_data(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the first row looks like data instead of names.

    It does where none of its cells has a name as one expects, and it holds a number or date like those below, a value that recurs
    below, or a sentence with its full stop.
    """
    if not below or any(hints.any_in(cell, _ALL_HINTS) and len(cell.split()) <= 4 for cell in first):
        return False
    columns = [
        (cell.strip(), [row[place].strip() for row in below[:COMPARED] if place < len(row)]) for place, cell in enumerate(first)
    ]
    return any(_fits_below(cell, values) for cell, values in columns if cell)


def _fits_below(cell: str, values: list[str]) -> bool:
    filled = [value for value in values if value]
    if not filled:
        return False
    if _is_value(cell):
        return sum(map(_is_value, filled)) >= 0.9 * len(filled)
    return filled.count(cell) >= 2 or (cell[-1] in ".!" and len(cell.split()) >= 3)


def _is_value(cell: str) -> bool:
    return number(cell) is not None or times.moment(cell) is not None
