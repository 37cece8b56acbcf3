"""People are found again, and deleted means deleted."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.serializers import serialize

from segue.accounts.models import Learner
from segue.shared import clock
from segue.work.connect import models
from segue.work.connect.actions.people import add_person, change_person, delete_person
from segue.work.connect.models import ContactImport, FeedbackPoint, Person
from segue.work.connect.queries.dossier import archive_of, dossier_of
from segue.work.connect.queries.people import people_fitting
from tests.work.connect.actions.test_merging import hang_all_on

MONDAY = date(2026, 11, 23)
NAME = "Tomasz Zielinski"


def everything() -> str:
    """All rows of the app, as text."""
    tables = [getattr(models, name) for name in models.__all__ if hasattr(getattr(models, name), "_meta")]
    return json.dumps([json.loads(serialize("json", table._default_manager.all())) for table in tables], ensure_ascii=False)


def test_a_search_finds_what_was_changed(priya: Learner) -> None:
    person = add_person(priya, name=NAME, organisation="Parcelwise")
    change_person(person, {"name": "Tomasz Z.", "organisation": "Noordpost", "tags": ["forecast"]})
    assert list(people_fitting(priya, {"q": "noordpost tomasz"})) == [person]
    assert not people_fitting(priya, {"q": "parcelwise"}).exists()
    assert list(people_fitting(priya, {"tag": "forecast"})) == [person]


def test_deleted_means_deleted(priya: Learner) -> None:
    person = add_person(priya, name=NAME, organisation="Parcelwise", role="ml-engineer", email="tz@example.org")
    hang_all_on(person)
    FeedbackPoint.objects.update(text=f"{NAME} said that labels rot")
    assert dossier_of(person).points == 1
    assert b"tz@example.org" in archive_of(person) or len(archive_of(person)) > 500
    delete_person(person)
    left = everything()
    assert "Zielinski" not in left
    assert "tz@example.org" not in left
    point = FeedbackPoint.objects.get()
    assert (point.person, point.role, point.text) == (None, "ml-engineer", "somebody said that labels rot")
    assert not Person.objects.exists()


def test_the_same_sent_twice_is_there_once(priya: Learner) -> None:
    told: dict[str, Any] = {
        "name": NAME,
        "organisation": "Parcelwise",
        "tags": ["forecast"],
        "email": "tz@example.org",
        "cadence_days": None,
    }
    assert add_person(priya, **told) == add_person(priya, **told) == priya.people.get()
    assert add_person(priya, **{**told, "tags": []}) != add_person(priya, **{**told, "organisation": ""})
    assert priya.people.count() == 3


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("Ann “Nan” O'Lee", {"row": 2, "name": "ANN “Nan” O'Lee", "tags": ["a"]}),
        ('Ann "Nan" Lee', {"row": 2, "name": 'Ann "Nan" Lee'}),
        ("Ann Lee", [2, "Lee", "ann", "a@x.org"]),
    ],
)
def test_a_file_that_waits_goes_too_where_it_names_them(priya: Learner, name: str, row: object) -> None:
    person, waiting = add_person(priya, name=name), {"learner": priya, "name": "a.csv", "source": "csv", "made_at": clock.now()}
    ContactImport.objects.create(key="one", rows=[row], **waiting)
    ContactImport.objects.create(key="two", rows=[[2, "Bob", "Lee", ""]], **waiting)
    assert dossier_of(person).previews == 1
    delete_person(person)
    assert [each.key for each in ContactImport.objects.all()] == ["two"]
