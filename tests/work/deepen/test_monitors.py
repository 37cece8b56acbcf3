"""What fires, and at which figure."""

from __future__ import annotations

import pytest

from segue.work.deepen.monitors import VALUE, WHOLE, Monitors, lines_of, monitors_of, scored, signals_of, signed
from tests.work.deepen.replayed import plan_of, week_of

QUIET, LOUD = week_of(2), week_of(6)  # the first model: 0.70, PSI 0.02; then 0.50 (0.42 to 0.58), PSI 0.30


def fired(monitors: Monitors, week: dict[str, object] = LOUD, model: str = "m0", labels: int = 0, weeks: int = 1) -> list[str]:
    return [signal.says for signal in signals_of(monitors, week, model, labels, weeks)]


@pytest.mark.parametrize(("limit", "count"), [(0.29, 1), (0.30, 1), (0.31, 0)])
def test_psi_fires_from_its_limit_on(limit: float, count: int) -> None:
    assert len(fired(Monitors(mix=limit))) == count


@pytest.mark.parametrize(("limit", "count"), [(0.04, 1), (0.05, 0)])
def test_length_has_a_limit_of_its_own_and_chance_is_told(limit: float, count: int) -> None:
    signals = signals_of(Monitors(length=limit), LOUD, "m0", 0, 1)
    assert len(signals) == count
    assert all("can reach by chance (up to 0.12)" in signal.note for signal in signals)


@pytest.mark.parametrize(
    ("floor", "below", "count"), [(0.50, VALUE, 0), (0.51, VALUE, 1), (0.51, WHOLE, 0), (0.58, WHOLE, 0), (0.59, WHOLE, 1)]
)
def test_the_floor_is_for_the_score_or_its_whole_interval(floor: float, below: str, count: int) -> None:
    assert len(fired(Monitors(floor=floor, below=below))) == count


def test_a_floor_that_the_interval_reaches_above_may_be_chance() -> None:
    assert "may be chance" in signals_of(Monitors(floor=0.55), LOUD, "m0", 0, 1)[0].note
    assert "whole interval is below" in signals_of(Monitors(floor=0.65), LOUD, "m0", 0, 1)[0].note


def test_the_rule_says_always_the_same_so_its_answers_are_not_watched() -> None:
    assert fired(Monitors(mix=0.01), model="base") == []


def test_labels_and_schedule_are_due_and_no_alarm() -> None:
    found = signals_of(Monitors(labels_due=120, every=3), QUIET, "m0", 120, 3)
    assert [signal.is_alarm for signal in found] == [False, False]
    assert fired(Monitors(labels_due=121, every=4), QUIET, labels=120, weeks=3) == []


def test_what_is_not_watched_never_fires_and_is_not_named() -> None:
    assert fired(Monitors(), labels=9_999, weeks=12) == []
    assert lines_of(Monitors(owner="Ines", fallback="A person.")) == ("Who is told and decides: Ines.", "Fallback: A person.")


def test_all_that_is_watched_is_said_and_comes_back_from_the_plan() -> None:
    full = Monitors(0.25, 0.1, 0.6, WHOLE, 300, 4, "Ines", "A person.")
    assert len(lines_of(full)) == 7
    assert "its whole interval" in " ".join(lines_of(full))
    assert monitors_of(plan_of(full)) == full


def test_figures_are_written_with_their_intervals() -> None:
    assert scored([0.5, 0.4249, 0.58]) == "0.50 (0.42 to 0.58)"
    assert signed([-0.011, -0.05, 0.03]) == "−0.01 (−0.05 to +0.03)"
