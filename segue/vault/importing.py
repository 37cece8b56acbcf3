"""Taking in an export: everything in it is verified first, then it is written at once."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.files import path_of, store
from segue.vault.actions import check_empty, take_in
from segue.vault.archive import Reader, opened
from segue.vault.checking import parse
from segue.vault.document import Document
from segue.vault.export import JSON, Exported

WHAT = "an export of Segue"

# Bounds that no export of one person reaches, and that keep a hostile file from filling memory or disk.
MOST_JSON_BYTES = 256 * 1024 * 1024
MOST_MEMBERS = 50_000
MOST_TOTAL_BYTES = 20 * 1024**3
MOST_RATIO = 200
SMALL = 1024 * 1024
SPARE = 20 * 1024 * 1024


def take_in_file(learner: Learner, path: Path) -> Exported:
    """Imports an export into the learner's empty programme. Raises ``UserError`` where it can't; then nothing has changed."""
    check_empty(learner)
    with opened(path, WHAT) as archive:
        _check_bounds(archive, path)
        document = parse(archive.text(JSON, MOST_JSON_BYTES))
        there = {sha: file["path"] for sha, file in document["files"].items() if file["path"] in archive.sizes}
        _check_files(archive, document, there)
        _store_files(archive, document, there)
    try:
        take_in(learner, document)
    except IntegrityError as error:
        raise UserError(f"export.json contradicts itself: {error}.", "Nothing was changed. Export anew.") from error
    missing = tuple(file["path"].rpartition("/")[2][65:] for sha, file in document["files"].items() if not path_of(sha).is_file())
    return Exported(len(document["entries"]), len(document["files"]) - len(missing), missing)


def _check_bounds(archive: Reader, path: Path) -> None:
    if JSON not in archive.sizes:
        raise archive.damaged()
    total = sum(archive.sizes.values())
    bombs = [
        name
        for name, size in archive.sizes.items()
        if name != JSON and size > SMALL and size > MOST_RATIO * max(1, archive.packed_sizes[name])
    ]
    if len(archive.sizes) > MOST_MEMBERS or total > MOST_TOTAL_BYTES or bombs:
        raise UserError(
            f"{path} would unpack to more than an export of Segue ever holds.",
            "Nothing was changed. Take a file that Segue made.",
        )
    free = shutil.disk_usage(settings.HOME).free
    if total + SPARE > free:
        raise UserError(
            f"Importing {path} needs up to {(total + SPARE) // 1024**2} MB; the disk has {free // 1024**2} MB free.",
            "Free some space and try again. Nothing was changed.",
        )


def _check_files(archive: Reader, document: Document, there: Mapping[str, str]) -> None:
    for sha256, name in there.items():
        found = archive.read(name)
        if found.sha256 != sha256 or found.size != document["files"][sha256]["size"]:
            raise archive.damaged()


def _store_files(archive: Reader, document: Document, there: Mapping[str, str]) -> None:
    """Keeps the attached files. They are called after their checksum, so doing it twice, or in vain, harms nothing."""
    for sha256, name in there.items():
        if not path_of(sha256).is_file():
            store(name, "", archive.chunks(name))
