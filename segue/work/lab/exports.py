"""Rows with what the run says of each, to take away: redacted texts only, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.queries.marks import gold_set
from segue.work.lab.reading import spoken
from segue.work.lab.rows import parts_of

if TYPE_CHECKING:
    from feedback_lab.pipeline.run import Folder
    from feedback_lab.records.rows import Rows

CHUNK = 500  # rows that are sent at once
FIRST = ("row", "text", "written", "rating", "label", "label by hand", "theme", "finer theme", "predicted (test rows)")
MARK = "\ufeff"  # tells spreadsheet programs that it is UTF-8

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class _Known:
    """What is said of rows, by number."""

    themes: Mapping[int, str]
    finer: Mapping[int, str]
    predicted: Mapping[int, str]
    by_hand: Mapping[int, str]


def csv_of(analysis: Analysis) -> Iterator[str]:
    """The rows as CSV, some at a time. Raises ``UserError`` at once where the folder of the run was damaged."""
    tables = _tables(analysis)
    with spoken():
        first = next(tables)
    return _lines(first, tables)


def _lines(first: Columns, tables: Iterator[Columns]) -> Iterator[str]:
    from feedback_lab.spreadsheets import safe_cell

    yield MARK + _written([list(map(safe_cell, first))])
    for table in _chained(first, tables):
        rows = list(zip(*table.values(), strict=True))
        for begin in range(0, len(rows), CHUNK):
            yield _written([[safe_cell(value) for value in row] for row in rows[begin : begin + CHUNK]])


def _chained(first: Columns, tables: Iterator[Columns]) -> Iterator[Columns]:
    yield first
    yield from tables


def _written(rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue()


def parquet_of(analysis: Analysis) -> IO[bytes]:
    """The rows as Parquet, as an open file that is gone when it is closed. Raises ``UserError`` where there is no room."""
    import numpy as np

    from feedback_lab.parts import write_table

    with spoken(), tempfile.TemporaryDirectory() as folder:
        tables = list(_tables(analysis))
        whole = {name: [value for table in tables for value in table[name]] for name in tables[0]}
        sorts: dict[str, Any] = {"row": np.int64, "rating": np.float64}
        arrays: dict[str, Any] = {name: np.array(values, dtype=sorts.get(name, object)) for name, values in whole.items()}
        write_table(Path(folder) / "rows.parquet", arrays)
        return (Path(folder) / "rows.parquet").open("rb")


def _tables(analysis: Analysis) -> Iterator[Columns]:
    """The rows of each part by column, all with the same columns."""
    from feedback_lab.parts import read_rows
    from feedback_lab.pipeline.run import open_run

    folder, manifest = open_run(run_folder(analysis))
    done = {name for name, entry in manifest.steps.items() if entry.state == "done"}
    known = _known(folder, done, gold_set(analysis))
    for part in parts_of(folder.path):
        themes = _themes(folder.themes / part.name) if "themes" in done else lambda rows: ([], [])
        rows = read_rows(part)
        yield _table(rows, *themes(rows), known)


def _known(folder: Folder, done: set[str], by_hand: Mapping[int, str]) -> _Known:
    from feedback_lab.parts import read_table
    from feedback_lab.pipeline.run import stored
    from feedback_lab.records.findings import ThemesResult

    found = stored(folder, "themes", ThemesResult) if "themes" in done else None
    said = read_table(folder.predictions, ["number", "predicted"]) if "select" in done else {}
    return _Known(
        {theme.id: theme.name for theme in found.broad} if found else {},
        {theme.id: theme.name for theme in found.fine} if found else {},
        dict(zip(said["number"].tolist(), said["predicted"].tolist(), strict=True)) if said else {},
        by_hand,
    )


def _themes(part: Path) -> Callable[[Rows], tuple[list[int], list[int]]]:
    from feedback_lab.parts import read_table

    table = read_table(part, ["theme", "fine"])
    return lambda rows: (table["theme"].tolist(), table["fine"].tolist())


def _table(rows: Rows, themes: Sequence[int], finer: Sequence[int], known: _Known) -> Columns:
    numbers: list[int] = rows.number.tolist()
    empty: list[str] = [""] * len(numbers)
    times = empty if rows.times is None else ["" if str(time) == "NaT" else str(time) for time in rows.times]
    ratings: list[Any] = [None] * len(numbers) if rows.ratings is None else list(map(_figure, rows.ratings.tolist()))
    columns = (
        numbers,
        rows.texts,
        times,
        ratings,
        [label or "" for label in rows.labels] if rows.labels is not None else empty,
        [known.by_hand.get(number, "") for number in numbers],
        [known.themes.get(theme, "") for theme in themes] or empty,
        [known.finer.get(theme, "") for theme in finer] or empty,
        [known.predicted.get(number, "") for number in numbers],
    )
    table: dict[str, Sequence[Any]] = dict(zip(FIRST, columns, strict=True))
    for name, values in rows.segments.items():
        table[_unlike(name, table)] = [value or "" for value in values]
    return table


def _figure(value: float) -> float | None:
    return None if value != value else value


def _unlike(name: str, taken: Mapping[str, object]) -> str:
    """A name of a column that none has yet, whatever the capitals."""
    names, number = {each.casefold() for each in taken}, 2
    free = name
    while free.casefold() in names:
        free, number = f"{name} ({number})", number + 1
    return free
