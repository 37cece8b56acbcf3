"""What a figure draws is what its table says, and past days are as the ledger stood on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.evidence import Entry as CoreEntry
from segue.core.evidence import Sort
from segue.core.loop import Turn
from segue.core.readiness import GateLine, GateResult
from segue.curriculum import current
from segue.evidence.actions import rate_self, withdraw
from segue.readiness.queries import LEVELS, competency_levels, gate_cards, history, history_figure, levels_figure, overview
from segue.schedule.queries import turn_of
from segue.shared.components import Figure
from tests.conftest import MONDAY
from tests.records import append_all, before_week, do

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
BOTH_WAYS: Mapping[str, float | str] = {"features": 5, "both_ways": 2}


def turn(learner: Learner) -> Turn:
    found = turn_of(learner)
    assert found is not None
    return found


def framing(on: date, facts: Mapping[str, float | str] = BOTH_WAYS) -> CoreEntry:
    """What takes framing to level 1."""
    return CoreEntry(-1, Sort.ARTEFACT, on, "rules-or-ml", competencies=("C2",), words=200, facts=facts)


def drawn(figure: Figure | None) -> tuple[Mapping[str, Any], Sequence[Sequence[object]]]:
    """What a figure draws, and the rows of its table."""
    assert figure is not None
    assert figure.chart is not None
    assert figure.table is not None
    return figure.chart, figure.table.rows


def test_row_says_level_and_self_rating_in_words(priya: Learner) -> None:
    append_all(priya, [framing(MONDAY)])
    for competency, level in (("C1", 0), ("C2", 1), ("C3", 4)):
        rate_self(priya, competency, level, MONDAY)
    rows = {row.result.competency.id: row for row in overview(turn(priya)).rows}
    said = {i: (r.level_name, r.self_name, r.result.overrated, r.enough) for i, r in rows.items()}
    assert said["C1"] == ("not yet", "not yet", False, False)
    assert said["C2"] == ("Aware", "Aware", False, False)
    assert said["C3"] == ("not yet", "Lead", True, False)
    assert said["C4"] == ("not yet", "", False, False)
    assert all(r.needed_name == LEVELS[r.needed] and r.url == f"/readiness/{i}/" for i, r in rows.items())


def test_gate_repeats_a_demand_only_where_it_asks_for_more(priya: Learner) -> None:
    first, second = turn(priya).readiness.gates
    more = GateLine(first.lines[0].id, "Concepts: level 4", 0, 4)
    cards = gate_cards([first, GateResult(second.gate, (more, *first.lines[1:])), second])
    assert cards[1].lines == (more,)
    assert [line.id for line in cards[2].lines] == [more.id, "T"]
    assert [card.after for card in cards] == ["", first.gate.name, second.gate.name]


def test_axes_and_lines_of_the_levels_are_its_table(priya: Learner) -> None:
    append_all(priya, [framing(MONDAY)])
    rate_self(priya, "C3", 2, MONDAY)
    rows = overview(turn(priya)).rows
    chart, table = drawn(levels_figure(rows))
    evidence, own, gate = (series["value"] for series in chart["series"][0]["data"])
    assert [list(row[1:]) for row in table] == [
        [e, "none" if r.result.self_level is None else o, g] for r, e, o, g in zip(rows, evidence, own, gate, strict=True)
    ]
    assert [axis["name"].split()[0] for axis in chart["radar"]["indicator"]] == [r.result.competency.id for r in rows]
    assert {axis["max"] for axis in chart["radar"]["indicator"]} == {len(LEVELS) - 1}
    assert (evidence[1], own[2]) == (1, 2)
    reached = [replace(row, needed=row.result.level) if n < 3 else row for n, row in enumerate(rows)]
    assert levels_figure(reached).caption == "3 of 8 competencies are at the level that the gate wants."


def test_lines_of_the_history_are_its_table(priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(10, MONDAY))
    on_day(MONDAY + 9 * WEEK)
    chart, table = drawn(history_figure(turn(priya)))
    names = [series["name"].split()[0] for series in chart["series"]]
    assert names == [c.id for c in current().programme.competencies if not c.is_track]
    assert [list(row) for row in table] == [
        [day, *(series["data"][n] for series in chart["series"])] for n, day in enumerate(chart["xAxis"]["data"])
    ]
    assert (table[0][0], table[-1][0]) == ("23 Nov 2026", "25 Jan 2027")
    assert sum(series["data"][-1] for series in chart["series"]) > 0


def test_work_written_down_later_shows_from_the_day_it_was_done(priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + 5 * WEEK)
    append_all(priya, [CoreEntry(-2, Sort.TIME, MONDAY, activity_id="w01-why", minutes=5), framing(MONDAY + timedelta(days=10))])
    assert [levels["C2"] for _, levels in history(turn(priya))] == [0, 0, 1, 1, 1, 1]


@pytest.mark.parametrize(("days", "levels"), [(13, [1, 1, 0, 0]), (14, [1, 1, 0, 0]), (15, [1, 1, 1, 0]), (0, [0, 0, 0, 0])])
def test_what_is_withdrawn_lacks_from_that_day_on(
    days: int, levels: list[int], priya: Learner, on_day: Callable[[date], None]
) -> None:
    (entry,) = append_all(priya, [framing(MONDAY)])
    on_day(MONDAY + timedelta(days=days))
    withdraw(entry, MONDAY + timedelta(days=days), "A mistake")
    on_day(MONDAY + 3 * WEEK)
    assert [found["C2"] for _, found in history(turn(priya))] == levels


def test_level_with_all_its_lines_is_not_reached_before_those_below(priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, {i: day for i, day in before_week(27, MONDAY).items() if i != "w02-rules-or-ml"})
    on_day(MONDAY + 26 * WEEK)
    now = turn(priya)
    assert [level.met for level in now.readiness.result("C2").levels[:3]] == [False, True, True]
    assert not any(row.met for row in competency_levels(now, priya, "C2"))
    assert [row.met for row in competency_levels(now, priya, "C1")] == [True, True, True, False]
