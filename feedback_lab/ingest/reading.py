"""The rows that are kept, streamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_lab.errors import LabError
from feedback_lab.ingest.banding import bands
from feedback_lab.ingest.batches import Batch
from feedback_lab.ingest.ratings import NO_VALUE, rating
from feedback_lab.ingest.records import Sieve, batches
from feedback_lab.ingest.sniffing import sniff
from feedback_lab.ingest.tallies import MOST_TEXT
from feedback_lab.ingest.times import Calendar
from feedback_lab.ingest.unpacking import Notes, size_of
from feedback_lab.ingest.wishes import Wishes
from feedback_lab.parts import PART_ROWS
from feedback_lab.records.rows import Floats, Roles, Rows, Times, Values
from feedback_lab.records.source import IngestResult

MISSING_TIME = np.iinfo(np.int64).min  # numpy's NaT
TEXT_FORMATS = {"csv", "tsv"}


def read(path: Path, look: IngestResult, rows: int = PART_ROWS) -> Iterator[Rows]:
    """The kept rows of a file that was looked at, in runs of ``rows``, the last one shorter.

    Texts are raw: what is personal in them must be replaced before anything is stored. The rows don't depend on ``rows``. Raises
    ``LabError`` where the file's size changed since the look, or its columns did; compare the hash where that is not enough.
    """
    path = Path(path)
    if rows < 1:
        raise ValueError("a run has at least one row")
    if size_of(path) != look.size_bytes:
        raise _changed(path)
    layout = sniff(path, _same_way(look))
    if layout.names != tuple(column.name for column in look.columns):
        raise _changed(path)
    sieve = Sieve.of(layout.names, look.roles)
    turn = _Turning(layout.names, look.roles, look.day_first)
    kept = (turn.rows(sieve.sift(batch)) for batch in batches(path, layout, Notes()))
    return _in_runs(kept, rows)


def _changed(path: Path) -> LabError:
    return LabError(f"{path.name} was changed after it was looked at.", "Start again with the file as it is now.")


def _same_way(look: IngestResult) -> Wishes:
    return Wishes(
        sheet=look.sheet or None,
        encoding=look.encoding or None,
        delimiter=look.delimiter if look.format in TEXT_FORMATS else None,
    )


class _Turning:
    """Turns records into rows by their roles."""

    def __init__(self, names: Sequence[str], roles: Roles, day_first: bool) -> None:
        self._place = {name: place for place, name in enumerate(names)}
        self._roles = roles
        self._day_first = day_first
        self._calendar = Calendar()

    def rows(self, batch: Batch) -> Rows:
        roles = self._roles
        texts = self._cells(batch, roles.text)
        if max(map(len, texts), default=0) > MOST_TEXT:
            texts = [text[:MOST_TEXT] for text in texts]
        return Rows(
            number=np.fromiter(batch.numbers, np.int64, len(batch.numbers)),
            texts=texts,
            times=None if roles.time is None else self._times(self._cells(batch, roles.time)),
            ratings=None if roles.rating is None else _ratings(self._cells(batch, roles.rating)),
            labels=None if roles.label is None else _values(self._cells(batch, roles.label)),
            segments={one.column: bands(self._cells(batch, one.column), one.edges) for one in roles.segments},
        )

    def _cells(self, batch: Batch, name: str) -> list[str]:
        place = self._place[name]
        return [row[place] for row in batch.rows]

    def _times(self, cells: list[str]) -> Times:
        seconds = _by_value(cells, self._seconds)
        return np.array(seconds, dtype=np.int64).astype("datetime64[s]")

    def _seconds(self, cell: str) -> int:
        found = self._calendar.moment(cell)
        if found is None:
            return int(MISSING_TIME)
        return found.day_first if self._day_first else found.month_first


def _ratings(cells: list[str]) -> Floats:
    return np.array(_by_value(cells, lambda cell: np.nan if (found := rating(cell)) is None else found), dtype=np.float64)


def _values(cells: list[str]) -> Values:
    return _by_value(cells, lambda cell: None if (trimmed := cell.strip()) in NO_VALUE else trimmed)


def _by_value(cells: list[str], function: Callable[[str], Any]) -> list[Any]:
    """The function of each cell, called once for cells that are alike."""
    known = {cell: function(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _in_runs(parts: Iterable[Rows], size: int) -> Iterator[Rows]:
    """The same rows in runs of one size."""
    waiting: list[Rows] = []
    count = 0
    for part in parts:
        waiting.append(part)
        count += len(part)
        if count < size:
            continue
        whole = Rows.joined(waiting)
        full = count - count % size
        for start in range(0, full, size):
            yield _stretch(whole, start, start + size)
        waiting, count = [_stretch(whole, full, count)], count - full
    if count:
        yield Rows.joined(waiting)


def _stretch(rows: Rows, start: int, end: int) -> Rows:
    def cut(array: NDArray[Any] | None) -> Any:
        return None if array is None else array[start:end]

    return Rows(
        number=rows.number[start:end],
        texts=rows.texts[start:end],
        times=cut(rows.times),
        ratings=cut(rows.ratings),
        labels=None if rows.labels is None else rows.labels[start:end],
        segments={name: values[start:end] for name, values in rows.segments.items()},
    )
