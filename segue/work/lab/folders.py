"""Where the files of analyses lie: one folder each, in the data folder, for its owner alone."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from segue.work.lab.models import Analysis

STRANGE_FOR = 3600  # seconds that a folder which no row knows of is left alone: its row may be on its way


def root() -> Path:
    """Where all of them lie."""
    return Path(settings.HOME) / "lab"


def folder_of(analysis: Analysis) -> Path:
    """The folder of an analysis."""
    return root() / analysis.token


def raw_file(analysis: Analysis) -> Path:
    """The file as it came. Only the ending of its name is kept, since that tells what it is and names may be of any length."""
    return folder_of(analysis) / "raw" / f"file{Path(analysis.file_name).suffix.lower()[:10]}"


def run_folder(analysis: Analysis, version: int = 0) -> Path:
    """A run: redacted rows, results, report. The newest that was finished, where no version is named; the first before that."""
    number = version or analysis.version or 1
    return folder_of(analysis) / ("run" if number == 1 else f"run-{number}")


def begin_from(analysis: Analysis, version: int) -> Path:
    """The folder of the next version, with all that the newest one left. What an attempt before made of it stays.

    Files are the same ones under two names where the file system allows: the Lab writes a file anew and never into one.
    """
    folder = run_folder(analysis, version)
    if not folder.is_dir():
        draft = folder.with_name(f".{folder.name}")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(run_folder(analysis), draft, copy_function=_linked, ignore=shutil.ignore_patterns("run.lock"))
        draft.rename(folder)
    return folder


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def edits_file(analysis: Analysis) -> Path:
    """Edits of themes by hand, those that no run has applied yet included."""
    return folder_of(analysis) / "edits.json"


def queue_file(analysis: Analysis) -> Path:
    """Rows that were drawn to be labelled, with their texts."""
    return folder_of(analysis) / "label" / "queue.json"


def eval_file(analysis: Analysis) -> Path:
    """Rows put aside to judge versions by."""
    return folder_of(analysis) / "eval" / "set.jsonl"


def held_file(analysis: Analysis) -> Path:
    """Numbers of all rows whose text is that of a row put aside: a copy would give the answer away."""
    return folder_of(analysis) / "eval" / "held.json"


def left_file(analysis: Analysis) -> Path:
    """The log of what left this computer, a line each."""
    return folder_of(analysis) / "eval" / "left.jsonl"


def write_raw(analysis: Analysis, chunks: Iterable[bytes]) -> None:
    """Keeps the file as it came, whole or not at all."""
    path = raw_file(analysis)
    try:
        for folder in (root(), folder_of(analysis), path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError:
        clear(analysis)
        raise


def clear_raw(analysis: Analysis) -> None:
    """Deletes the file as it came."""
    shutil.rmtree(raw_file(analysis).parent, ignore_errors=True)


def clear_run(analysis: Analysis, version: int = 0) -> None:
    """Deletes what a run made."""
    shutil.rmtree(run_folder(analysis, version), ignore_errors=True)


def sweep(known: frozenset[str]) -> None:
    """Deletes folders that belong to none of these tokens."""
    for folder in root().glob("*"):
        if folder.name not in known and time.time() - folder.stat().st_mtime > STRANGE_FOR:
            shutil.rmtree(folder, ignore_errors=True)


def clear(analysis: Analysis) -> None:
    """Deletes everything of an analysis."""
    shutil.rmtree(folder_of(analysis), ignore_errors=True)
