"""The full export: one zip with everything of a learner, as data and as pages that can be read without Segue."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

from segue.accounts.models import Learner
from segue.core.readiness import assess
from segue.curriculum import current
from segue.evidence.files import path_of
from segue.evidence.queries import ledger_of
from segue.schedule.queries import planning_day, turn_of
from segue.vault.archive import hash_of, put_file, put_text
from segue.vault.backup import Report, quiet
from segue.vault.document import Document, build
from segue.vault.pages import pages_of
from segue.vault.staging import mendable, move_into_place, staging

JSON = "export.json"


@dataclass(frozen=True)
class Exported:
    """What an export holds. ``missing``: names of attached files that were not in the data folder, or damaged there."""

    entries: int
    files: int
    missing: tuple[str, ...]


def export(learner: Learner, target: Path, report: Report = quiet) -> Exported:
    """Writes the export, also while Segue runs. Raises ``UserError`` where the disk refuses; then there is no file at all."""
    report(5, "Reading your data")
    document = build(learner)
    report(15, "Writing the pages")
    pages = _pages(learner, document)
    with mendable(target.parent), staging(target.parent) as stage:
        unfinished = stage / "export"
        with zipfile.ZipFile(unfinished, "x") as archive:
            put_text(archive, JSON, json.dumps(document, ensure_ascii=False, indent=1))
            for name, text in pages.items():
                put_text(archive, name, text)
            missing = _put_files(archive, document["files"], report)
        report(97, "Making sure that it is on the disk")
        move_into_place(unfinished, target)
    return Exported(len(document["entries"]), len(document["files"]) - len(missing), missing)


def _pages(learner: Learner, document: Document) -> dict[str, str]:
    day = planning_day(learner)
    ledger = ledger_of(learner, day)
    return pages_of(document, ledger, assess(current().programme, ledger, day), turn_of(learner))


def _put_files(archive: zipfile.ZipFile, files: Document, report: Report) -> tuple[str, ...]:
    missing = []
    for done, (sha256, file) in enumerate(files.items()):
        report(30 + 65 * done // len(files), f"Packing file {done + 1} of {len(files)}")
        path = path_of(sha256)
        if path.is_file() and hash_of(path).sha256 == sha256:
            put_file(archive, file["path"], path, packed=False)
        else:
            missing.append(file["path"].removeprefix(f"files/{sha256}-"))
    return tuple(missing)
