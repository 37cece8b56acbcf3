from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Attachment, Draft, Entry, KeptText
from segue.schedule.models import Choice, Hours, TimeOff
from segue.vault import document as module
from segue.vault.document import build
from tests.vault.conftest import MONDAY

# What an export leaves out on purpose: keys of the database, who owns the row, and what is said in another way.
LEFT_OUT: dict[type[models.Model], set[str]] = {
    Learner: {"id", "user"},
    Hours: {"id", "learner", "feed_token"},
    TimeOff: {"id", "learner"},
    Choice: {"id", "learner"},
    Entry: {"id", "learner", "revises", "subject"},
    Attachment: {"id", "entry"},
    Draft: {"id", "learner"},
    KeptText: {"id", "draft"},
}
TAKEN = {
    Learner: module.LEARNER,
    Hours: module.HOURS,
    TimeOff: module.TIME_OFF,
    Choice: module.CHOICE,
    Entry: module.ENTRY,
    Attachment: module.ATTACHMENT,
    Draft: module.DRAFT,
    KeptText: module.KEPT,
}


@pytest.mark.parametrize("model", TAKEN, ids=lambda model: model.__name__)
def test_no_column_is_forgotten(model: type[models.Model]) -> None:
    columns = {field.name for field in model._meta.concrete_fields}
    assert set(TAKEN[model]) | LEFT_OUT[model] == columns
    assert not set(TAKEN[model]) & LEFT_OUT[model]


def test_holds_everything_by_number_and_checksum(priya_with_history: Learner) -> None:
    document = build(priya_with_history)
    assert (document["format"], document["format_version"]) == ("segue-export", 1)
    assert document["learner"]["why"] == "Because “good enough” isn’t."
    assert document["hours"]["weekday_minutes"] == [0, 90, 0, 90, 0, 120, 0]
    assert [off["reason"] for off in document["time_off"]] == ["Holidays"]
    assert {choice["sort"]: choice["on"] for choice in document["choices"]} == {"skip": None, "pin": "2026-12-02"}
    assert [entry["number"] for entry in document["entries"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [(e["revises"], e["subject"]) for e in document["entries"][3:]] == [(1, None), (None, 4), (None, 1), (None, 4)]
    assert [text["fields"] for text in document["drafts"][0]["kept"]] == [{"body": ["The other half"]}]
    attached = [file for entry in document["entries"] for file in entry["attachments"]]
    assert [file["name"] for file in attached] == ["notes.md", "bild ü.png", "notes.md", "mail.txt"]
    assert set(document["files"]) == {file["sha256"] for file in attached}
    assert len(document["files"]) == 3


def test_is_plain_json_with_moments_in_utc(priya_with_history: Learner) -> None:
    document = json.loads(json.dumps(build(priya_with_history)))
    moment = datetime.fromisoformat(document["entries"][0]["recorded_at"])
    assert moment.utcoffset() == UTC.utcoffset(None)
    assert document["entries"][0]["on"] == MONDAY.isoformat()


def test_holds_nothing_secret(priya_with_history: Learner) -> None:
    token = Hours.objects.get(learner=priya_with_history).feed_token
    text = json.dumps(build(priya_with_history))
    assert token not in text
    assert "password" not in text


def test_somebody_elses_things_are_not_in_it(priya_with_history: Learner, make_learner: object) -> None:
    sam = make_learner("Sam")  # type: ignore[operator]
    document = build(sam)
    assert document["entries"] == document["drafts"] == document["choices"] == []
    assert document["files"] == {}
