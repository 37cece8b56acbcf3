"""Rows of a Parquet file, streamed by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from feedback_lab.errors import LabError
from feedback_lab.ingest.batches import Batch, Layout
from feedback_lab.ingest.unpacking import Notes

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RUN = 4_096
# Nothing is fetched from anywhere, and times with a zone come as UTC.
SETTINGS = {"threads": 1, "autoinstall_known_extensions": False, "autoload_known_extensions": False}


@contextmanager
def _database(path: Path) -> Iterator[DuckDBPyConnection]:
    import duckdb

    try:
        with duckdb.connect(":memory:", config=dict(SETTINGS)) as database:
            database.execute("SET TimeZone = 'UTC'")
            yield database
    except duckdb.Error as fault:
        first = str(fault).splitlines()[0]
        raise LabError(
            f"{path.name} can't be read as Parquet: {first}", "It may be cut short; export or copy it again."
        ) from fault


def _source(path: Path) -> str:
    """The file for a query. What means a pattern of names to DuckDB is taken literally."""
    literal = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))
    return "read_parquet('{}', hive_partitioning = false)".format(literal.replace("'", "''"))


def names_of(path: Path) -> tuple[str, ...]:
    """The columns. Raises ``LabError`` where the file is no whole Parquet file."""
    with _database(path) as database:
        return tuple(row[0] for row in database.execute(f"DESCRIBE SELECT * FROM {_source(path)}").fetchall())


def batches(path: Path, layout: Layout, notes: Notes) -> Iterator[Batch]:
    """The records. Nested values come as text."""
    with _database(path) as database:
        total = database.execute(f"SELECT count(*) FROM {_source(path)}").fetchall()[0][0]
        cells = ", ".join(f"coalesce(CAST({_quoted(name)} AS VARCHAR), '')" for name in layout.names)
        found = database.execute(f"SELECT {cells} FROM {_source(path)}")
        number = 1
        while run := found.fetchmany(RUN):
            yield Batch(range(number, number + len(run)), _without_nuls(run, notes))
            number += len(run)
            notes.progress((number - 1) / max(1, total))


def _without_nuls(run: list[tuple[str, ...]], notes: Notes) -> list[tuple[str, ...]]:
    nuls = sum(cell.count("\0") for row in run for cell in row if "\0" in cell)
    if not nuls:
        return run
    notes.nuls += nuls
    return [tuple(cell.replace("\0", "") for cell in row) for row in run]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
