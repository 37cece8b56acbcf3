"""Where the files of analyses lie: one folder each, in the data folder, for its owner alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from segue.evidence.files import plain_name
from segue.work.lab.models import Analysis


def folder_of(analysis: Analysis) -> Path:
    """The folder of an analysis."""
    return Path(settings.HOME) / "lab" / analysis.token


def raw_file(analysis: Analysis) -> Path:
    """The file as it came, under its own name, since the ending tells what it is."""
    return folder_of(analysis) / "raw" / plain_name(analysis.file_name)


def run_folder(analysis: Analysis) -> Path:
    """The run: redacted rows, results, report."""
    return folder_of(analysis) / "run"


def write_raw(analysis: Analysis, chunks: Iterable[bytes]) -> None:
    """Keeps the file as it came, whole or not at all."""
    path = raw_file(analysis)
    path.parent.mkdir(parents=True, mode=0o700)
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError:
        clear(analysis)
        raise


def clear_raw(analysis: Analysis) -> None:
    """Deletes the file as it came."""
    shutil.rmtree(raw_file(analysis).parent, ignore_errors=True)


def clear_run(analysis: Analysis) -> None:
    """Deletes what a run made."""
    shutil.rmtree(run_folder(analysis), ignore_errors=True)


def clear(analysis: Analysis) -> None:
    """Deletes everything of an analysis."""
    shutil.rmtree(folder_of(analysis), ignore_errors=True)
