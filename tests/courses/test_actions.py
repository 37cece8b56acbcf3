from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.courses.actions import MOST_COURSES, About, add_course, change_course, remove_course
from segue.courses.models import OWN_KEY
from segue.courses.units import Unit
from tests.conftest import MONDAY

pytestmark = pytest.mark.django_db
UNITS = (Unit("One", 1), Unit("Two", 2.5, ("model",), sliced=True))


def test_a_course_is_kept_as_it_was_typed(priya: Learner) -> None:
    about = About("Statistics", "Us", "free", "nothing", "https://example.org", "On Mondays")
    row = add_course(priya, about, UNITS)
    row.refresh_from_db()
    assert OWN_KEY.fullmatch(row.key)
    assert (row.title, row.provider, row.cost, row.needs, row.url, row.note) == tuple(vars(about).values())
    assert [(u["id"], u["title"], u["hours"], u["concepts"], u["sliced"]) for u in row.units] == [
        ("u1", "One", 1, [], False),
        ("u2", "Two", 2.5, ["model"], True),
    ]
    assert row.as_of == MONDAY


def test_there_is_an_end_to_courses(priya: Learner) -> None:
    for number in range(MOST_COURSES):
        add_course(priya, About(f"Course {number}"), UNITS)
    with pytest.raises(UserError, match="Remove one"):
        add_course(priya, About("One more"), UNITS)
    assert priya.own_courses.count() == MOST_COURSES


def test_units_change_and_new_ones_get_new_numbers(priya: Learner, on_day: Callable[[date], None]) -> None:
    row = add_course(priya, About("Statistics"), UNITS)
    on_day(MONDAY + timedelta(days=3))
    change_course(row, About("Statistics II"), (Unit("Two, longer", 4, id="u2"), Unit("Three", 1)), ())
    row.refresh_from_db()
    assert (row.title, row.as_of) == ("Statistics II", MONDAY + timedelta(days=3))
    assert [(u["id"], u["title"]) for u in row.units] == [("u2", "Two, longer"), ("u3", "Three")]


def test_a_unit_that_the_ledger_names_stays(priya: Learner) -> None:
    row = add_course(priya, About("Statistics"), UNITS)
    with pytest.raises(UserError, match="entries in your ledger for “One”"):
        change_course(row, About("Statistics"), (Unit("Two", 2, id="u2"),), {"u1"})
    row.refresh_from_db()
    assert len(row.units) == 2
    change_course(row, About("Statistics"), (Unit("One, renamed", 2, id="u1"),), {"u1"})


def test_a_course_that_the_ledger_names_stays(priya: Learner) -> None:
    row = add_course(priya, About("Statistics"), UNITS)
    with pytest.raises(UserError, match="Take it out of the plan"):
        remove_course(row, {"certificate"})
    remove_course(row, ())
    assert not priya.own_courses.exists()
