"""The hundred rows that are read by hand: which one is next, what was found, and how far that can be trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from segue.work.lab.models import Analysis, Purpose, RowMark
from segue.work.lab.queries.marks import marks_of
from segue.work.lab.rows import DrawnRow, Walk, walk_of

MOST_EXAMPLES = 5
ENOUGH_READ = 50  # masked rows that a scan for personal data wants to have been read


@dataclass(frozen=True)
class Fault:
    """A kind of fault that a reader may tick. ``key`` is the key that ticks it."""

    key: str
    value: str
    words: str


LEFT = "personal"
FAULTS: Sequence[Fault] = tuple(
    Fault(str(key), value, words)
    for key, (value, words) in enumerate(
        (
            ("unreadable", "Unreadable or empty"),
            ("language", "Wrong language"),
            ("double", "Double of another row"),
            ("off-topic", "Not about the product"),
            ("two-things", "Two things in one"),
            (LEFT, "Personal data left"),
            ("cut", "Text cut off"),
            ("else", "Something else"),
        ),
        1,
    )
)
BY_VALUE: Mapping[str, Fault] = {fault.value: fault for fault in FAULTS}


@dataclass(frozen=True)
class FaultCount:
    """How many of the rows read have a fault, as a share with its 95% interval; ``examples``: (row number, place in the walk)."""

    fault: Fault
    rows: int
    share: float
    low: float
    high: float
    examples: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Findings:
    """What reading by hand has found so far. ``all_read``: every row of the file was read, so that shares are exact."""

    walk: Walk
    read: int
    with_fault: int
    counts: tuple[FaultCount, ...]
    next_at: int

    @property
    def drawn(self) -> int:
        """Rows to be read."""
        return len(self.walk.rows)

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        return f"{self.read} of {self.drawn}"

    @property
    def is_over(self) -> bool:
        """Whether all drawn rows were read."""
        return self.read == self.drawn

    @property
    def all_read(self) -> bool:
        """Whether no row of the file is left out."""
        return self.is_over and self.walk.is_all

    def rows_with(self, value: str) -> int:
        """Rows that have a fault."""
        return next((count.rows for count in self.counts if count.fault.value == value), 0)


@dataclass(frozen=True)
class RowPage:
    """One row to be read: its place (from 1), and what was said of it before, if anything."""

    found: Findings
    at: int
    row: DrawnRow
    mark: RowMark | None
    last: RowMark | None

    @property
    def before(self) -> int:
        """The place before; 0 at the first."""
        return self.at - 1

    @property
    def after(self) -> int:
        """The place after; 0 at the last."""
        return self.at + 1 if self.at < self.found.drawn else 0


def kinds_of(mark: RowMark) -> tuple[str, ...]:
    """The kinds of fault of a mark, those that are known."""
    return tuple(value for value in mark.value.split("\n") if value in BY_VALUE)


def findings_of_walk(analysis: Analysis) -> Findings:
    """What was found so far."""
    return _findings(walk_of(analysis), marks_of(analysis, Purpose.WALK))


def _findings(walk: Walk, marks: Mapping[int, RowMark]) -> Findings:
    places = {row.row: at for at, row in enumerate(walk.rows, 1)}
    read = {row: marks[row] for row in places if row in marks}
    left = next((at for row, at in places.items() if row not in read), len(places))
    counts = tuple(_count(fault, read, places) for fault in FAULTS)
    found = tuple(sorted((count for count in counts if count.rows), key=lambda count: -count.rows))
    return Findings(walk, len(read), sum(1 for mark in read.values() if kinds_of(mark)), found, left)


def _count(fault: Fault, read: Mapping[int, RowMark], places: Mapping[int, int]) -> FaultCount:
    from feedback_lab.intervals import wilson

    rows = [row for row, mark in read.items() if fault.value in kinds_of(mark)]
    share = wilson(len(rows), len(read))
    examples = tuple((row, places[row]) for row in rows[:MOST_EXAMPLES])
    return FaultCount(fault, len(rows), share.value, share.low, share.high, examples)


def row_page(analysis: Analysis, at: int) -> RowPage:
    """The row at a place; the first that is still to be read where there is no such place."""
    marks, walk = marks_of(analysis, Purpose.WALK), walk_of(analysis)
    found = _findings(walk, marks)
    place = at if 1 <= at <= found.drawn else found.next_at
    row = walk.rows[place - 1]
    drawn = {each.row for each in walk.rows}
    last = max((mark for mark in marks.values() if mark.row in drawn), key=lambda mark: (mark.at, mark.pk), default=None)
    return RowPage(found, place, row, marks.get(row.row), last)


def place_of(analysis: Analysis, row: int) -> int:
    """The place of a row in the walk, 0 where it is not drawn."""
    return next((at for at, each in enumerate(walk_of(analysis).rows, 1) if each.row == row), 0)
