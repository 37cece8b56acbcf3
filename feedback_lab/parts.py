"""Rows on disk: Parquet files of at most ``PART_ROWS`` rows each, so that memory is bounded by the part and not by the file.

DuckDB reads and writes them (decision 0012). Any tool that knows Parquet can open them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_lab.errors import DamagedRun
from feedback_lab.files import disk_full, whole_file
from feedback_lab.records.rows import Rows

PART_ROWS = 50_000
SEGMENT = "segment:"  # then its place, since two columns may differ in case only, a colon, and its name
Table = Mapping[str, NDArray[Any]]


def write_table(path: Path, table: Table) -> None:
    """Write columns of equal length as one Parquet file. Object columns hold strings or None.

    No two names may differ in case only: DuckDB would rename one. Raises ``LabError`` where the disk is full.
    """
    import duckdb

    with whole_file(path) as draft, duckdb.connect(":memory:", config={"threads": 1}) as database:
        database.register("columns_of_table", dict(table))
        try:
            database.execute(f"COPY columns_of_table TO '{_quoted(draft)}' (FORMAT parquet, COMPRESSION zstd)")
        except duckdb.IOException as fault:
            if "No space left" in str(fault) or "quota" in str(fault):
                raise disk_full(path) from fault
            raise


def read_table(path: Path, columns: Sequence[str] | None = None) -> dict[str, NDArray[Any]]:
    """Read a Parquet file as arrays; missing strings are None, missing numbers NaN, missing times NaT.

    Raises ``DamagedRun`` where the file is missing, cut short or no Parquet.
    """
    import duckdb

    chosen = "*" if columns is None else ", ".join('"{}"'.format(name.replace('"', '""')) for name in columns)
    # Neither a pattern over several files, nor a folder called "label=5" that is the value of a column.
    source = f"read_parquet('{_quoted(_literal(path))}', hive_partitioning = false)"
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as database:
            found = database.execute(f"SELECT {chosen} FROM {source}").fetchnumpy()
    except duckdb.Error as fault:
        raise DamagedRun(f"{path.name} can't be read: {fault}.", "The run folder is damaged; run the analysis anew.") from fault
    return {name: _filled(values) for name, values in found.items()}


def _quoted(path: Path | str) -> str:
    return str(path).replace("'", "''")


def _literal(path: Path) -> str:
    """The pattern that this path alone matches."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path))


def _filled(values: NDArray[Any]) -> NDArray[Any]:
    """Plain arrays for masked ones."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    plain = np.array(values.data)
    # ``filled(None)`` would mean "the default of the type", which is "?" for strings.
    plain[np.ma.getmaskarray(values)] = {"f": np.nan, "M": np.datetime64("NaT")}.get(values.dtype.kind)
    return plain


def write_rows(path: Path, rows: Rows) -> None:
    """Write rows as one part."""
    table: dict[str, NDArray[Any]] = {"number": rows.number, "text": np.array(rows.texts, dtype=object)}
    if rows.times is not None:
        table["time"] = rows.times.astype("datetime64[us]")
    if rows.ratings is not None:
        table["rating"] = rows.ratings
    if rows.labels is not None:
        table["label"] = np.array(rows.labels, dtype=object)
    for place, (name, values) in enumerate(rows.segments.items()):
        table[f"{SEGMENT}{place}:{name}"] = np.array(values, dtype=object)
    write_table(path, table)


def read_rows(path: Path) -> Rows:
    """Read one part back as it was written. Raises ``DamagedRun`` where it is not one."""
    table = read_table(path)
    if not {"number", "text"} <= table.keys():
        raise DamagedRun(f"{path.name} holds no rows of texts.", "The run folder is damaged; run the analysis anew.")
    return Rows(
        number=table["number"].astype(np.int64),
        texts=table["text"].tolist(),
        times=table["time"].astype("datetime64[s]") if "time" in table else None,
        ratings=table["rating"].astype(np.float64) if "rating" in table else None,
        labels=table["label"].tolist() if "label" in table else None,
        segments={name.split(":", 2)[2]: table[name].tolist() for name in table if name.startswith(SEGMENT)},
    )
