from __future__ import annotations

import pytest

from tests.curriculum.sample import Sample

M1 = "activities/month-1.yaml"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "needs: {kinds: [note], count: 2}",
            "needs: ▸{kinds: [note], count: 40}",
            "'c1-1-notes': activities leave 24 of 40 of the kind note",
        ),
        (
            "{fact: score, at_least: 80}",
            "{fact: score, at_least: 95}",
            "0 of 1 of the kind report for C1 with 'score' of 95 or more",
        ),
        ("needs: {kinds: [note]}", "needs: ▸{kinds: [report]}", "'t-1-note': activities leave 0 of 1 of the kind report for T"),
        ("needs: {kinds: [note]}", "needs: ▸{kinds: [note], tier: E2}", "0 of 1 of the kind note for T at tier E2"),
        (
            "needs: {kinds: [note]}",
            "needs: ▸{kinds: [note], practitioner: true}",
            "0 of 1 of the kind note for T reviewed by a practitioner",
        ),
    ],
)
def test_criterion_that_no_activity_meets(sample: Sample, old: str, new: str, words: str) -> None:
    place = sample.change("competencies.yaml", old, new) or sample.place("competencies.yaml", "kinds: [report], tier: E2, where")
    if not new.count("▸"):
        line, column = place.split(":")[1:]
        place = f"competencies.yaml:{line}:{int(column) - 1}"
    sample.expect(place, "the plan never meets", words)


def test_different_values_are_expected_of_the_activities(sample: Sample) -> None:
    sample.change(M1, "role: designer", "role: engineer")
    place = sample.place("competencies.yaml", "kinds: [report]\n              count: 2")
    sample.expect(place, "'c1-3-reports'", "1 of 2 different values of 'role'")


def test_level_four_lies_beyond_the_plan(sample: Sample) -> None:
    sample.change("competencies.yaml", "needs: {kinds: [report], tier: E3}", "needs: {kinds: [report], tier: E3, count: 9}")
    assert sample.faults() == ()


def test_optional_work_counts_for_criteria_but_not_for_the_gate(sample: Sample) -> None:
    sample.change(M1, "waits: [{activity: w02-work, days: 7}]", "optional: true")
    told = [str(fault) for fault in sample.faults()]
    assert len(told) == 2
    place = sample.place("competencies.yaml", "3}, reviewers")
    assert told[0].startswith(
        f"{place}: the required activities do not open 'interview-ready': Concepts: level 3, but they reach 2 ("
    )
    assert "c1-3-reports: 1 more report needed" in told[0]


def test_gate_that_wants_more_reviewers_than_the_plan_meets(sample: Sample) -> None:
    place = sample.change("competencies.yaml", "T: 1}, reviewers: 2", "T: 1}, reviewers: ▸4")
    sample.expect(place, "'apply'", "4 people have reviewed your work, but they reach 3")


def test_plan_is_not_followed_while_names_in_it_lead_nowhere(sample: Sample) -> None:
    sample.change("competencies.yaml", "T: 1}, reviewers: 2", "T: 1}, reviewers: 4")
    place = sample.change("activities/month-2.yaml", "kind: note, competencies: [C1, T]", "kind: ▸nte, competencies: [C1, T]")
    sample.expect(place, "no kind of evidence 'nte'")


def test_plan_is_followed_whatever_is_wrong_elsewhere(sample: Sample) -> None:
    gate = sample.change("competencies.yaml", "T: 1}, reviewers: 2", "T: 1}, reviewers: ▸4")
    term = sample.change("glossary.yaml", "concept: model", "concept: ▸modell")
    assert [str(fault).partition(": ")[0] for fault in sample.faults()] == [gate, term]
