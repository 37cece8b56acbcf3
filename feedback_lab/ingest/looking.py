"""The look at a file: one pass over its records, of which nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from feedback_lab.errors import LabError
from feedback_lab.ingest.batches import Batch, Layout
from feedback_lab.ingest.choices import Choice, choose
from feedback_lab.ingest.columns import Look, look_at
from feedback_lab.ingest.headers import checked_delimiter
from feedback_lab.ingest.records import Sieve, batches
from feedback_lab.ingest.sniffing import sniff
from feedback_lab.ingest.tallies import Tally
from feedback_lab.ingest.times import day_comes_first
from feedback_lab.ingest.unpacking import Notes, size_of
from feedback_lab.ingest.wishes import Wishes
from feedback_lab.records.source import Column, IngestResult

AS_GUESSED = Wishes()
# The sample from which kinds and roles are guessed: the first rows, as many as fit all three bounds.
SAMPLE_ROWS = 10_000
SAMPLE_CELLS = 1_000_000
SAMPLE_CHARACTERS = 64 << 20


def look(path: Path, wishes: Wishes = AS_GUESSED, on_progress: Callable[[float], None] | None = None) -> IngestResult:
    """Find out what a file holds and what each column is for.

    Roles are guessed from the first rows, at most ``SAMPLE_ROWS``; counts, rejections and warnings are of all. ``on_progress``
    gets shares from 0 to 1. Raises ``LabError`` for a file that can't be read as a table, that has no usable row or no column of
    texts, and for wishes that can't be met.
    """
    path = Path(path)
    size = size_of(path)
    checked_delimiter(wishes.delimiter)
    layout = sniff(path, wishes)
    notes = Notes(on_progress=on_progress)
    stream = batches(path, layout, notes)
    first = _sample(stream, layout)
    if not first:
        raise LabError(f"{path.name} has a header but no rows.", "Export it again; a file of feedback has one row for each text.")
    looks = _looks(first, layout)
    choice = choose(looks, wishes)
    tally = _tallied(chain(first, stream), choice, layout)
    if on_progress is not None:
        on_progress(1.0)
    if not tally.kept:
        counts = ", ".join(f"{n:,} {reason}" for reason, n in sorted(tally.by_reason.items()))
        raise LabError(
            f"None of the {tally.rows:,} rows of {path.name} can be used: {counts}.", "Check the text column and the delimiter."
        )
    return _result(path, size, layout, notes, choice, looks, tally)


def _sample(stream: Iterator[Batch], layout: Layout) -> list[Batch]:
    """The first batches, as far as the bounds go."""
    found: list[Batch] = []
    rows = characters = 0
    for batch in stream:
        found.append(batch)
        rows += len(batch.rows) + len(batch.rejected)
        characters += sum(len(cell) for row in batch.rows for cell in row)
        if rows >= min(SAMPLE_ROWS, SAMPLE_CELLS / len(layout.names)) or characters >= SAMPLE_CHARACTERS:
            break
    return found


def _looks(first: Sequence[Batch], layout: Layout) -> list[Look]:
    width = len(layout.names)
    most = max(1, min(SAMPLE_ROWS, SAMPLE_CELLS // width))
    rows = [row for batch in first for row in batch.rows if layout.least <= len(row) and not any(row[width:])][:most]
    cells: list[tuple[str, ...]] = [tuple(row[place] if place < len(row) else "" for row in rows) for place in range(width)]
    return [look_at(name, place, cells[place]) for place, name in enumerate(layout.names)]


def _tallied(stream: Iterator[Batch], choice: Choice, layout: Layout) -> Tally:
    roles = choice.roles()
    sieve = Sieve.of(layout.names, roles)
    tally = Tally(roles, layout.names)
    for batch in stream:
        tally.add(sieve.sift(batch))
    return tally


def _result(
    path: Path, size: int, layout: Layout, notes: Notes, choice: Choice, looks: Sequence[Look], tally: Tally
) -> IngestResult:
    day_first = day_comes_first(tally.forms, layout.delimiter)
    return IngestResult(
        name=path.name,
        sha256=notes.sha256,
        size_bytes=size,
        format=layout.format,
        encoding=notes.encoding,
        delimiter=layout.delimiter,
        columns=tuple(_column(one, choice) for one in looks),
        roles=choice.roles(),
        rows=tally.rows,
        kept=tally.kept,
        rejected=tuple(tally.rejected),
        rejected_by_reason=dict(sorted(tally.by_reason.items())),
        warnings=(*layout.assumed, *choice.warnings, *tally.says(notes, day_first)),
        sheet=layout.sheet,
        day_first=day_first,
    )


def _column(one: Look, choice: Choice) -> Column:
    return Column(
        name=one.name,
        filled=one.filled,
        distinct=one.distinct,
        kind=one.kind,
        role=choice.role_of(one.name),
        reason=choice.reasons.get(one.name, ""),
    )
