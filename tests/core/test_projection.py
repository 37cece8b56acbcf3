"""What the ledger would hold if everything went as the blueprint means it."""

from __future__ import annotations

import pytest

from segue.core.activity import Yield
from segue.core.competency import Tier
from segue.core.evidence import Entry, Ledger, Sort
from segue.core.progress import all_progress
from segue.core.projection import project, project_activities
from segue.core.readiness import assess
from tests.core.sample import ACTIVITIES, MONDAY, SAMPLE, activity, day, leaves

REQUIRED = [a for a in ACTIVITIES if not a.optional and not a.buffer]


def told(entries: tuple[Entry, ...]) -> list[tuple[object, ...]]:
    """Sort, activity, and what it is about by place."""
    place = {e.id: n for n, e in enumerate(entries)}
    return [(e.sort, e.activity_id, place[e.subject] if e.subject is not None else None) for e in entries]


def test_every_required_activity_is_done_in_its_week_and_nothing_else() -> None:
    entries = project(SAMPLE, MONDAY)
    found = all_progress(Ledger(entries, SAMPLE))
    assert {i for i, p in found.items() if p.done} == {a.id for a in REQUIRED}
    assert all(found[a.id].done_on == day(7 * (a.week - 1)) for a in REQUIRED)
    assert {e.activity_id for e in entries} == {a.id for a in REQUIRED}


def test_ids_are_negative_and_different_and_words_come_after_what_they_are_about() -> None:
    entries = project(SAMPLE, MONDAY)
    assert [e.id for e in entries] == [-1 - n for n in range(len(entries))]
    assert all(e.subject > e.id for e in entries if e.subject is not None)


@pytest.mark.parametrize(("on", "levels", "opened"), [(34, (3, 2, 0), 1), (35, (3, 2, 1), 2), (41, (0, 2, 1), 0)])
def test_both_gates_of_the_sample_open_with_the_last_activity(on: int, levels: tuple[int, ...], opened: int) -> None:
    readiness = assess(SAMPLE, Ledger(project(SAMPLE, MONDAY), SAMPLE, day(on)), day(on))
    assert tuple(readiness.levels().values()) == levels  # on day 41 the explanations of the first week have faded
    assert sum(gate.met for gate in readiness.gates) == opened


def test_what_was_made_before_is_reviewed_rather_than_made_again() -> None:
    made, judged = activity("w1-memo", 10, leaves("memo", to="C2")), activity("w2-review", 10, leaves("memo", 1, Tier.E2, "C2"))
    days = {"w1-memo": day(0), "w2-review": day(7)}
    entries = project_activities([made, judged], days)
    assert told(entries) == [(Sort.ARTEFACT, "w1-memo", None), (Sort.REVIEW, "w2-review", 0)]
    assert [e.on for e in entries] == [day(0), day(7)]
    assert entries[1].reviewer is not None
    assert entries[1].reviewer.name == "reviewer in week 2"


ASKED = leaves("memo", 1, Tier.E2, "C2")


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (leaves("note", to="C2"), ASKED),  # another kind
        (leaves("memo", to="C1"), ASKED),  # another competency
        (leaves("memo", to="C2", score=70), leaves("memo", 1, Tier.E2, "C2", score=80)),  # other figures
        (leaves("memo", to="C2"), leaves("memo", 1, Tier.E2, "C2", score=80)),  # no figures
        (ASKED, ASKED),  # reviewed already
    ],
)
def test_otherwise_it_is_made_and_reviewed(made: Yield, asked: Yield) -> None:
    activities = [activity("w1-memo", 10, made), activity("w2-review", 10, asked)]
    entries = project_activities(activities, {"w1-memo": day(0), "w2-review": day(7)})
    assert told(entries)[-2:] == [
        (Sort.ARTEFACT, "w2-review", None),
        (Sort.REVIEW, "w2-review", len(entries) - 2),
    ]


@pytest.mark.parametrize("tier", [Tier.E1, Tier.E2, Tier.E3])
@pytest.mark.parametrize("practitioner", [False, True])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_what_a_yield_leaves_satisfies_it(tier: Tier, practitioner: bool, count: int) -> None:
    if practitioner and tier is Tier.E1:
        return  # nobody reviews it
    one = activity("w1-x", 10, leaves("report", count, tier, "C1 C2", practitioner, score=70))
    ledger = Ledger(project_activities([one], {"w1-x": day(3)}), SAMPLE)
    assert len(ledger.artefacts) == count
    for artefact in ledger.artefacts:
        assert (artefact.tier, artefact.competencies, artefact.latest.facts) == (tier, ("C1", "C2"), {"score": 70})
        assert artefact.reviewed_by_practitioner is practitioner
        assert artefact.reached_on(tier) == day(3)


def test_an_activity_without_a_day_is_an_error() -> None:
    with pytest.raises(KeyError):
        project_activities(REQUIRED, {})
