"""What the first hour asks and what it makes of the answers."""

from __future__ import annotations

import pytest

from segue.accounts.models import Learner
from segue.curriculum import current
from segue.schedule.queries import turn_of
from segue.start.queries import STEPS, first_plan, outcome, parts, steps
from tests.conftest import MONDAY


def test_parts_hold_every_question_once_in_order_of_modules() -> None:
    asked = [item.id for part in parts() for item in part.items]
    assert sorted(asked) == sorted(item.id for item in current().diagnostic)
    assert len(asked) == len(set(asked))
    assert [part.number for part in parts()] == list(range(1, len(parts()) + 1))
    assert {part.count for part in parts()} == {len(parts())}
    weeks = [part.module.week for part in parts()]
    assert weeks == sorted(weeks)


def test_all_right_and_all_open() -> None:
    everything = outcome({item.id: str(item.answer) for item in current().diagnostic})
    assert (everything.right, everything.score) == (len(current().diagnostic), 100)
    assert everything.known >= {item.concept for item in current().diagnostic}
    nothing = outcome({})
    assert (nothing.right, nothing.score, nothing.known) == (0, 0, frozenset())


def test_one_right_answer_shows_what_it_builds_on_too() -> None:
    item = max(current().diagnostic, key=lambda i: len(current().concept_by_id[i.concept].prerequisites))
    known = outcome({item.id: str(item.answer)}).known
    assert known > {item.concept}
    wrong = next(i for i in current().diagnostic if i.concept in known and i.id != item.id)
    assert wrong.concept not in outcome({item.id: str(item.answer), wrong.id: "x"}).known


@pytest.mark.parametrize("answer", ["x", "", "4", "-1", "0 "])
def test_anything_else_than_the_answer_is_not_right(answer: str) -> None:
    assert outcome({item.id: answer for item in current().diagnostic if answer != str(item.answer)}).right == 0


@pytest.mark.django_db
def test_steps_have_addresses_once_there_are_hours(priya: Learner) -> None:
    for at, (key, label, _) in enumerate(STEPS):
        found = steps(key, priya, has_hours=True)
        assert [s.state for s in found] == ["done"] * at + ["now"] + ["later"] * (len(STEPS) - at - 1)
        assert found[at].label == label
        assert all(s.url.startswith("/start/") for s in found)
        assert not any(s.url for s in steps(key, priya, has_hours=False))


@pytest.mark.django_db
def test_first_plan_is_the_plan(priya: Learner) -> None:
    turn = turn_of(priya)
    assert turn is not None
    shown = first_plan(turn)
    assert (shown.starts_on, shown.ends_on, shown.problem) == (MONDAY, turn.plan.ends_on, "")
    assert shown.sessions == len(turn.plan.sessions)
    assert shown.minutes == sum(t.minutes for t in turn.state.tasks)
    assert [day for _, day, _ in shown.first] == [s.on for s in turn.plan.sessions[:5]]
