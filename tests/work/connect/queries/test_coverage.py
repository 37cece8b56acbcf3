"""What reaches a role on the board: whose word counts, and a talk by whichever way it was noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.relations import Reach
from segue.evidence.actions import Opinion, Work, record_review, record_work
from segue.evidence.files import store
from segue.schedule.queries import turn_of
from segue.shared import clock
from segue.work.connect.actions.meeting import hold_meeting, plan_meeting
from segue.work.connect.actions.people import add_person
from segue.work.connect.actions.word import record_word
from segue.work.connect.models import Person, new_key
from segue.work.connect.queries.coverage import CoveragePage, coverage_page, roles_met
from tests.conftest import MONDAY
from tests.work.connect.views.test_word import TYPED


@pytest.fixture
def marco(priya: Learner) -> Person:
    return add_person(priya, name="Marco Ferri", role="data-scientist")


def board(learner: Learner) -> CoveragePage:
    turn = turn_of(learner)
    assert turn is not None
    return coverage_page(learner, turn)


def confirmed(learner: Learner) -> list[str]:
    return [row.role for row, _ in board(learner).rows if Reach.CONFIRMED in row.reached]


def confirm(person: Person, practises: bool = True, **told: str) -> None:
    entry = record_word(person, {**TYPED, "role": person.role, **told})
    mail = store("mail.txt", "text/plain", [b"That is what I said."])
    marks = {"c7-3-counterparts": True}
    said = Opinion(person.name, "colleague", person.role, 5, practises, marks, "", MONDAY, files=(mail,))
    record_review(entry, said)


def test_a_word_written_down_is_not_confirmed_yet(priya: Learner, marco: Person) -> None:
    record_word(marco, {**TYPED, "role": marco.role})
    assert confirmed(priya) == []


def test_the_word_of_somebody_who_practises_confirms_their_role(priya: Learner, marco: Person) -> None:
    confirm(marco)
    assert confirmed(priya) == ["data-scientist"]


@pytest.mark.parametrize("told", [{"practises": False}, {"data_need": "partly"}, {"tradeoff": "partly"}])
def test_other_words_do_not(told: dict[str, Any], priya: Learner, marco: Person) -> None:
    confirm(marco, **told)
    assert confirmed(priya) == []


def test_a_held_meeting_is_a_talk_even_where_the_touch_is_gone(priya: Learner, marco: Person) -> None:
    told = {"title": "How they work", "starts_at": datetime(2026, 11, 20, 9, tzinfo=UTC), "zone": "UTC", "minutes": 30}
    meeting = plan_meeting(priya, marco, told)
    assert roles_met(priya) == frozenset()
    hold_meeting(meeting, clock.today() - timedelta(days=1))
    priya.touches.all().delete()
    assert roles_met(priya) == {"data-scientist"}
    assert board(priya).met == 1


def test_a_role_of_nobody_is_no_row(priya: Learner) -> None:
    add_person(priya, name="Ines").touches.create(learner=priya, on=MONDAY, sort="talk")
    assert board(priya).met == 0


def test_the_next_line_leads_to_its_page(priya: Learner) -> None:
    assert board(priya).step == ("connect:list-organisations", "Draw a role map")
    work = Work("role-map", "Who does what", MONDAY, competencies=("C7",), body="word " * 200, facts={"roles": 6})
    record_work(priya, work)
    found = board(priya)
    assert found.line is not None
    assert (found.line.id, found.step) == ("c7-2-conversations", ("connect:add-ask", "Ask for a talk"))


def test_what_was_given_and_taken_is_told_apart(priya: Learner, marco: Person) -> None:
    about = {"learner": priya, "person": marco, "on": MONDAY, "text": "x"}
    priya.insights.create(**about, key=new_key(), about="deployment", direction="received")
    assert board(priya).rows[0][0].reached == {Reach.UNDERSTOOD}
    priya.insights.create(**about, key=new_key(), about="pipeline", direction="given")
    assert board(priya).rows[0][0].reached == {Reach.UNDERSTOOD, Reach.SHARED}
