"""How many rows of a big CSV file are kept, how fast, and in how much memory; beside the readers that others use.

    python -m benchmarks.ingest [rows] [folder]

Two files of the same short texts (1,000,000 rows unless told otherwise): one sound, one with a quote on row 90,000 that is never
closed. Each reader runs in a process of its own and has to hand over every row as Python strings. Those that are not installed
are left out. Peak memory is that of the process (Linux, macOS).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

SENTENCE = "the app is slow and I had to wait for my card which never came so please fix this soon because it costs me money"
LABELS = ("card arrival", "app speed", "refund", "pricing")
BROKEN_ROW = 90_000
TARGET = 150_000


def write_files(folder: Path, rows: int) -> dict[str, Path]:
    """The sound and the broken file."""
    random.seed(0)
    words = SENTENCE.split()
    paths = {"sound": folder / "sound.csv", "unclosed quote": folder / "broken.csv"}
    with paths["sound"].open("w") as sound, paths["unclosed quote"].open("w") as broken:
        for file in (sound, broken):
            file.write("text,category,rating\n")
        for n in range(1, rows + 1):
            text = " ".join(random.choices(words, k=random.randint(4, 16)))
            quoted = f'"{text}, or so"' if n % 3 == 0 else text
            rest = f",{LABELS[n % 4]},{n % 5 + 1}\n"
            sound.write(quoted + rest)
            broken.write((f'"{text}' if n == BROKEN_ROW else quoted) + rest)
    return paths


def lab(path: str) -> tuple[int, dict[str, float]]:
    """The Lab: a look at the whole file, then all rows with their roles."""
    from feedback_lab.ingest import look, read

    start = time.perf_counter()
    found = look(Path(path))
    middle = time.perf_counter()
    kept = sum(map(len, read(Path(path), found)))
    return kept, {"look": middle - start, "read": time.perf_counter() - middle}


def plain_csv(path: str) -> tuple[int, dict[str, float]]:
    """Python's csv module as it is."""
    import csv

    start = time.perf_counter()
    with open(path, newline="", encoding="utf-8") as file:
        rows = sum(1 for row in csv.reader(file) if len(row) == 3) - 1
    return rows, {"read": time.perf_counter() - start}


def duckdb(path: str) -> tuple[int, dict[str, float]]:
    """DuckDB, told to leave out what it can't read."""
    import duckdb

    start = time.perf_counter()
    query = f"SELECT * FROM read_csv('{path}', header = true, all_varchar = true, ignore_errors = true)"
    found = duckdb.connect(config={"threads": 1}).execute(query)
    rows = 0
    while run := found.fetchmany(4096):
        rows += len(run)
    return rows, {"read": time.perf_counter() - start}


def polars(path: str) -> tuple[int, dict[str, float]]:
    """Polars, told to leave out what it can't read."""
    polars = import_module("polars")
    start = time.perf_counter()
    table = polars.read_csv(path, infer_schema=False, ignore_errors=True, truncate_ragged_lines=True)
    rows = sum(1 for _ in table.iter_rows())
    return rows, {"read": time.perf_counter() - start}


def pyarrow(path: str) -> tuple[int, dict[str, float]]:
    """pyarrow, told to leave out what it can't read."""
    csv = import_module("pyarrow.csv")
    start = time.perf_counter()
    options = csv.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda row: "skip")
    rows = sum(len(batch.to_pylist()) for batch in csv.read_csv(path, parse_options=options).to_batches())
    return rows, {"read": time.perf_counter() - start}


READERS: dict[str, Callable[[str], tuple[int, dict[str, float]]]] = {
    reader.__name__: reader for reader in (lab, plain_csv, duckdb, polars, pyarrow)
}
MODULES = {"lab": "feedback_lab", "plain_csv": "csv"}


def measure(name: str, path: str) -> None:
    """Runs one reader in this process and prints what it took, for the process that asked."""
    import resource

    rows, seconds = READERS[name](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(json.dumps({"rows": rows, "seconds": seconds, "mib": peak}))


def line_of(name: str, path: Path, rows: int) -> str:
    """One line of the table."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ingest", "--measure", name, str(path)], capture_output=True, text=True
    )
    if done.returncode:
        return f"{name:<10} fails: {done.stderr.strip().splitlines()[-1][:100]}"
    found = json.loads(done.stdout)
    speeds = ", ".join(f"{part} {rows / seconds:,.0f} rows/s" for part, seconds in found["seconds"].items())
    return f"{name:<10} {found['rows']:>11,} {sum(found['seconds'].values()):>8.2f} {found['mib']:>9,.0f}   {speeds}"


def main() -> None:
    """Prints a table for each of the two files."""
    if sys.argv[1:2] == ["--measure"]:
        measure(*sys.argv[2:4])
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as folder:
        for what, path in write_files(Path(folder), rows).items():
            print(f"{what}: {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB; target for look and read {TARGET:,} rows/s each")
            print(f"{'reader':<10} {'rows kept':>11} {'seconds':>8} {'peak MiB':>9}")
            for name in READERS:
                if find_spec(MODULES.get(name, name)):
                    print(line_of(name, path, rows))


if __name__ == "__main__":
    main()
