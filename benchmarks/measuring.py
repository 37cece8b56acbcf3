"""Run a command as a whole process, with its seconds and the most memory that it and its children held at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
EVERY = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True)
class Measured:
    """``seconds`` from start to end; ``mebibytes`` of the process tree at its peak (PSS: shared pages count once)."""

    seconds: float
    mebibytes: float
    output: str


def measure(command: Sequence[str], timeout: float = 3600) -> Measured:
    """Run a command to its end. Ends this program with the command's output where it fails."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT)
    with tempfile.TemporaryFile("w+") as stream:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=environment, text=True)
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
        watcher.start()
        status = process.wait(timeout)
        seconds = time.perf_counter() - begun
        watcher.join()
        stream.seek(0)
        output = stream.read()
    if status:
        sys.exit(f"{' '.join(command)} ended with {status}:\n{output[-4000:]}")
    return Measured(seconds, peak[0], output)


def _watch(process: subprocess.Popen[str], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_held(each) for each in _tree(process.pid)))
        time.sleep(EVERY)


def _tree(process: int) -> list[int]:
    found = [process]
    for each in found:
        try:
            tasks = list(Path(f"/proc/{each}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _held(process: int) -> float:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def noisy(texts: Sequence[str], count: int, seed: int = 0) -> list[str]:
    """``count`` texts: the given ones again and again, with a word left out, doubled or swapped, so that few are equal."""
    import random

    chance = random.Random(seed)
    made = []
    for number in range(count):
        words = texts[number % len(texts)].split()
        for _ in range(1 + len(words) // 10):
            place = chance.randrange(len(words)) if words else 0
            kind = chance.randrange(3)
            if kind == 0 and len(words) > 3:
                del words[place]
            elif kind == 1 and words:
                words.insert(place, words[chance.randrange(len(words))])
            elif len(words) > 1:
                other = chance.randrange(len(words))
                words[place], words[other] = words[other], words[place]
        made.append(" ".join(words))
    return made


def bank_texts() -> tuple[list[str], list[str]]:
    """Texts and intents of banking77, both files."""
    import csv

    rows = []
    for name in ("train.csv", "test.csv"):
        with (DATA / "banking77" / name).open(encoding="utf-8", newline="") as file:
            rows += [(row["text"], row["category"]) for row in csv.DictReader(file)]
    return [text for text, _ in rows], [label for _, label in rows]
