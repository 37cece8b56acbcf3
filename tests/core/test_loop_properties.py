"""What holds of every turn, whatever was recorded, skipped and agreed, on whatever day."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from segue.core.availability import Availability, Choices
from segue.core.evidence import Entry
from segue.core.loop import Inputs, Turn, turn
from tests.core.random_ledgers import SCRIBES, Scribe
from tests.core.sample import ACTIVITIES, MONDAY, SAMPLE, day


@dataclass(frozen=True)
class Case:
    """A learner on a day."""

    scribe: Scribe
    on: int
    agreed_on: int
    hours: int
    seed: int

    def decided(self) -> Inputs:
        """Some hours, and up to three of everything that can be chosen."""
        draw = random.Random(self.seed)
        weekdays = (*(draw.choice((0, 20, 40, 90)) for _ in range(6)), self.hours)
        ids = [a.id for a in ACTIVITIES] + ["gap:c1-1-explained", "unknown"]

        def some() -> list[str]:
            return draw.sample(ids, draw.choice((0, 0, 1, 3)))

        choices = Choices(
            pinned={i: day(draw.randint(0, 60)) for i in some()},
            skipped=dict.fromkeys(some(), "no need"),
            deferred={i: day(draw.randint(0, 60)) for i in some()},
            split={i: draw.randint(1, 4) for i in some()},
        )
        return Inputs(Availability(MONDAY, weekdays), choices, day(self.agreed_on), {"C1": draw.random()})


CASES = st.builds(Case, SCRIBES, st.integers(-20, 100), st.integers(-20, 100), st.sampled_from((0, 60)), st.integers(0, 2**32))


def turned(case: Case, entries: Iterable[Entry]) -> Turn:
    return turn(SAMPLE, entries, case.decided(), day(case.on))


def told(found: Turn) -> tuple[object, ...]:
    """Everything a turn says, its ledger as the entries seen."""
    state = replace(found.state, ledger=None)  # type: ignore[arg-type]
    return state, found.ledger.entries, found.agreed, found.plan, found.standing, found.expected, found.gaps, found.binding


@settings(max_examples=300)
@given(CASES)
def test_the_same_gives_the_same_and_later_entries_are_not_seen(case: Case) -> None:
    entries = case.scribe.ledger()
    first = turned(case, entries)
    assert told(turned(case, iter(entries))) == told(first)
    assert told(turned(case, [e for e in entries if e.on <= day(case.on)])) == told(first)


@settings(max_examples=300)
@given(CASES)
def test_what_is_recorded_after_the_day_of_agreeing_does_not_change_what_was_agreed(case: Case) -> None:
    entries = case.scribe.ledger()
    then = min(day(case.agreed_on), day(case.on))
    found = turned(case, entries)
    assert found.agreed == turned(replace(case, on=min(case.on, case.agreed_on)), [e for e in entries if e.on <= then]).agreed
    assert found.agreed.today == then


@settings(max_examples=400)
@given(CASES)
def test_nothing_is_lost_between_ledger_and_plan(case: Case) -> None:
    found = turned(case, case.scribe.ledger())
    tasks = {task.id: task for task in found.state.tasks}
    required = {a.id for a in ACTIVITIES if not a.buffer} - set(found.state.done)
    assert required <= set(tasks) <= set(found.activities)
    assert not set(tasks) & set(found.state.done)
    placed = {s.task_id for s in found.plan.sessions} | {u.task_id for u in found.plan.unplaced}
    assert placed == set(tasks) - set(found.inputs.choices.skipped)
    for task in tasks.values():
        assert 0 < task.minutes <= found.activities[task.id].minutes
        assert task.gap is task.id.startswith("gap:")


@settings(max_examples=400)
@given(CASES)
def test_every_open_line_of_the_gate_is_a_gap_with_what_closes_it(case: Case) -> None:
    found = turned(case, case.scribe.ledger())
    skipped, ends = set(found.inputs.choices.skipped), found.plan.end_of
    assert tuple(g.line for g in found.gaps) == found.readiness.open_lines(SAMPLE.gates[-1])
    for gap in found.gaps:
        assert gap.status in ("planned", "task", "skipped")
        assert (gap.status == "skipped") is bool(skipped & set(gap.activity_ids))
        assert (gap.status == "task") is (gap.activity_ids[-1] == f"gap:{gap.line.id}" and gap.status != "skipped")
        days = [ends(i) for i in gap.activity_ids]
        assert gap.on == (None if None in days else max(d for d in days if d))
    days = [gap.on for gap in found.gaps]
    assert found.gate_opens_on == (None if None in days or not days else max(d for d in days if d))
    tasks = {gap.activity_ids[-1] for gap in found.gaps if gap.status == "task"}
    assert {t.id for t in found.state.tasks if t.gap} - skipped == tasks


@settings(max_examples=400)
@given(CASES)
def test_what_binds_is_a_gap_or_nothing_is_open(case: Case) -> None:
    found = turned(case, case.scribe.ledger())
    binding, levels = found.binding, found.readiness.levels()
    assert all(found.expected[c] >= level for c, level in levels.items())
    behind = {g.line.competency for g in found.gaps if levels[g.line.competency] < found.expected[g.line.competency]}
    if not found.gaps:
        assert binding.sort == ("none" if found.readiness.gates[-1].met else "reviewers")
        return
    assert binding.gap in found.gaps
    assert binding.gap is not None
    assert binding.competency == binding.gap.line.competency
    assert binding.level == levels[binding.competency]
    assert (binding.sort == "behind") is bool(behind)
    if binding.sort == "behind":
        assert binding.competency in behind
        assert binding.expected == found.expected[binding.competency] > binding.level
        assert binding.gap == next(g for g in found.gaps if g.line.competency == binding.competency)
    elif binding.sort == "next":
        assert not any(g.status == "skipped" for g in found.gaps)
        assert binding.gap.on == min((g.on for g in found.gaps if g.on), default=None)
    else:
        assert binding.gap == next(g for g in found.gaps if g.status == "skipped")


@settings(max_examples=300)
@given(CASES)
def test_on_the_day_of_agreeing_nothing_has_slipped(case: Case) -> None:
    found = turned(replace(case, on=case.agreed_on), case.scribe.ledger())
    assert (found.standing.behind_minutes, found.standing.missed_weeks, found.standing.slipped) == (0, 0, ())
    assert not found.standing.offer
    assert found.expected == found.readiness.levels()
    assert _without_buffers(found.plan) == _without_buffers(found.agreed)


def _without_buffers(plan: object) -> set[tuple[str, date]]:
    return {(s.task_id, s.on) for s in plan.sessions if "buffer" not in s.task_id}  # type: ignore[attr-defined]
