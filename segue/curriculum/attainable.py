"""Whoever follows the plan gets there: criteria can be met by what the activities leave, and the gates open at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from segue.core.activity import Yield
from segue.core.competency import Condition, Criterion, Gate, Need
from segue.core.evidence import Ledger
from segue.core.projection import project
from segue.core.readiness import GateLine, Readiness, assess, holds
from segue.curriculum.draft import ACTIVITIES, COMPETENCIES, KINDS, Draft, assemble_programme
from segue.curriculum.faults import Fault
from segue.curriculum.reading import Placed

FILES = (COMPETENCIES, KINDS, *ACTIVITIES)
# Level 4 lies beyond the six months and is shown as the ceiling.
HIGHEST_PLANNED = 3
# Any Monday will do; a fixed one keeps the check the same on every day it is run.
STARTS_ON = date(2026, 1, 5)
ENDS_ON = STARTS_ON + timedelta(weeks=26, days=-1)


def check(draft: Draft) -> list[Fault]:
    """Criteria first; the gates only where each criterion can be met. For a draft in which ``FILES`` have no faults."""
    return list(criteria_attainable(draft)) or list(gates_open(draft))


def criteria_attainable(draft: Draft) -> Iterator[Fault]:
    """Each criterion of levels 1 to 3 is met by what all activities together leave, optional ones included."""
    left = [wanted for thing in draft.activities for wanted in thing.value.yields]
    for thing in draft.competencies:
        for i, level in enumerate(thing.value.levels):
            for j, criterion in enumerate(level.criteria):
                lack = _lack(left, thing.value.id, criterion) if level.number <= HIGHEST_PLANNED else ""
                if lack:
                    yield thing.fault(f"the plan never meets '{criterion.id}': {lack}", "levels", i, "criteria", j, "needs")


def _lack(left: Sequence[Yield], competency: str, criterion: Criterion) -> str:
    """What is lacking for a criterion, or nothing. Told is the first demand that leaves too few."""
    need = criterion.need
    fitting = list(left)
    for test, text in _tests(competency, need):
        fitting = [wanted for wanted in fitting if test(wanted)]
        count = sum(wanted.count for wanted in fitting)
        if count < need.count:
            return f"activities leave {count} of {need.count} {text}"
    if need.distinct is not None:
        fact = need.distinct.fact
        values = {str(wanted.expected[fact]) for wanted in fitting if fact in wanted.expected}
        if len(values) < need.distinct.count:
            return f"'expected' names {len(values)} of {need.distinct.count} different values of '{fact}'"
    return ""


def _tests(competency: str, need: Need) -> Iterator[tuple[Callable[[Yield], bool], str]]:
    kinds = " or ".join(need.kinds)
    yield lambda wanted: wanted.kind in need.kinds, f"of the kind {kinds}"
    yield lambda wanted: competency in wanted.competencies, f"of the kind {kinds} for {competency}"
    yield lambda wanted: wanted.tier >= need.tier, f"of the kind {kinds} for {competency} at tier {need.tier.name}"
    if need.practitioner:
        yield lambda wanted: wanted.practitioner, f"of the kind {kinds} for {competency} reviewed by a practitioner"
    for condition in need.where:
        yield partial(_expects, condition), f"of the kind {kinds} for {competency} with {_demand(condition)} in 'expected'"


def _expects(condition: Condition, wanted: Yield) -> bool:
    return holds(condition, wanted.expected)


def _demand(condition: Condition) -> str:
    if condition.at_least is not None:
        return f"'{condition.fact}' of {condition.at_least:g} or more"
    return f"'{condition.fact}' {' or '.join(condition.any_of)}"


def gates_open(draft: Draft) -> Iterator[Fault]:
    """Whoever does every required activity as the blueprint means it finds both gates open."""
    programme = assemble_programme(draft)
    readiness = assess(programme, Ledger(project(programme, STARTS_ON), programme), ENDS_ON)
    for thing, result in zip(draft.gates, readiness.gates, strict=True):
        for line in result.lines:
            if not line.met:
                yield _closed(thing, line, readiness)


def _closed(thing: Placed[Gate], line: GateLine, readiness: Readiness) -> Fault:
    gate = thing.value
    open_lines = [one for one in readiness.open_lines(gate) if one.competency == line.id]
    reasons = "; ".join(f"{one.id}: {one.missing}" for one in open_lines)
    trail = ("levels", line.id) if line.id in gate.levels else (line.id,)
    told = f"the required activities do not open '{gate.id}': {line.text}, but they reach {line.have}"
    return thing.fault(f"{told} ({reasons})" if reasons else told, *trail)
