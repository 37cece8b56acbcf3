"""The learning log, minutes and notes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.curriculum import current
from segue.evidence.models import Entry
from tests.conftest import MONDAY
from tests.evidence.pieces import piece, upload, values_of, words_of


def log(page: Client, **fields: Any) -> HttpResponse:
    data = {"body": "What I learned.", "title": "", "on": "2026-11-23", "confidentiality": "private", **fields}
    return page.post(reverse("evidence:write-log"), data)  # type: ignore[return-value]


def test_a_page_of_the_log_names_itself(page: Client, priya: Learner) -> None:
    assert log(page, body="# Labels are hard\n\nVery.").status_code == 302
    assert log(page, body="", attachments=upload("board.jpg")).status_code == 302
    assert [e.title for e in priya.entries.order_by("number")] == ["Labels are hard", "board.jpg"]


def test_the_log_is_read_newest_first_and_searched(page: Client, priya: Learner) -> None:
    piece(priya, "log", "Older", MONDAY - timedelta(days=2), body="**Recall** first")
    piece(priya, "log", "Newer", MONDAY, body="precision")
    piece(priya, "charter", "No page of the log")
    response = page.get(reverse("evidence:write-log"))
    assert [e.title for e in response.context["page"]] == ["Newer", "Older"]
    assert "<strong>Recall</strong>" in response.content.decode()
    found = page.get(reverse("evidence:write-log"), {"q": "RECALL"})
    assert [e.title for e in found.context["page"]] == ["Older"]


def test_an_empty_page_of_the_log_is_not_recorded(page: Client, priya: Learner) -> None:
    assert log(page, body=" ").status_code == 422
    assert not priya.entries.exists()


TIME = reverse("evidence:log-time")


@pytest.mark.parametrize("name", ["activity", "activity_id"])
def test_minutes_are_logged_and_can_be_taken_back(page: Client, priya: Learner, name: str) -> None:
    response = page.post(TIME, {name: "w09-charter", "minutes": "25", "note": "Read.", "next": "/plan/"}, follow=True)
    assert response.redirect_chain == [("/plan/", 302)]
    assert "25 min logged for today on “" in words_of(response)
    entry = Entry.objects.get(learner=priya)
    assert (entry.sort, entry.minutes, entry.body, entry.on) == (Sort.TIME, 25, "Read.", MONDAY)
    page.post(reverse("evidence:undo-entry", args=[1]))
    assert Entry.objects.get(learner=priya, number=2).subject == entry


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_away_after_logging(page: Client, wanted: str) -> None:
    response = page.post(TIME, {"activity_id": "w09-charter", "minutes": "5", "next": wanted})
    assert response.headers["Location"] == reverse("evidence:write-log")


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"minutes": "0"}, "Minutes can't be fewer than 1."),
        ({"minutes": ""}, "Say how many minutes."),
        ({"minutes": "1441"}, "A day has 1,440 minutes."),
        ({"activity_id": "nonsense"}, "There is no such activity."),
        ({"activity_id": ""}, "Say which activity the minutes went into."),
        ({"on": "2027-01-01"}, "This day has not come yet."),
    ],
)
def test_wrong_minutes_come_back_with_the_note(page: Client, priya: Learner, fields: dict[str, str], error: str) -> None:
    data = {"activity_id": "w09-charter", "minutes": "5", "note": "A long note.", **fields}
    for headers in ({}, {"HX-Request": "true"}):
        response = page.post(TIME, data, headers=headers)
        assert response.status_code == 422
        assert error in words_of(response)
        assert "A long note." in values_of(response)
    assert not priya.entries.exists()


def test_htmx_gets_a_fragment(page: Client) -> None:
    response = page.post(TIME, {"activity_id": "w09-charter", "minutes": "5"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    assert reverse("evidence:undo-entry", args=[1]) in response.content.decode()


def test_a_note_becomes_a_page_of_the_log(page: Client, priya: Learner) -> None:
    activity = next(a for a in current().programme.activities if any(y.kind == "log" for y in a.yields))
    note = {"note": "Ask Ana about field names.", "activity_id": activity.id, "next": "/learn/"}
    assert page.post(reverse("evidence:add-note"), note).headers["Location"] == "/learn/"
    entry = Entry.objects.get(learner=priya)
    assert (entry.kind, entry.title, entry.activity_id) == ("log", "Ask Ana about field names.", activity.id)
    assert entry.competencies == list(next(y.competencies for y in activity.yields if y.kind == "log"))


def test_a_note_proves_nothing_for_an_activity_that_wants_no_log(page: Client, priya: Learner) -> None:
    page.post(reverse("evidence:add-note"), {"note": "Something.", "activity_id": "w09-charter"})
    assert Entry.objects.get(learner=priya).competencies == []


def test_an_empty_note_is_refused(page: Client, priya: Learner) -> None:
    assert page.post(reverse("evidence:add-note"), {"note": " \x00"}).status_code == 422
    assert not priya.entries.exists()
