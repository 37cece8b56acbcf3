"""What moves the level of C7, and what does not: contacts are no evidence, and talks alone are no word of anybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.evidence.actions import Opinion, Work, record_review, record_work
from segue.evidence.files import store
from segue.schedule.queries import turn_of
from segue.shared import clock
from segue.work.connect.actions.feedback import add_point, answer_point, record_log
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.touching import log_touch
from segue.work.connect.actions.word import record_word
from segue.work.connect.models import Insight, Person, TouchSort, new_key
from segue.work.connect.vocabulary import roles
from tests.conftest import MONDAY
from tests.work.connect.views.test_word import TYPED

TALK = Work("conversation", "A talk", MONDAY, competencies=("C7",), body="word " * 80)


def level(learner: Learner) -> int:
    turn = turn_of(learner)
    assert turn is not None
    return next(int(result.level) for result in turn.readiness.results if result.competency.id == "C7")


def ten_people(learner: Learner) -> list[Person]:
    """Ten people of as many roles, in touch with in every way."""
    named = [role for role, _ in roles()][:10]
    people = [add_person(learner, name=f"Person {role}", role=role, relation="practitioner") for role in named]
    for person in people:
        for sort in TouchSort:
            log_touch(person, MONDAY, sort)
        Insight.objects.create(learner=learner, key=new_key(), person=person, on=MONDAY, text="They sort by hand.")
    return people


def talk(learner: Learner, role: str, **facts: float | str) -> None:
    record_work(learner, replace(TALK, facts={"role": role, "purpose": "project-feedback", **facts}))


def know_the_roles(learner: Learner) -> None:
    record_work(learner, Work("role-map", "Who does what", MONDAY, competencies=("C7",), body="word " * 200, facts={"roles": 6}))


def test_ten_contacts_and_no_confirmation_leave_c7_at_level_1(priya: Learner) -> None:
    know_the_roles(priya)
    assert level(priya) == 1
    for person in ten_people(priya):
        talk(priya, person.role, insights=0, follow_up="open")
    assert level(priya) == 1


def test_contacts_alone_are_no_evidence_at_all(priya: Learner) -> None:
    ten_people(priya)
    assert level(priya) == 0
    assert not priya.entries.exists()


def test_only_words_of_others_lead_beyond_level_1(priya: Learner, on_day: Callable[[date], None]) -> None:
    know_the_roles(priya)
    people = ten_people(priya)
    for person in people:
        talk(priya, person.role, insights=2, follow_up="within-48h")
    record_work(priya, _briefing())
    for number in range(5):
        told = {"person": people[0], "role": "", "on": MONDAY, "text": f"Point {number}, {'word ' * 20}", "meeting": None}
        answer_point(add_point(priya, told), {"verdict": "accepted", "reason": "", "change": "Relabel.", "run": ""})
    record_log(priya, "real")
    on_day(MONDAY + timedelta(days=7))
    words = [record_word(person, {**TYPED, "role": person.role, "differently": person.name}) for person in people[:2]]
    assert level(priya) == 1
    mail = store("mail.txt", "text/plain", [b"That is what I said."])
    for entry, person in zip(words, people, strict=False):
        marks = {"c7-3-counterparts": True}
        said = Opinion(person.name, "colleague", "data scientist", 5, True, marks, "", clock.today(), files=(mail,))
        record_review(entry, said)
    assert level(priya) == 3


def _briefing() -> Work:
    """How sure one is, said to somebody outside tech: the one line of level 3 that month 4 does not make."""
    kind = current().programme.kinds["uncertainty-briefing"]
    return Work(kind.id, "How sure we are", MONDAY, competencies=("C7",), body="word " * 200, facts={"audience": "non-technical"})
