"""A disk or a database that refuses, as a page: what the person can do about it instead of "something broke"."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import DatabaseError, OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from segue.shared import errors

MAKE = RequestFactory()


def page_of(error: Exception, **headers: str) -> HttpResponse:
    """What Django does: call the handler while the exception is being handled."""
    try:
        raise error
    except Exception:
        return errors.server_error(MAKE.post("/evidence/new/", headers=headers))


def refusal(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("as SQLite says it")
    cause.sqlite_errorcode = code
    error = OperationalError("as Django says it")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_BUSY, "Another program keeps the database"),
        (sqlite3.SQLITE_FULL, "is full"),
        (sqlite3.SQLITE_READONLY, "read-only"),
        (sqlite3.SQLITE_CORRUPT, "is damaged"),
    ],
)
def test_says_what_to_do(code: int, words: str, caplog: pytest.LogCaptureFixture) -> None:
    response = page_of(refusal(code))
    assert response.status_code == 503
    assert words in response.content.decode()
    assert "Incident" not in response.content.decode()
    assert "as SQLite says it" in caplog.text, "the log has the cause"


def test_autosave_gets_it_as_json() -> None:
    response = page_of(refusal(sqlite3.SQLITE_FULL), Accept="application/json")
    assert response.status_code == 503
    assert b"is full" in response.content
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("error", [FileNotFoundError(2, "template"), ZeroDivisionError(), DatabaseError("no such column")])
def test_a_bug_is_still_an_incident(error: Exception) -> None:
    response = page_of(error)
    assert response.status_code == 500
    assert "fault in Segue" in response.content.decode()
