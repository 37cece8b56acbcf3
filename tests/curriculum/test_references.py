from __future__ import annotations

import pytest

from tests.curriculum.sample import Sample

M1, M2 = "activities/month-1.yaml", "activities/month-2.yaml"
ENGINEER = "expected: {score: 90, data: real, role: engineer}"


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (
            M2,
            "{kind: note, competencies: [C1, T]}",
            "{kind: ▸notes, competencies: [C1, T]}",
            "no kind of evidence 'notes'; did you mean 'note'?",
        ),
        (M1, "count: 2, tier: E1, competencies: [C1]", "count: 2, tier: E1, competencies: [C1, ▸C7]", "no competency 'C7'"),
        (M1, "requires: [w01-work]", "requires: [w01-work, ▸w01-wrok]", "no activity 'w01-wrok'; did you mean 'w01-work'?"),
        (M1, "activity: w02-work", "activity: ▸w02-walk", "did you mean 'w02-work'?"),
        (M1, "concepts: [model]", "concepts: [▸modle]", "no concept 'modle'; did you mean 'model'?"),
        (
            "competencies.yaml",
            "needs: {kinds: [report], tier: E3}",
            "needs: {kinds: [▸repot], tier: E3}",
            "did you mean 'report'?",
        ),
        ("competencies.yaml", "levels: {C1: 3, T: 1}", "levels: {C1: 3, ▸U: 1}", "no competency 'U'"),
        ("competencies.yaml", "levels: {C1: 3, T: 1}", "levels: {C1: 3, T: ▸2}", "T has no level 2"),
        ("competencies.yaml", "weights: {C1: 1}", "weights: {C1: 1, ▸C9: 0}", "no competency 'C9'"),
        ("courses.yaml", "slice: [unit-1]", "slice: [▸unit-3]", "no unit of this course 'unit-3'"),
        ("glossary.yaml", "concept: model", "concept: ▸models", "no concept 'models'"),
        ("diagnostic.yaml", "concept: model", "concept: ▸mode", "no concept 'mode'"),
        ("lessons.yaml", "- concept: model", "- concept: ▸mode", "no concept 'mode'"),
        ("items.yaml", "id: i-model-1\n  concept: model", "id: i-model-1\n  concept: ▸mode", "no concept 'mode'"),
        ("concepts.yaml", "module: more", "module: ▸mere", "no module 'mere'"),
        ("concepts.yaml", "prerequisites: [model]", "prerequisites: [▸mdl]", "no concept 'mdl'"),
    ],
)
def test_dangling_ids(sample: Sample, path: str, old: str, new: str, words: str) -> None:
    sample.expect(sample.change(path, old, new), words)


def test_dangling_source(sample: Sample) -> None:
    sample.change("concepts.yaml", "  book: {", "  boot: {")
    told = [str(fault) for fault in sample.faults()]
    place = sample.place("concepts.yaml", "book]")
    assert told[0] == f"{place}: there is no source 'book'; did you mean 'boot'?"
    assert len(told) == 2


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (
            M1,
            ENGINEER,
            "expected: {▸scores: 90, score: 90, data: real, role: engineer}",
            "'report' has no field 'scores'; did you mean 'score'?",
        ),
        (M1, ENGINEER, "expected: {score: ▸high, data: real, role: engineer}", "'score' is a number, not 'high'"),
        (M1, ENGINEER, "expected: {score: 90, data: ▸reel, role: engineer}", "'data' has no value 'reel'; did you mean 'real'?"),
        (
            M1,
            "count: 2, tier: E1, competencies: [C1]",
            "count: 2, competencies: [C1], expected: {▸data: real}",
            "'note' has no field 'data'",
        ),
        ("competencies.yaml", "{fact: score, at_least", "{fact: ▸scor, at_least", "'report' has no field 'scor'"),
        ("competencies.yaml", "{fact: score, at_least: 80}", "{fact: data, at_least: ▸80}", "'data' is a choice; use 'any_of'"),
        ("competencies.yaml", "any_of: [real, realistic]", "any_of: [real, ▸genuine]", "'data' has no value 'genuine'"),
        (
            "competencies.yaml",
            "fact: data, any_of: [real, realistic]",
            "fact: score, any_of: ▸[real]",
            "'score' is a number; use 'at_least'",
        ),
        ("competencies.yaml", "{fact: role, count: 2}", "{fact: ▸rule, count: 2}", "'report' has no field 'rule'"),
        ("competencies.yaml", "{fact: role, count: 2}", "{fact: role, count: ▸3}", "'role' has only 2 values"),
        (
            "competencies.yaml",
            "kinds: [report], tier: E2, where",
            "kinds: [report, note], tier: E2, where",
            "'note' has no field 'score'",
        ),
    ],
)
def test_facts_are_fields_of_their_kinds(sample: Sample, path: str, old: str, new: str, words: str) -> None:
    place = sample.change(path, old, new) or sample.place(path, "score, at_least")
    told = [str(fault) for fault in sample.faults() if "never meets" not in fault.message]
    assert len(told) == 1
    assert told[0].startswith(f"{place}: ")
    assert words in told[0]


def test_data_has_its_own_values(sample: Sample) -> None:
    place = sample.change("kinds.yaml", "{value: toy, label", "{value: ▸invented, label")
    sample.expect(place, "'data' is reserved", "not 'invented'")


def test_data_is_a_choice(sample: Sample) -> None:
    place = sample.change("kinds.yaml", "expires_after: 240", "fields: [{name: data, label: Rows, sort: ▸number}]")
    sample.expect(place, "'data' is reserved", "a choice of real, realistic, toy")


def test_nothing_dangles_from_a_file_that_cannot_be_read(sample: Sample) -> None:
    (sample.folder / "concepts.yaml").unlink()
    (sample.folder / "kinds.yaml").write_bytes(b"\xff")
    (sample.folder / "activities/month-1.yaml").write_text("- [", encoding="utf-8")
    assert sorted({fault.path for fault in sample.faults()}) == ["activities/month-1.yaml", "concepts.yaml", "kinds.yaml"]
