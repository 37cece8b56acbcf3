from __future__ import annotations

from collections.abc import Callable

import pytest

from segue.accounts.models import Learner
from segue.courses.actions import About, add_course
from segue.courses.queries import programme_of
from segue.courses.units import Unit
from segue.curriculum import current
from segue.evidence import vocabulary
from segue.evidence.actions import log_time
from segue.evidence.queries import ledger_of, recorded_for
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db


def test_a_learner_has_their_courses_and_nobody_elses(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("Sam")
    assert programme_of(priya) is current().programme
    row = add_course(priya, About("Statistics", "Us"), (Unit("One", 1), Unit("Two", 2, ("model",), sliced=True)))
    *catalogue, own = programme_of(priya).courses
    assert tuple(catalogue) == current().programme.courses
    assert (own.id, own.title, own.provider, own.slice, own.as_of) == (row.key, "Statistics", "Us", ("u2",), MONDAY.isoformat())
    assert [(u.id, u.minutes, u.concepts) for u in own.units] == [("u1", 60, ()), ("u2", 120, ("model",))]
    assert programme_of(sam) is current().programme


def test_the_ledger_calls_units_by_name_for_whom_they_are(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    sam = make_learner("Sam")
    row = add_course(priya, About("Statistics"), (Unit("One", 1),))
    unit = f"course:{row.key}:u1"
    log_time(priya, activity_id=unit, minutes=20, on=MONDAY)
    mine, theirs = ledger_of(priya).programme, ledger_of(sam).programme
    assert vocabulary.activity_title(unit, mine) == "Statistics: One"
    assert vocabulary.activity_title(f"course:{row.key}:certificate", mine) == "Statistics: certificate"
    assert vocabulary.activity_title(unit, theirs) == unit
    assert [asked.kind for asked in vocabulary.asked_by(f"course:{row.key}:certificate", mine)] == ["certificate"]
    assert recorded_for(priya, f"course:{row.key}:") == {unit}
    assert recorded_for(sam, "course:") == frozenset()
