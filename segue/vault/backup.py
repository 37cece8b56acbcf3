"""Backups: one file that holds everything, complete or not there at all.

A backup for the user holds the database and every attached file. The daily one, and the one before the database is brought up to
date, hold the database only: attached files are written once and never changed or deleted, so they are still in the data folder.
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from segue.core.errors import UserError
from segue.shared import clock
from segue.vault.archive import Member, hash_of, put_file, put_text
from segue.vault.manifest import DATABASE, NAME, Kind, Manifest
from segue.vault.schema import examine
from segue.vault.staging import mendable, move_into_place, staging
from segue.vault.version import version

SUFFIX = ".seguebackup"
KEPT = {Kind.DAILY: 14, Kind.BEFORE_MIGRATION: 5}
_AUTOMATIC = re.compile(rf"(daily|before-migration)-(\d{{4}}-\d{{2}}-\d{{2}})(-\d{{6}})?{re.escape(SUFFIX)}")
_COUNTED = ("evidence_entry", "evidence_attachment", "evidence_draft", "schedule_choice")

Report = Callable[[int, str], None]


@dataclass(frozen=True)
class KeptBackup:
    """A backup that Segue made by itself."""

    path: Path
    kind: Kind
    made_at: datetime
    size: int


def quiet(percent: int, step: str) -> None:
    """Reports to nobody."""


def database_path() -> Path:
    """The database file. Raises ``UserError`` on PostgreSQL, which has none."""
    if connection.vendor != "sqlite":
        raise UserError(
            "Segue does not back up PostgreSQL: its server does that better.",
            "Use pg_dump for the database and copy the folder “files” of the data folder. “segue export” works here too.",
        )
    return Path(connection.settings_dict["NAME"])


def make_backup(target: Path, kind: Kind = Kind.FULL, report: Report = quiet) -> Manifest:
    """Writes a backup, also while Segue runs. Raises ``UserError`` where the disk refuses; then there is no file at all.

    ``report`` is told percent and step; what it raises ends the backup, and nothing is left of it.
    """
    source = database_path()
    if not source.exists():
        raise UserError(f"There is nothing to back up: {source} is not there yet.", "Start Segue once, then make a backup.")
    with mendable(target.parent), staging(target.parent) as stage:
        copy = stage / DATABASE
        report(5, "Copying the database")
        copy_database(source, copy)
        manifest = _write(stage / "backup", copy, kind, report)
        report(97, "Making sure that it is on the disk")
        move_into_place(stage / "backup", target)
    return manifest


def copy_database(source: Path, target: Path) -> None:
    """A copy as of one moment, in one file, whatever others are writing."""
    live = sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=10)
    with closing(live), closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _write(target: Path, database: Path, kind: Kind, report: Report) -> Manifest:
    members: dict[str, Member] = {}
    missing: list[str] = []
    with zipfile.ZipFile(target, "x") as archive:
        report(20, "Packing the database")
        members[DATABASE] = put_file(archive, DATABASE, database, packed=True)
        if kind is Kind.FULL:
            _put_files(archive, database, members, missing, report)
        schema = examine(database, "The database").last
        manifest = Manifest(kind, version(), clock.now(), schema, members, _counts(database), tuple(missing))
        put_text(archive, NAME, manifest.to_json())
    return manifest


def _put_files(archive: zipfile.ZipFile, database: Path, members: dict[str, Member], missing: list[str], report: Report) -> None:
    stored = {path.name: path for path in stored_files()}
    wanted = sorted(stored.keys() | attached(database))
    for done, sha256 in enumerate(wanted):
        report(30 + 65 * done // len(wanted), f"Packing file {done + 1} of {len(wanted)}")
        path = stored.get(sha256)
        if path is None or hash_of(path).sha256 != sha256:
            missing.append(sha256)
        else:
            name = f"files/{sha256[:2]}/{sha256}"
            members[name] = put_file(archive, name, path, packed=False)


def stored_files() -> Iterator[Path]:
    """Every attached file in the data folder."""
    return (path for path in sorted(Path(settings.FILES).glob("??/*")) if re.fullmatch(r"[0-9a-f]{64}", path.name))


def attached(database: Path) -> set[str]:
    """Checksums of the files that the entries of a database name."""
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        if not _has_table(opened, "evidence_attachment"):
            return set()
        return {sha256 for (sha256,) in opened.execute("SELECT sha256 FROM evidence_attachment")}


def _counts(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        there = [table for table in _COUNTED if _has_table(opened, table)]
        return {table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in there}


def _has_table(opened: sqlite3.Connection, table: str) -> bool:
    return opened.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone() is not None


# --- the ones that Segue makes by itself --------------------------------------------------------------------------------------


def daily_backup(report: Report = quiet) -> Path | None:
    """Makes today's backup; ``None`` where there is one already."""
    target = _folder() / f"daily-{clock.today()}{SUFFIX}"
    if target.exists():
        return None
    make_backup(target, Kind.DAILY, report)
    prune()
    return target


def backup_before_migration() -> Path:
    """Makes the backup to go back to if bringing the database up to date goes wrong."""
    target = _folder() / f"before-migration-{clock.now():%Y-%m-%d-%H%M%S}{SUFFIX}"
    make_backup(target, Kind.BEFORE_MIGRATION)
    prune()
    return target


def _folder() -> Path:
    folder = Path(settings.BACKUPS)
    with mendable(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def kept_backups() -> list[KeptBackup]:
    """Those that Segue made by itself, newest first. The date is that in the name, the time that of the file."""
    found = []
    for path in Path(settings.BACKUPS).glob(f"*{SUFFIX}"):
        if match := _AUTOMATIC.fullmatch(path.name):
            status = path.stat()
            made_at = datetime.fromtimestamp(status.st_mtime).astimezone()
            found.append(KeptBackup(path, Kind(match[1]), made_at, status.st_size))
    return sorted(found, key=lambda backup: backup.path.name.removeprefix(backup.kind), reverse=True)


def restore_command(path: Path) -> str:
    """What to type to restore a backup into this data folder, wherever it is."""
    return f'segue --home "{settings.HOME}" restore "{path}"'


def prune() -> None:
    """Removes the oldest of each kind beyond those that are kept. Files that it did not name itself are never touched."""
    for kind, count in KEPT.items():
        for backup in [b for b in kept_backups() if b.kind is kind][count:]:
            backup.path.unlink(missing_ok=True)
