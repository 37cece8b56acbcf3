"""Which changes the database has had, and which it should have: fast to ask, before Django looks at it.

Nothing here writes, except :func:`migrate`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from segue.core.errors import UserError
from segue.shared.storage import explain

Migration = tuple[str, str]  # app label, name

_HEADER = b"SQLite format 3\0"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_APPLIED = "SELECT app, name FROM django_migrations ORDER BY id"
_OURS: Migration = ("evidence", "0001_ledger")


@dataclass(frozen=True)
class Schema:
    """What was applied, in order, and what is still to be. ``pending`` is everything where the database is new."""

    applied: tuple[Migration, ...]
    pending: tuple[Migration, ...]

    @property
    def is_new(self) -> bool:
        """Whether there is no table yet."""
        return not self.applied

    @property
    def last(self) -> Mapping[str, str]:
        """The last change by app."""
        return dict(sorted(self.applied))


def known_migrations() -> frozenset[Migration]:
    """Every change that this Segue knows: the names of the migration files, none of them imported."""
    folders = ((config.label, Path(config.path) / "migrations") for config in apps.get_app_configs())
    return frozenset(
        (label, module.name) for label, folder in folders for module in iter_modules([str(folder)]) if module.name[0] != "_"
    )


def compare(applied: tuple[Migration, ...], what: str) -> Schema:
    """What lacks in a database. Raises ``UserError`` where it has a change that this Segue does not know."""
    known = known_migrations()
    newer = [f"{app}.{name}" for app, name in applied if (app, name) not in known]
    if newer and _OURS not in applied:
        raise _foreign(what)
    if newer:
        raise UserError(
            f"{what} was written by a newer Segue: this one does not know its change {newer[-1]}. It was left as it is.",
            "Install that newer version; Segue never takes a step back.",
        )
    return Schema(applied, tuple(sorted(known - set(applied))))


def examine(path: Path, what: str = "", *, quick: bool = True) -> Schema:
    """The schema of a database file, which is only read. A missing or empty file is a new one.

    Raises ``UserError`` where it is damaged, belongs to another program, or was written by a newer Segue. ``quick`` leaves out
    the checks that read every index.

    Nobody in this process may have the database open. On POSIX, closing a file drops every lock that the process has on it, so
    that another process would take the log beside the database for abandoned, and damage it.
    """
    what = what or f"The database {path}"
    if not path.exists() or path.stat().st_size == 0:
        return compare((), what)
    with _reading(path, what) as database:
        check_integrity(database, what, quick=quick)
        tables = {name for (name,) in database.execute(_TABLES)}
        if tables and "django_migrations" not in tables:
            raise _foreign(what)
        return compare(tuple(database.execute(_APPLIED)) if tables else (), what)


def is_sound(path: Path) -> bool:
    """Whether a database file can be used, so that SQLite may be let near it: a damaged one it might change."""
    try:
        examine(path)
    except UserError:
        return False
    return True


def check_integrity(database: sqlite3.Connection, what: str, *, quick: bool = False) -> None:
    """Raises ``UserError`` where pages are damaged or rows point to rows that are not there."""
    found = database.execute("PRAGMA quick_check(1)" if quick else "PRAGMA integrity_check(1)").fetchone()[0]
    dangling = None if quick else database.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or dangling:
        raise _damaged(what)


def _foreign(what: str) -> UserError:
    return UserError(
        f"{what} belongs to another program. It was left as it is.",
        "Move it away, or choose another data folder: --home FOLDER.",
    )


def _damaged(what: str) -> UserError:
    return UserError(
        f"{what} is damaged or no database. It was left as it is.",
        "Restore the newest backup: segue restore FILE. Backups lie in the folder “backups” of the data folder.",
    )


@contextmanager
def _reading(path: Path, what: str) -> Iterator[sqlite3.Connection]:
    """Opens a database so that not even a file beside it is made, unless a log with unsaved changes lies there."""
    log = path.with_name(path.name + "-wal")
    has_log = log.exists() and log.stat().st_size > 0
    address = f"{path.absolute().as_uri()}?{'mode=ro' if has_log else 'immutable=1'}"
    try:
        with open(path, "rb") as file:
            if file.read(len(_HEADER)) != _HEADER:
                raise _damaged(what)
        with closing(sqlite3.connect(address, uri=True, timeout=10)) as database:
            yield database
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT):
            raise _damaged(what) from error
        raise explain(error, path) or _damaged(what) from error
    except OSError as error:
        raise explain(error, path) or UserError(f"{path} can't be read: {error}.", "Look at its permissions.") from error


def check_writable(path: Path) -> None:
    """Raises ``UserError`` where the database can't be written: read-only, locked by another program, disk full."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise explain(error, path) or _damaged(f"The database {path}") from error


def schema_of_connection() -> Schema:
    """The schema of the database that Django uses: for PostgreSQL, where there is no file to look at."""
    recorder = MigrationRecorder(connection)
    applied = tuple(recorder.applied_migrations()) if recorder.has_table() else ()
    return compare(applied, "The database")


def migrate() -> None:
    """Brings the database up to date."""
    call_command("migrate", interactive=False, verbosity=0)
