"""Kill an analysis with SIGKILL inside every step, let it go on, and compare its metrics with those of a run that was left alone.

    python benchmarks/lab_faults.py              each step once
    python benchmarks/lab_faults.py --times 3    each step three times, at other moments

The file is the made-up shop of the tests, 2,000 rows. The moment within a step is drawn from the time the step takes.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.feedback import write_shop  # noqa: E402

ROWS = 2_000


def start(source: Path, run: Path) -> subprocess.Popen[str]:
    """An analysis in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "feedback_lab",
        "analyse",
        str(source),
        "--run",
        str(run),
        "--engine",
        "pool",
        "--workers",
        "2",
    ]
    return subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )


def finish(source: Path, run: Path) -> None:
    """Let it end; end this program where it fails."""
    process = start(source, run)
    _, said = process.communicate(timeout=600)
    if process.returncode:
        sys.exit(f"ended with {process.returncode}:\n{said}")


def metrics(run: Path) -> dict[str, bytes]:
    """All results as bytes."""
    return {path.name: path.read_bytes() for path in sorted((run / "results").iterdir())}


def kill_within(source: Path, run: Path, steps: dict[str, float], step: str, chance: random.Random) -> bool:
    """Kill within a step; says whether the process was still at work then."""
    names = list(steps)
    before = names[names.index(step) - 1] if names.index(step) else None
    process = start(source, run)
    assert process.stderr is not None
    if before is not None:
        for line in process.stderr:
            if f" {before} " in line:
                break
    time.sleep(chance.random() * max(steps[step], 0.02))
    alive = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stderr.close()
    return alive


def main() -> None:
    """Kill and count."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        source = write_shop(Path(folder) / "shop.csv", ROWS)
        finish(source, Path(folder) / "whole")
        entries = json.loads((Path(folder) / "whole" / "manifest.json").read_text("utf-8"))["steps"]
        steps = {name: entry["seconds"] for name, entry in entries.items()}
        expected = metrics(Path(folder) / "whole")
        kills = differing = finished = 0
        for step in steps:
            for number in range(given.times):
                run = Path(folder) / f"{step}-{number}"
                kills += kill_within(source, run, steps, step, chance)
                finished += (run / "report.html").exists() and step != "card"
                finish(source, run)
                differing += metrics(run) != expected
        print(
            f"{kills} kills in {len(steps)} steps; a report before the end: {finished}; other metrics after going on: {differing}"
        )


if __name__ == "__main__":
    main()
