"""Import time, and 1,000 rows from CSV to HTML report in a cold process, on short texts and on long ones.

python benchmarks/lab_report.py
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from pathlib import Path

from measuring import DATA, measure

ROWS = 1_000
TIMES = 5
IMPORT = "import time; begun = time.perf_counter(); import feedback_lab; print(time.perf_counter() - begun)"
FILES = {
    "short texts, 77 classes (banking77)": "banking77/train.csv",
    "reviews, ratings, segments": "womens_clothing/reviews.csv",
}


def shortened(source: Path, target: Path) -> None:
    """The head and every n-th row of a CSV file, ``ROWS`` of them."""
    with source.open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    every = len(rows) // ROWS
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows[: every * ROWS : every]])


def main() -> None:
    """Measure and print."""
    imports = [float(measure([sys.executable, "-c", IMPORT]).output) for _ in range(TIMES)]
    print(f"import feedback_lab: {min(imports):.3f} to {max(imports):.3f} s in {TIMES} processes")
    with tempfile.TemporaryDirectory() as folder:
        for number, (says, name) in enumerate(FILES.items()):
            source, run = Path(folder) / f"{number}.csv", Path(folder) / f"run-{number}"
            shortened(DATA / name, source)
            took = measure([sys.executable, "-m", "feedback_lab", "analyse", str(source), "--run", str(run), "--quiet"])
            steps = json.loads((run / "manifest.json").read_text("utf-8"))["steps"]
            slowest = sorted(steps.items(), key=lambda item: -item[1]["seconds"])[:4]
            share = ", ".join(f"{step} {entry['seconds']:.1f} s" for step, entry in slowest)
            size = (run / "report.html").stat().st_size / 1000
            print(
                f"{ROWS:,} rows, {says}: {took.seconds:.1f} s, {took.mebibytes:.0f} MiB, report {size:.0f} kB ({share})",
                flush=True,
            )


if __name__ == "__main__":
    main()
