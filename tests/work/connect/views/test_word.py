"""A counterpart's word, written down and confirmed by the person themself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from segue.accounts.models import Learner
from segue.core.competency import Tier
from segue.core.readiness import Line
from segue.evidence.actions import Opinion, record_review
from segue.evidence.files import store
from segue.schedule.queries import turn_of
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.models import Person, TouchSort
from tests.browsing import press, visit
from tests.conftest import MONDAY

TYPED = {
    "role": "data-scientist",
    "together": "The split, two versions and the threshold, six hours over three months of an hour now and then.",
    "data_need": "clear",
    "need_said": "You came with the decision and the data sheet, so I knew what to leave out.",
    "tradeoff": "understood",
    "tradeoff_said": "Minutes against minutes.",
    "differently": "You apologise before you ask. Just ask, and answer faster when I send a number.",
}


@pytest.fixture
def marco(priya: Learner) -> Person:
    return add_person(priya, name="Marco Ferri", role="data-scientist", relation="partner")


def of(person: Person) -> str:
    return f"/connect/people/{person.key}/word/"


def test_the_word_goes_to_the_person_for_confirmation(page: Client, marco: Person, priya: Learner) -> None:
    form = visit(page, of(marco))
    assert form.form("Record it").values["role"] == "data-scientist"
    asked = press(page, form, "Record it", **TYPED)
    entry = priya.entries.get()
    assert asked.status == 200
    assert asked.path == f"/evidence/{entry.number}/ask-review/?name=Marco+Ferri"
    assert "Marco Ferri" in [form.values.get("for_name") for form in asked.forms]
    assert (entry.kind, entry.activity_id, entry.confidentiality) == ("counterpart", "w17-counterparts", "redacted")
    assert entry.facts == {"role": "data-scientist", "data_need": "clear", "tradeoff": "understood"}
    assert "Marco" not in entry.title + entry.body
    assert "Just ask" in entry.body
    press(page, form, "Record it", **TYPED)
    assert priya.entries.count() == 1


def test_those_who_know_ones_work_are_offered(page: Client, marco: Person, priya: Learner) -> None:
    quiet = visit(page, "/connect/feedback/").section("And on you")
    assert "Marco" not in quiet
    log_touch(marco, MONDAY, TouchSort.TALK)
    log_touch(add_person(priya, name="Gareth", role="business"), MONDAY, TouchSort.TALK)
    shown = visit(page, "/connect/feedback/")
    assert shown.link("Write down their word: Marco") == of(marco)
    assert "Gareth" not in shown.section("And on you")


def test_it_counts_once_two_people_who_practise_confirmed(page: Client, marco: Person, priya: Learner) -> None:
    tomasz = add_person(priya, name="Tomasz", role="ml-engineer")
    for person, together in ((marco, TYPED["together"]), (tomasz, f"Two talks and a drawing. {TYPED['together']}")):
        press(page, visit(page, of(person)), "Record it", **{**TYPED, "role": person.role, "together": together})
    lines = _lines(priya)
    assert not lines["c7-3-counterparts"].met
    mail = store("mail.txt", "text/plain", [b"That is what I said."])
    for entry, person in zip(priya.entries.order_by("number"), (marco, tomasz), strict=True):
        marks = {"c7-3-counterparts": True}
        said = Opinion(
            person.name, "colleague", person.role, 5, practises_ai=True, marks=marks, comment="", on=MONDAY, files=(mail,)
        )
        record_review(entry, said)
    line = _lines(priya)["c7-3-counterparts"]
    assert line.met
    turn = turn_of(priya, MONDAY + timedelta(days=1))
    assert turn is not None
    assert {artefact.tier for artefact in turn.ledger.artefacts} == {Tier.E2}


def _lines(learner: Learner) -> dict[str, Line]:
    turn = turn_of(learner)
    assert turn is not None
    return {line.id: line for result in turn.readiness.results for level in result.levels for line in level.lines}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("together", "Say what you did together"),
        ("differently", "Write down what they said"),
        ("data_need", "Choose what they answered"),
        ("tradeoff", "Choose what they answered"),
        ("role", "Say what they do"),
    ],
)
def test_every_question_is_answered(name: str, words: str, page: Client, marco: Person, priya: Learner) -> None:
    typed: dict[str, Any] = {**TYPED, name: None if name in ("data_need", "tradeoff") else ""}
    refused = press(page, visit(page, of(marco)), "Record it", **typed)
    assert refused.status == 422
    assert words in refused.text
    kept = refused.form("Record it").values
    assert kept["need_said"] == TYPED["need_said"]
    assert not priya.entries.exists()


def test_few_words_are_said_to_be_few(page: Client, marco: Person) -> None:
    short = {**TYPED, "together": "A talk.", "need_said": "", "tradeoff_said": "", "differently": "Nothing."}
    assert "It counts from 40 words on" in press(page, visit(page, of(marco)), "Record it", **short).text
