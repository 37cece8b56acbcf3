"""A first look at a file: what its columns are for, and what redaction would do to it. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

from segue.core.errors import UserError
from segue.work.lab.folders import raw_file, run_folder
from segue.work.lab.models import Analysis

if TYPE_CHECKING:
    from feedback_lab.ingest import Wishes
    from feedback_lab.records.source import IngestResult

Result = TypeVar("Result")

PREVIEW_ROWS, PREVIEW_TEXTS = 500, 8
ROLES = ("text", "time", "rating", "label", "segment")


@dataclass(frozen=True)
class Look:
    """A file before its run. ``found``: personal data by kind in the first rows; ``pairs``: texts before, marked, and after."""

    ingest: IngestResult
    looked: int
    changed: int
    found: Mapping[str, int]
    pairs: tuple[tuple[str, str], ...]
    not_caught: tuple[str, ...]


def result_or_why(analysis: Analysis, step: str, kind: type[Result]) -> Result | str:
    """What a step of the newest run found, or the Lab's reason for leaving it out. Raises ``UserError`` for a damaged folder."""
    from feedback_lab.pipeline.run import open_run, stored

    with spoken():
        folder, manifest = open_run(run_folder(analysis))
        entry = manifest.steps[step]
        return entry.reason if entry.state == "skipped" else stored(folder, step, kind)


def is_installed() -> bool:
    """Whether the parts that an analysis needs are there (the extra ``lab``)."""
    return all(find_spec(name) is not None for name in ("numpy", "sklearn", "duckdb", "onnxruntime", "tokenizers"))


@contextmanager
def spoken() -> Iterator[None]:
    """What the Lab says a person can mend, as Segue says it."""
    from feedback_lab.errors import LabError

    try:
        yield
    except LabError as error:
        place = f" (row {error.row:,})" if error.row is not None else ""
        raise UserError(f"{error.message}{place}", error.hint or "Mend the file, and send it again.") from error


def wishes_from(chosen: Mapping[str, Any]) -> Wishes:
    """Roles of columns as the learner decided; all are guessed where nothing was decided."""
    from feedback_lab.ingest import Wishes

    if not chosen:
        return Wishes()
    return Wishes(**{name: chosen[name] for name in ("text", "time", "rating", "label")}, segments=tuple(chosen["segments"]))


def check_wishes(analysis: Analysis, chosen: Mapping[str, Any]) -> None:
    """Goes through the file with these roles. Raises ``UserError`` where a column can't be what it is said to be."""
    from feedback_lab.ingest import look

    with spoken():
        look(raw_file(analysis), wishes_from(chosen))


def look_at(analysis: Analysis, text: str = "") -> Look:
    """Goes through the file once, with guessed roles. Raises ``UserError`` where it is no file of feedback.

    ``text``: the column of texts, where somebody said which it is.
    """
    from feedback_lab.ingest import Wishes, look, read
    from feedback_lab.redact import preview, redact_rows
    from feedback_lab.redact import result as redaction

    path = raw_file(analysis)
    with spoken():
        ingest = look(path, Wishes(text=text or analysis.wishes.get("text") or None))
        rows = next(read(path, ingest, PREVIEW_ROWS), None)
        if rows is None:
            raise UserError("The file has no row with a text in it.", "Look at the column of texts, or at the file.")
        _, found, changed = redact_rows(rows)
        record = redaction(len(rows), changed, found)
        pairs = preview(rows.texts, PREVIEW_TEXTS)
    return Look(ingest, len(rows), changed, record.found, tuple(pairs), record.not_caught)
