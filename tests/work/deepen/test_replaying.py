"""Which model is in use, what must be decided and may be, and what hindsight says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.deepen.monitors import Monitors
from segue.work.deepen.replaying import BACK, FIRST, HOLD, RETRAIN, SHIP, SIMPLE, WEEKS, Course, course_of, hindsight_of, name_of
from tests.work.deepen.replayed import BEGINS, FLOOR, plan_of, weeks_of

SILENT = Monitors(mix=9, owner="Ines", fallback="A person.")
WEEKS_FOUND = weeks_of()


def course(shown: int, *decided: tuple[int, str], monitors: Monitors = FLOOR) -> Course:
    decisions = [{"week": week, "choice": choice, "why": "So."} for week, choice in decided]
    return course_of(plan_of(monitors), WEEKS_FOUND, decisions, shown)


def choices(found: Course) -> list[str]:
    return [option.choice for option in found.options]


def test_before_the_first_week_there_is_nothing_to_decide() -> None:
    found = course(0)
    assert found.now is None
    assert found.can_go_on
    assert not found.options


def test_a_quiet_week_lets_one_go_on_or_decide_nevertheless() -> None:
    found = course(2)
    assert (found.must, found.can_go_on) == (False, True)
    assert choices(found) == [HOLD, RETRAIN, BACK]


def test_an_alarm_stops_until_it_is_decided() -> None:
    found = course(BEGINS)
    assert (found.must, found.can_go_on, found.is_over) == (True, False, False)
    held = course(BEGINS, (BEGINS, HOLD))
    assert (held.must, held.can_go_on, held.options) == (False, True, ())
    assert course(BEGINS + 1, (BEGINS, HOLD)).must


def test_a_challenger_waits_for_its_verdict_and_may_be_shipped_or_put_away() -> None:
    trained = course(BEGINS, (BEGINS, RETRAIN))
    assert (trained.must, trained.uses, choices(trained)) == (True, FIRST, [SHIP, HOLD])
    shipped = course(BEGINS + 1, (BEGINS, RETRAIN), (BEGINS, SHIP))
    assert shipped.uses == f"c{BEGINS}"
    assert not shipped.must  # the model of week 5 is good again
    assert course(BEGINS + 1, (BEGINS, RETRAIN), (BEGINS, HOLD)).uses == FIRST


def test_rolling_back_goes_one_model_down_and_ends_at_the_rule() -> None:
    way = ((5, RETRAIN), (5, SHIP), (6, BACK), (7, BACK))
    assert [course(week, *way).weeks[week - 1].model for week in (5, 6, 7, 8)] == [FIRST, "c5", FIRST, SIMPLE]
    last = course(8, *way)
    assert choices(last) == [HOLD, RETRAIN, SHIP]
    assert course(9, *way, (8, SHIP)).uses == FIRST


def test_time_since_the_last_training_begins_anew_with_it() -> None:
    every = Monitors(floor=0.1, every=3, labels_due=240, owner="Ines", fallback="A person.")
    assert [bool(week.signals) for week in course(4, monitors=every).weeks] == [False, False, True, True]
    after = course(6, (3, RETRAIN), (3, HOLD), monitors=every)
    assert [len(week.signals) for week in after.weeks] == [0, 0, 1, 0, 0, 1]


@given(st.lists(st.sampled_from([HOLD, RETRAIN, BACK, SHIP]), min_size=WEEKS, max_size=WEEKS))
def test_whatever_is_decided_the_model_in_use_is_one_that_was_measured(wanted: Sequence[str]) -> None:
    decided: list[tuple[int, str]] = []
    for week, choice in enumerate(wanted, 1):
        for each in (choice, SHIP):
            if each in choices(course(week, *decided)):
                decided.append((week, each))
    found = course(WEEKS, *decided)
    for seen in found.weeks:
        assert seen.model in seen.found["models"]
        assert seen.model == SIMPLE or seen.model == FIRST or int(seen.model[1:]) < seen.number
        assert name_of(seen.model)


def test_hindsight_counts_the_delay_and_the_labels() -> None:
    way = [(week, HOLD) for week in range(BEGINS, WEEKS + 1)]
    seen = hindsight_of(plan_of(FLOOR), course(WEEKS, *way))
    assert (seen.begins, seen.noticed, seen.delay, seen.false_alarms) == (BEGINS, BEGINS, 0, ())
    assert seen.labels == 12 * 60
    assert seen.used == pytest.approx((4 * 0.7 + 8 * 0.5) / 12)
    assert seen.used == seen.held
    assert seen.best > seen.used


def test_hindsight_of_a_retraining_is_better_than_holding() -> None:
    seen = hindsight_of(plan_of(FLOOR), course(WEEKS, (5, RETRAIN), (5, SHIP)))
    assert seen.used > seen.held
    assert (seen.trained, seen.labels) == (1, 12 * 60 + 250)


def test_what_never_fires_notices_nothing_and_false_alarms_are_counted() -> None:
    silent = hindsight_of(plan_of(SILENT), course(WEEKS, monitors=SILENT))
    assert (silent.noticed, silent.alarms) == (0, ())
    shy = Monitors(floor=0.8, owner="Ines", fallback="A person.")
    way: list[Any] = [(week, HOLD) for week in range(1, WEEKS + 1)]
    assert hindsight_of(plan_of(shy), course(WEEKS, *way, monitors=shy)).false_alarms == (1, 2, 3, 4)


def test_without_a_shift_nobody_knows_when_it_began() -> None:
    way = [(week, HOLD) for week in range(BEGINS, WEEKS + 1)]
    seen = hindsight_of(plan_of(FLOOR, begins=0), course(WEEKS, *way))
    assert (seen.noticed, seen.false_alarms, len(seen.alarms)) == (0, (), 8)
