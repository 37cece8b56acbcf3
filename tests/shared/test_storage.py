from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError

from segue.shared import storage
from segue.shared.storage import explain

WHERE = Path("/data/segue")


def database_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "The disk that holds /data/segue is full."),
        (errno.EDQUOT, "Your share of the disk"),
        (errno.EROFS, "is read-only"),
        (errno.EACCES, "you may not read or write there"),
        (errno.EPERM, "you may not read or write there"),
        (errno.ENOTDIR, "a file lies where a folder is needed"),
        (errno.EEXIST, "a file lies where a folder is needed"),
        (errno.ENOENT, "/data/segue is not there"),
        (errno.EIO, "fails"),
    ],
)
def test_what_a_disk_refuses(code: int, words: str) -> None:
    found = explain(OSError(code, os.strerror(code)), WHERE)
    assert found is not None
    assert words in found.message
    assert found.hint


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_BUSY, "Another program keeps the database /data/segue busy"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "Another program keeps the database /data/segue busy"),
        (sqlite3.SQLITE_LOCKED, "Another program keeps the database /data/segue busy"),
        (sqlite3.SQLITE_READONLY, "read-only"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "read-only"),
        (sqlite3.SQLITE_FULL, "The disk that holds /data/segue is full."),
        (sqlite3.SQLITE_IOERR_WRITE, "The disk failed"),
        (sqlite3.SQLITE_CORRUPT, "is damaged"),
        (sqlite3.SQLITE_NOTADB, "is damaged"),
        (sqlite3.SQLITE_CANTOPEN, "can't be opened"),
    ],
)
def test_what_a_database_refuses_also_as_django_wraps_it(code: int, words: str) -> None:
    wrapped = OperationalError("as Django says it")
    wrapped.__cause__ = database_error(code)
    for error in (database_error(code), wrapped):
        found = explain(error, WHERE)
        assert found is not None
        assert words in found.message
        assert found.hint


def test_an_io_error_on_a_full_disk_is_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "FULL", 10**18)
    found = explain(database_error(sqlite3.SQLITE_IOERR_SHMSIZE), WHERE)
    assert found is not None
    assert "is full" in found.message


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        OSError(),
        OSError(errno.EPIPE, "x"),
        sqlite3.OperationalError("no such table"),
        database_error(sqlite3.SQLITE_ERROR),
        database_error(sqlite3.SQLITE_CONSTRAINT_UNIQUE),
        OperationalError("server closed the connection"),
    ],
)
def test_a_bug_stays_a_bug(error: Exception) -> None:
    assert explain(error, WHERE) is None
