"""What is seen to before Segue is used: the database is sound and up to date, and there is a backup to go back to."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, connections

from segue.core.errors import UserError
from segue.vault.backup import backup_before_migration, daily_backup, database_path, kept_backups, restore_command
from segue.vault.manifest import DATABASE
from segue.vault.schema import Schema, check_writable, examine, migrate, schema_of_connection
from segue.vault.staging import mendable, sweep

DEMO_MARK = "this-is-a-demo"
UPLOAD_SECONDS = 60 * 60
LEAST_FREE = 5 * 1024 * 1024


def begin_anew() -> None:
    """Empties the data folder of a demo. Raises ``UserError`` for any other folder that holds something."""
    home = Path(settings.HOME)
    if (home / DATABASE).exists() and not (home / DEMO_MARK).exists():
        raise UserError(f"{home} holds data that is no demo.", "Move it away, then start the demo again. It was left as it is.")
    (home / DEMO_MARK).touch()
    connections.close_all()
    for folder in (settings.FILES, settings.BACKUPS, home / "outgoing", home / "replaced"):
        shutil.rmtree(folder, ignore_errors=True)
    for path in home.glob(f"{DATABASE}*"):
        path.unlink()


def check_room() -> None:
    """Raises ``UserError`` where the disk is so full that nothing could be saved."""
    free = shutil.disk_usage(settings.HOME).free
    if free < LEAST_FREE:
        raise UserError(
            f"The disk that holds {settings.HOME} is full: {free // 1024} kB are free.",
            f"Free at least {LEAST_FREE // 1024**2} MB on it, then start Segue again. What was saved before is safe.",
        )


def remove_leftovers() -> None:
    """Deletes what a killed backup, export, restore or upload left half-made."""
    for folder in (settings.HOME, settings.BACKUPS, Path(settings.HOME) / "outgoing"):
        sweep(Path(folder))
    for path in Path(settings.FILES).glob("incoming-*"):
        if time.time() - path.stat().st_mtime > UPLOAD_SECONDS:
            path.unlink(missing_ok=True)


def bring_up_to_date() -> Schema:
    """Makes the database, or brings it up to date after a backup. Says how it was before.

    Raises ``UserError`` where it is damaged, another program's, a newer Segue's, read-only or locked; then it is not touched.
    """
    schema = look_at_database()
    if schema.pending:
        if not schema.is_new and connection.vendor == "sqlite":
            backup_before_migration()
        migrate()
    return schema


def look_at_database(*, quick: bool = True) -> Schema:
    """How the database is. ``quick`` leaves out what takes long. Raises ``UserError`` where it can't be used."""
    if connection.vendor != "sqlite":
        try:
            return schema_of_connection()
        except OperationalError as error:
            raise UserError(
                f"The PostgreSQL database can't be reached: {str(error).partition(chr(10))[0]}.",
                "Look at SEGUE_DATABASE_URL, and whether the server runs.",
            ) from error
    path = database_path()
    connection.close()  # see examine()
    _check_not_lost(path)
    schema = examine(path, quick=quick)
    check_writable(path)
    return schema


def require_up_to_date() -> None:
    """For commands that use the database as it is. Raises ``UserError`` where there is none, or it is of an older Segue."""
    schema = look_at_database()
    if schema.is_new:
        raise UserError(
            f"There is no data in {settings.HOME} yet.", "Start Segue once (segue), or name another folder: --home FOLDER."
        )
    if schema.pending:
        raise UserError(
            "The database is of an older Segue.", "Start Segue once (segue): that brings it up to date, after a backup."
        )


def _check_not_lost(path: Path) -> None:
    """A database that is gone while its backups are there was lost, not never made: a new one would hide that."""
    backups = kept_backups()
    if backups and (not path.exists() or path.stat().st_size == 0):
        raise UserError(
            f"The database {path} is {'empty' if path.exists() else 'missing'}, but there are backups of it.",
            f"Restore the newest: {restore_command(backups[0].path)}\n"
            f"To begin anew instead, move the folder {settings.BACKUPS} away.",
        )


def back_up_today() -> None:
    """The backup of the day, where there is none. A failure is the caller's to show: Segue can be used without it."""
    if connection.vendor == "sqlite":
        daily_backup()


def check_database() -> list[str]:
    """What is wrong with the database and the attached files; empty where nothing is. Changes nothing."""
    from segue.evidence.files import path_of
    from segue.evidence.models import Attachment
    from segue.vault.archive import hash_of

    found = []
    for file in Attachment.objects.order_by("entry__number").values("entry__number", "name", "sha256"):
        path = path_of(file["sha256"])
        with mendable(path):
            if not path.is_file() or hash_of(path).sha256 != file["sha256"]:
                fault = "is missing" if not path.is_file() else "is damaged"
                found.append(f"entry {file['entry__number']}: the file “{file['name']}” {fault} ({path})")
    return found
