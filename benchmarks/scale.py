"""Scale: a CSV of many short texts through the steps up to themes, as a whole process tree, with seconds by step and peak memory.

    python benchmarks/scale.py                       100,000 and 1,000,000 rows
    python benchmarks/scale.py --rows 10000000       ten million (an hour's disk: about 3 GB, half an hour of time)

Texts are banking77's, replicated with noise. The rate that the design asks for is of redact, embed and assign together: 20,000
short texts a second on two cores.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from pathlib import Path

from measuring import bank_texts, measure, noisy

CHUNK = 100_000


def write_source(path: Path, rows: int) -> None:
    """A CSV with text and intent, written in pieces."""
    texts, intents = bank_texts()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "category"])
        for begin in range(0, rows, CHUNK):
            count = min(CHUNK, rows - begin)
            shift = begin % len(texts)
            again, labels = texts[shift:] + texts[:shift], intents[shift:] + intents[:shift]
            writer.writerows(
                zip(noisy(again, count, begin), (labels[place % len(labels)] for place in range(count)), strict=True)
            )


def child(source: str, run: str) -> None:
    """The steps, in a process of its own."""
    from feedback_lab.pipeline import Config, run_steps, up_to

    run_steps(up_to("themes"), Path(source), Path(run), Config(), lambda step, share: None, "pool")


def report(rows: int, folder: Path) -> None:
    """Run one size and print its lines."""
    source, run = folder / "texts.csv", folder / f"run-{rows}"
    write_source(source, rows)
    took = measure([sys.executable, __file__, "--child", str(source), str(run)], timeout=7200)
    steps = json.loads((run / "manifest.json").read_text("utf-8"))["steps"]
    seconds = {name: entry["seconds"] for name, entry in steps.items()}
    core = seconds["redact"] + seconds["embed"] + seconds["themes"]
    themes = json.loads((run / "results" / "themes.json").read_text("utf-8"))
    print(f"{rows:,} rows: {took.seconds:.1f} s, peak {took.mebibytes:,.0f} MiB, unassigned {themes['unassigned']:.2%}")
    print("  " + ", ".join(f"{name} {value:.1f} s" for name, value in seconds.items()))
    print(f"  redact + embed + themes: {rows / core:,.0f} texts a second; the whole: {rows / took.seconds:,.0f}", flush=True)


def main() -> None:
    """Command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, action="append", help="size; may be given several times")
    options.add_argument("--folder", help="where to work; without it the system's place for scratch files")
    options.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child:
        child(*given.child)
        return
    for rows in given.rows or (100_000, 1_000_000):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            report(rows, Path(folder))


if __name__ == "__main__":
    main()
