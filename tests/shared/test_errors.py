"""Error pages: plain words, one way on, and nothing else needed to render them."""

from __future__ import annotations

import logging
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from segue.shared import errors

MAKE = RequestFactory()


def broken(request: HttpRequest) -> HttpResponse:
    """What Django does: call the handler while the exception is being handled."""
    try:
        raise RuntimeError("the cause")
    except RuntimeError:
        return errors.server_error(request)


# No ``db`` fixture: pytest-django fails whatever asks the database.
@pytest.mark.parametrize(
    ("handler", "status", "words"),
    [
        (errors.bad_request, 400, "could not be read"),
        (errors.wrong_origin, 403, "another site"),
        (errors.csrf_failure, 403, "too old"),
        (errors.not_found, 404, "no such page"),
        (broken, 500, "fault in Segue"),
    ],
)
def test_pages_need_no_database_and_no_context(handler: object, status: int, words: str) -> None:
    response = handler(MAKE.get("/gone/"))  # type: ignore[operator]
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert html.count("<h1>") == 1
    assert 'href="/">Go to Today' in html
    assert "<nav" not in html


def test_the_incident_on_the_page_finds_the_traceback_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "segue.incident"):
        html = broken(MAKE.post("/lab/run/")).content.decode()
    incident = re.search(r"\b[0-9a-f]{8}\b", html)
    assert incident is not None
    assert incident[0] in caplog.text
    assert "POST /lab/run/" in caplog.text
    assert "RuntimeError: the cause" in caplog.text
    assert "the cause" not in html


def test_incidents_differ() -> None:
    ids = {re.search(r"\b[0-9a-f]{8}\b", broken(MAKE.get("/")).content.decode())[0] for _ in range(5)}  # type: ignore[index]
    assert len(ids) == 5


def test_a_broken_error_page_still_says_the_incident(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> str:
        raise OSError("no templates")

    monkeypatch.setattr(errors, "render_to_string", fail)
    response = broken(MAKE.get("/"))
    incident = re.search(r"Incident ([0-9a-f]{8})", response.content.decode())
    assert response.status_code == 500
    assert incident is not None
    assert incident[1] in caplog.text
    assert "no templates" in caplog.text
