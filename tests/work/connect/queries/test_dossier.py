"""What is kept of a person: what goes with them, what stays, and all of it to take away."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.evidence.models import Entry, ReviewRequest
from segue.shared import clock
from segue.work.connect.actions.people import add_person
from segue.work.connect.models import ContactImport, FeedbackPoint, Insight, Meeting, Organisation, Person, RolePlace
from segue.work.connect.queries.dossier import HANGING, archive_of, dossier_of, everything, imports_named_after, previews_naming
from tests.work.connect.actions.test_merging import hang_all_on

MONDAY = date(2026, 11, 23)
NAME = "Tomasz Zielinski"


@pytest.fixture
def tomasz(priya: Learner) -> Person:
    return add_person(priya, name=NAME, organisation="Parcelwise", role="ml-engineer", email="tz@example.org", note="Likes maps")


def entry(learner: Learner, number: int, **told: Any) -> Entry:
    given = {"sort": Sort.ARTEFACT, "content_version": "1", "on": MONDAY, "recorded_at": clock.now(), **told}
    return Entry.objects.create(learner=learner, number=number, **given)


def test_with_nothing_on_them_nothing_else_goes(tomasz: Person) -> None:
    found = dossier_of(tomasz)
    assert (found.going, found.points, found.places, found.previews, found.entries, found.mentions) == ((), 0, 0, 0, (), ())


def test_what_goes_is_counted(tomasz: Person) -> None:
    hang_all_on(tomasz)
    found = dossier_of(tomasz)
    assert found.going == tuple((1, words) for words in HANGING.values())
    assert (found.points, found.places) == (1, 1)


def test_entries_that_came_of_them_or_name_them_stay(tomasz: Person) -> None:
    learner = tomasz.learner
    came, named = entry(learner, 1, title="A talk"), entry(learner, 2, body=f"I asked {NAME} about labels.")
    reviewed, other = entry(learner, 3, reviewer_name=NAME.upper()), entry(learner, 4, title="Something else")
    entry(learner, 5, sort=Sort.WITHDRAWAL, subject=named)
    Insight.objects.create(learner=learner, person=tomasz, key="i", on=MONDAY, text="x", entry=came)
    found = dossier_of(tomasz).entries
    assert [(row.entry, row.is_withdrawn) for row in found] == [(reviewed, False), (named, True), (came, False)]
    assert other not in [row.entry for row in found]


def test_texts_of_others_that_name_them_are_said(tomasz: Person) -> None:
    learner, moment = tomasz.learner, clock.now()
    other = add_person(learner, name="Yuki", how_known=f"Through {NAME}")
    Meeting.objects.create(
        learner=learner, person=other, key="m", title="Talk", notes=f"{NAME} again", starts_at=moment, zone="UTC", uid="m",
        changed_at=moment,
    )  # fmt: skip
    Insight.objects.create(learner=learner, person=other, key="i", on=MONDAY, text=f"Ask {NAME}")
    FeedbackPoint.objects.create(learner=learner, key="p", on=MONDAY, text=f"{NAME} was right")
    RolePlace.objects.create(learner=learner, organisation=Organisation.objects.get(), role="designer", owns=f"With {NAME}")
    about = {"learner": learner, "entry": entry(learner, 1), "made_on": MONDAY, "until": MONDAY + timedelta(days=9)}
    ReviewRequest.objects.create(**about, token="t", secret="s", for_name=NAME)
    assert [mention.address[0] for mention in dossier_of(tomasz).mentions] == [
        "connect:change-person",
        "connect:show-meeting",
        "connect:change-insight",
        "connect:answer-point",
        "connect:show-map",
        "evidence:show-request",
    ]


def test_a_short_name_is_a_part_of_too_many_words(priya: Learner) -> None:
    person = add_person(priya, name="Al")
    add_person(priya, name="Yuki", note="Also algebra")
    entry(priya, 1, body="All is well")
    assert (dossier_of(person).mentions, dossier_of(person).entries) == ((), ())


def test_files_that_wait_or_are_called_like_them(tomasz: Person) -> None:
    made = {"learner": tomasz.learner, "source": "vcard", "made_at": clock.now()}
    waiting = ContactImport.objects.create(**made, key="a", name="x.vcf", rows=[{"name": "TOMASZ zielinski"}])
    ContactImport.objects.create(**made, key="b", name="y.vcf", rows=[{"name": "Somebody Else"}])
    taken = ContactImport.objects.create(**made, key="c", name=f"{NAME}.vcf", taken_at=clock.now())
    assert previews_naming(tomasz) == [waiting]
    assert imports_named_after(tomasz) == [taken]
    assert dossier_of(tomasz).previews == 1


def test_the_archive_has_all_and_nothing_of_anybody_else(tomasz: Person) -> None:
    hang_all_on(tomasz)
    hang_all_on(add_person(tomasz.learner, name="Yuki Tanabe"))
    with zipfile.ZipFile(io.BytesIO(archive_of(tomasz))) as archive:
        assert archive.testzip() is None
        told, card = json.loads(archive.read("person.json")), archive.read("person.vcf").decode()
    assert told == everything(tomasz)
    assert (told["person"]["email"], told["person"]["organisation"], told["person"]["note"]) == (
        "tz@example.org", "Parcelwise", "Likes maps",
    )  # fmt: skip
    assert all(len(told[name]) == 1 for name in (*HANGING, "points", "places"))
    assert "Yuki" not in json.dumps(told)
    assert f"FN:{NAME}" in card
