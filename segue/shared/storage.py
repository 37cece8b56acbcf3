"""What a disk or a database may refuse, in plain words. Imports no Django, so that it serves before Django is set up."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from segue.core.errors import UserError

FULL = 64 * 1024  # bytes free: less than a saved page needs
_SAFE = "What was saved before is safe."
_DISK = {
    errno.ENOSPC: ("The disk that holds {where} is full.", f"Free some space on it and try again. {_SAFE}"),
    errno.EDQUOT: ("Your share of the disk that holds {where} is used up.", f"Free some space on it and try again. {_SAFE}"),
    errno.EROFS: ("The disk that holds {where} is read-only.", "Make it writable, or choose another folder."),
    errno.EACCES: (
        "{where} can't be used: you may not read or write there.",
        "Change its permissions, or choose another folder.",
    ),
    errno.EPERM: ("{where} can't be used: you may not read or write there.", "Change its permissions, or choose another folder."),
    errno.ENOTDIR: (
        "{where} can't be used: a file lies where a folder is needed.",
        "Move that file away, or choose another folder.",
    ),
    errno.ENOENT: ("{where} is not there.", "Look whether the name is right and the disk is connected."),
    errno.EIO: ("The disk that holds {where} fails.", "Copy what can be copied to another disk and restore a backup there."),
}
_DISK[errno.EEXIST] = _DISK[errno.ENOTDIR]
_DATABASE = {
    sqlite3.SQLITE_BUSY: (
        "Another program keeps the database {where} busy.",
        f"Close whatever has it open (a database viewer, a synchronising or backup program) and try again. {_SAFE}",
    ),
    sqlite3.SQLITE_READONLY: ("The database {where} can't be written: it, or its folder, is read-only.", "Make both writable."),
    sqlite3.SQLITE_IOERR: (
        "The disk failed while the database {where} was used.",
        "Look whether the disk is full or damaged, then start Segue again. " + _SAFE,
    ),
    sqlite3.SQLITE_FULL: _DISK[errno.ENOSPC],
    sqlite3.SQLITE_CANTOPEN: (
        "The database {where} can't be opened.",
        "Look whether its folder is there and you may write in it.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The database {where} is damaged.",
        "It was left as it is. Stop Segue and restore the newest backup: segue restore FILE. The damaged file is kept.",
    ),
}
_DATABASE[sqlite3.SQLITE_LOCKED] = _DATABASE[sqlite3.SQLITE_BUSY]
_DATABASE[sqlite3.SQLITE_NOTADB] = _DATABASE[sqlite3.SQLITE_CORRUPT]


def explain(error: BaseException, where: Path) -> UserError | None:
    """A disk or database error as something the person can mend; ``None`` for any other. Django's wrapping is seen through."""
    for cause in _causes(error):
        words = None
        if isinstance(cause, sqlite3.Error):
            code = getattr(cause, "sqlite_errorcode", -1) & 0xFF
            # On a disk that is quite full SQLite often fails at the files beside the database, and calls that an I/O error.
            words = _DATABASE.get(sqlite3.SQLITE_FULL if code == sqlite3.SQLITE_IOERR and _is_full(where) else code)
        elif isinstance(cause, OSError) and cause.errno is not None:
            words = _DISK.get(cause.errno)
        if words is not None:
            return UserError(words[0].format(where=where), words[1])
    return None


def _is_full(where: Path) -> bool:
    there = next((path for path in (where, *where.parents) if path.exists()), None)
    return there is not None and shutil.disk_usage(there).free < FULL


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
