"""The records of a file, whatever its format, and which of them are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from feedback_lab.files import sha256_of
from feedback_lab.ingest import columnar, delimited, jsons, sheets
from feedback_lab.ingest.batches import NO_TEXT, TOO_FEW, TOO_MANY, Batch, Layout
from feedback_lab.ingest.decoding import texts
from feedback_lab.ingest.lines import blocks
from feedback_lab.ingest.ratings import NO_TEXT as NOT_A_TEXT
from feedback_lab.ingest.unpacking import Notes, pieces
from feedback_lab.records.rows import Roles
from feedback_lab.records.source import Rejection


def batches(path: Path, layout: Layout, notes: Notes) -> Iterator[Batch]:
    """All records, in runs. When the last is read, ``notes`` holds the hash, the encoding and what was replaced."""
    if layout.format in {"xlsx", "parquet"}:
        yield from (sheets if layout.format == "xlsx" else columnar).batches(path, layout, notes)
        notes.sha256 = sha256_of(path)
        return
    bytes_read = pieces(path, layout.container, notes)
    decoded = texts(bytes_read, layout.encoding, notes)
    if layout.format == "json":
        yield from jsons.batches(jsons.of_array(decoded, notes), layout, notes)
    elif layout.format == "jsonl":
        yield from jsons.batches(jsons.of_lines(blocks(decoded, notes)), layout, notes)
    else:
        yield from delimited.batches(blocks(decoded, notes), layout)
    for _ in bytes_read:  # what stands behind the end of an array belongs to the hash
        pass


@dataclass(frozen=True)
class Sieve:
    """What a record must have to be kept: ``columns`` cells at most, unless the further ones are empty, and a text.

    ``reach``: a record that is short of cells is kept if it has at least so many, which are all that have a role; then what is
    missing is of no use. A shorter one may have lost a cell in the middle, so that its values stand in the wrong columns.
    """

    columns: int
    reach: int
    text: int

    @staticmethod
    def of(names: Sequence[str], roles: Roles) -> Sieve:
        """The sieve for these roles."""
        used = [roles.text, roles.time, roles.rating, roles.label, *(segment.column for segment in roles.segments)]
        return Sieve(len(names), 1 + max(names.index(name) for name in used if name), names.index(roles.text))

    def sift(self, batch: Batch) -> Batch:
        """The records that are kept, and all that are set aside, in the order of the file."""
        if self._all_pass(batch.rows):
            return batch
        numbers: list[int] = []
        rows: list[Sequence[str]] = []
        rejected = list(batch.rejected)
        for place, row in enumerate(batch.rows):
            reason = self._reason(row)
            if reason:
                rejected.append(Rejection(batch.numbers[place], reason, batch.lines[place] if batch.lines is not None else None))
            else:
                numbers.append(batch.numbers[place])
                rows.append(row)
        return Batch(numbers, rows, None, sorted(rejected, key=lambda one: one.row))

    def _all_pass(self, rows: Sequence[Sequence[str]]) -> bool:
        if not set(map(len, rows)) <= {self.columns}:
            return False
        found = set(map(str.strip, map(itemgetter(self.text), rows)))
        return found.isdisjoint(NOT_A_TEXT)

    def _reason(self, row: Sequence[str]) -> str:
        if len(row) < self.reach:
            return TOO_FEW
        if len(row) > self.columns and any(cell.strip() for cell in row[self.columns :]):
            return TOO_MANY
        return NO_TEXT if row[self.text].strip() in NOT_A_TEXT else ""
