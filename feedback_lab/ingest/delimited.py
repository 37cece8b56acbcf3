"""Records of CSV and its kin from physical lines, without losing rows to a broken quote.

Python's ``csv`` does the parsing. What it lacks is a way back: one quote that is never closed makes a single cell of the rest of
the file. The rule here:

* A record on one line is taken as ``csv`` reads it, and is lenient: a quote inside of a bare cell is a letter.
* A record over several lines is taken only if it is sound: strictly quoted, as many cells as the header has, at most
  ``MOST_LINES`` lines, and its inner lines don't look like records themselves.
* Otherwise its first line alone is set aside as "unclosed quote", and reading goes on at the next physical line. The same at the
  end of the file.
* Where it was not sound for its quotes or its cells, it may still have been a cell of several lines. A line that ended it, and so
  has an odd number of quotes, is set aside too: what looks like a row of its own may be the tail of the cell.

Quotes that are left open close one another, so no line is read more than a few times. Blank lines are no records.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

from feedback_lab.ingest.batches import UNCLOSED, Batch, Layout
from feedback_lab.records.source import Rejection

if TYPE_CHECKING:
    import _csv

QUOTE = '"'
# A cell of more lines than this is a quote that was not closed: long e-mail threads have a few hundred.
MOST_LINES = 1_000
MOST_CHARACTERS = 8 << 20
# So many delimiters on inner lines that all fit the header are no coincidence: rows were swallowed.
SWALLOWED = 6
# ``csv`` wants a delimiter; this one occurs in no text.
NO_DELIMITER = "\x1f"
# Put behind the lines: comes back as a record of its own if, and only if, the last record is complete.
_END = "\x1e"


@dataclass
class Cut:
    """Records of some lines. ``starts``: the index of the line on which each of ``rows`` starts; ``broken``: of lines set aside.

    ``used``: lines that are done with; the rest belongs to a record that is not complete yet.
    """

    rows: list[list[str]] = field(default_factory=list)
    starts: Sequence[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    used: int = 0


def batches(blocks: Iterable[list[str]], layout: Layout) -> Iterator[Batch]:
    """The records below the header, numbered from 1, with their physical lines."""
    lines: list[str] = []
    line, number, skip = 1, 1, layout.skip
    for block in chain(blocks, ([],)):
        last = not block
        lines += block
        if skip:
            gone = min(skip, len(lines))
            del lines[:gone]
            line, skip = line + gone, skip - gone
        cut = cut_lines(lines, layout.delimiter, len(layout.names), layout.least, last)
        if cut.rows or cut.broken:
            batch = _batch(cut, line, number)
            number += len(batch.rows) + len(batch.rejected)
            yield batch
        del lines[: cut.used]
        line += cut.used


def _batch(cut: Cut, line: int, number: int) -> Batch:
    """Numbers for the records, those that are set aside among them."""
    if not cut.broken:
        starts = cut.starts
        lines = range(line + starts.start, line + starts.stop) if isinstance(starts, range) else [line + at for at in starts]
        return Batch(range(number, number + len(cut.rows)), cut.rows, lines)
    order = {at: number + place for place, at in enumerate(sorted([*cut.starts, *cut.broken]))}
    rejected = [Rejection(order[at], UNCLOSED, line + at) for at in cut.broken]
    return Batch([order[at] for at in cut.starts], cut.rows, [line + at for at in cut.starts], rejected)


def cut_lines(lines: list[str], delimiter: str, columns: int, least: int, last: bool) -> Cut:
    """Cut lines into records. ``columns``: of the header, 0 where it is not known yet. ``last``: no more lines will come."""
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 30))  # lines are bounded already
    rows = _plain_rows(lines, delimiter)
    if rows is None:
        return _Cutter(lines, delimiter, columns, least).cut(last)
    starts: Sequence[int] = range(len(rows))
    if [] in rows:
        starts = [at for at, row in enumerate(rows) if row]
        rows = [row for row in rows if row]
    return Cut(rows, starts, [], len(lines))


def _plain_rows(lines: list[str], delimiter: str) -> list[list[str]] | None:
    """The rows if each line is exactly one record, which is the rule and takes no loop of our own."""
    try:
        rows = list(_reader(chain(lines, (_END,)), delimiter))
    except csv.Error:
        return None
    if len(rows) == len(lines) + 1 and rows.pop() == [_END]:
        return rows
    return None


def _reader(lines: Iterable[str], delimiter: str, strict: bool = False) -> _csv.Reader:
    return csv.reader(lines, delimiter=delimiter or NO_DELIMITER, quotechar=QUOTE, strict=strict)


class _Cutter:
    """The careful way, line by line."""

    def __init__(self, lines: list[str], delimiter: str, columns: int, least: int) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._columns = columns
        self._least = least
        self._starts: list[int] = []
        self._cut = Cut(starts=self._starts)
        # Up to here, lines may be the tail of a cell whose first line was set aside.
        self._doubtful = 0

    def cut(self, last: bool) -> Cut:
        at = 0
        while at < len(self._lines):
            resume, whole = self._run(at, last)
            if whole:
                self._cut.used = resume
                break
            at = self._cut.used = resume
        return self._cut

    def _run(self, start: int, last: bool) -> tuple[int, bool]:
        """Records from a line on, up to a broken one. Returns where to go on, and whether the rest must wait for more lines."""
        reader = _reader(chain(islice(self._lines, start, None), (_END,)), self._delimiter)
        first = start
        try:
            for row in reader:
                after = first + reader.line_num
                if after > len(self._lines):
                    return self._at_end(start, row, last)
                if not self._take(start, after, row):
                    return start + 1, False
                start = after
        except csv.Error:
            self._cut.broken.append(start)
            return start + 1, False
        return start, True

    def _at_end(self, start: int, row: list[str], last: bool) -> tuple[int, bool]:
        if start == len(self._lines) and row == [_END]:
            return start, True
        if not last and not self._runs_away(start, len(self._lines)):
            return start, True
        self._cut.broken.append(start)
        return start + 1, False

    def _take(self, start: int, after: int, row: list[str]) -> bool:
        broken = after - start > 1 and self._is_broken(start, after, row)
        broken |= after - start == 1 and start < self._doubtful and self._lines[start].count(QUOTE) % 2 == 1
        if broken:
            self._cut.broken.append(start)
        elif row:
            self._cut.rows.append(row)
            self._starts.append(start)
        return not broken

    def _runs_away(self, start: int, after: int) -> bool:
        return after - start > MOST_LINES or sum(map(len, self._lines[start:after])) > MOST_CHARACTERS

    def _is_broken(self, start: int, after: int, row: list[str]) -> bool:
        lines = self._lines[start:after]
        if self._runs_away(start, after) or self._swallows(lines[1:-1]):
            return True
        if self._is_sound(lines, row):
            return False
        self._doubtful = max(self._doubtful, after)
        return True

    def _is_sound(self, lines: list[str], row: list[str]) -> bool:
        if self._columns and (len(row) < self._least or any(cell.strip() for cell in row[self._columns :])):
            return False
        try:
            return len(list(_reader(lines, self._delimiter, strict=True))) == 1
        except csv.Error:
            return False

    def _swallows(self, inner: list[str]) -> bool:
        if (self._columns - 1) * len(inner) < SWALLOWED:
            return False
        rows = _plain_rows(inner, self._delimiter)
        return rows is not None and all(len(row) == self._columns for row in rows)
