from __future__ import annotations

import pytest

from segue.core.activity import CourseUnit, PeopleNeed, Wait
from segue.core.competency import Condition, Distinct, Need, Tier
from segue.curriculum.loader import load
from tests.curriculum.sample import Sample

M1 = "activities/month-1.yaml"
WEEK_1_YIELD = "yields: [{kind: note, count: 2, tier: E1, competencies: [C1]}]"


def test_everything_of_the_programme_arrives(sample: Sample) -> None:
    programme = load(sample.folder).programme
    assert programme.version == "2026-11-23"
    assert [(p.first_week, p.last_week, p.area) for p in programme.phases][:3] == [
        (1, 4, "learn"),
        (5, 8, "learn"),
        (9, 13, "build"),
    ]
    assert [w.number for w in programme.weeks] == list(range(1, 27))
    first, report, waiting = (programme.by_id[f"w0{n}-work"] for n in (1, 2, 3))
    assert (first.steps, first.concepts, first.known_minutes, first.yields[0].count) == ("- Do it.", ("model",), 60, 2)
    assert (report.yields[0].tier, report.yields[0].practitioner) == (Tier.E2, True)
    assert report.yields[0].expected == {"score": 90, "data": "real", "role": "engineer"}
    assert report.requires == ("w01-work",)
    assert waiting.waits == (Wait("w02-work", 7),)
    assert programme.by_id["w06-work"].people == (PeopleNeed("an engineer", 14, "May I ask"),)
    assert programme.by_id["w05-work"].optional
    assert programme.by_id["w04-buffer"].buffer
    assert programme.by_id["w04-buffer"].yields == ()


def test_everything_of_kinds_and_courses_arrives(sample: Sample) -> None:
    programme = load(sample.folder).programme
    note, report = programme.kinds["note"], programme.kinds["report"]
    assert (note.min_words, note.max_words, note.expires_after, note.template) == (20, 150, 240, "What I saw")
    assert (report.min_words, report.expires_after, report.template) == (None, None, "")
    assert [(f.name, f.sort, f.unit) for f in report.fields] == [
        ("score", "number", "points"),
        ("data", "choice", ""),
        ("role", "choice", ""),
    ]
    assert report.fields[2].choices == (("engineer", "Engineer"), ("designer", "Designer"))
    course = programme.courses[0]
    assert (course.as_of, course.slice, course.units[0]) == ("2026-11-23", ("unit-1",), CourseUnit("unit-1", "One", 2.5))


def test_everything_of_the_competencies_arrives(sample: Sample) -> None:
    programme = load(sample.folder).programme
    c1, track = programme.competencies
    assert c1.level(1).criteria[0].need == Need(("note",), 2, Tier.E1)
    assert c1.level(2).criteria[0].need == Need(("report",), 1, Tier.E2, where=(Condition("score", at_least=80),))
    assert c1.level(3).criteria[0].need == Need(
        ("report",), 2, Tier.E2, True, (Condition("data", any_of=("real", "realistic")),), Distinct("role", 2)
    )
    assert (track.is_track, c1.is_track) == (True, False)
    rule = programme.level_rules[3]
    assert (rule.e1, rule.e2, rule.practitioner, rule.weeks, rule.real_data) == (0, 1, True, 2, True)
    assert programme.gates[1].levels == {"C1": 3, "T": 1}
    assert (programme.gates[1].reviewers, programme.gates[1].practitioners) == (2, 1)
    assert programme.roles[0].weights == {"C1": 1}


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("programme.yaml", 'version: "2026-11-23"', "version:▸", "'version' is empty"),
        ("programme.yaml", "id: month-3", "id: month-3\n    ▸goal: x", "unknown key 'goal'"),
        ("programme.yaml", "area: build", "area: ▸bild", "did you mean 'build'"),
        ("programme.yaml", "{number: 26, outcome: Done 26.}", "{number: ▸27, outcome: x}", "from 1 to 26, not 27"),
        ("programme.yaml", "opens_week: 9", "opens_week: ▸10", "comes after 'first_week'"),
        (M1, "id: w01-work", "id: ▸w01 work", "is no id"),
        (M1, "minutes: 120", "minutes: ▸9", "10 or more, not 9"),
        (M1, "known_minutes: 60", "known_minutes: ▸300", "less than 'minutes' (300)"),
        (M1, "  concepts: [model]\n  known_minutes: 60", "  known_minutes: ▸60", "names no concepts"),
        (M1, WEEK_1_YIELD, "yields: ▸[]", "must list 1 or more, not 0"),
        (M1, "count: 2, tier: E1, competencies: [C1]", "count: ▸0, tier: E1, competencies: [C1]", "1 or more, not 0"),
        (M1, "count: 2, tier: E1, competencies: [C1]", "count: 2, tier: ▸E4, competencies: [C1]", "one of E0, E1, E2, E3"),
        (M1, "tier: E1, competencies: [C1]", "tier: E1, competencies: ▸[]", "must list 1 to 3, not 0"),
        (M1, "buffer: true", "buffer: true, yields: ▸[{kind: note, competencies: [C1]}]", "a buffer leaves nothing"),
        (M1, "buffer: true", "buffer: ▸yes", "must be true or false"),
        (M1, "days: 7", "days: ▸0", "1 or more, not 0"),
        ("activities/month-2.yaml", "lead_days: 14", "lead_days: ▸soon", "whole number"),
        ("kinds.yaml", "minutes: 25", "minutes: ▸0", "1 or more"),
        ("kinds.yaml", "max_words: 150", "max_words: ▸15", "less than 'min_words' (20)"),
        ("kinds.yaml", "sort: number, unit", "sort: ▸figure, unit", "one of number, choice"),
        ("kinds.yaml", "sort: number, unit: points", "sort: number, choices: ▸[{value: a, label: A}]", "'sort: choice'"),
        ("kinds.yaml", "label: Data used", "label: Data used\n      unit: ▸rows", "'sort: number'"),
        ("competencies.yaml", "name: Lead, e3: 1", "name: Lead, e3: ▸-1", "0 or more, not -1"),
        ("competencies.yaml", "where: [{fact: score, at_least: 80}]", "where: [{fact: ▸score}]", "either 'at_least' or 'any_of'"),
        ("competencies.yaml", "needs: {kinds: [note]}", "needs: {kinds: ▸[]}", "must list 1 or more"),
        ("competencies.yaml", "{fact: role, count: 2}", "{fact: role, count: ▸1}", "2 or more, not 1"),
        ("competencies.yaml", "needs: {kinds: [report], tier: E3}", "needs: {kinds: [report], tier: ▸E0}", "one of E1, E2, E3"),
        ("competencies.yaml", "T: 1}, reviewers: 2, practitioners: 1", "T: 1}, reviewers: 2, practitioners: ▸3", "among them"),
        ("competencies.yaml", "weights: {C1: 1}", "weights: {C1: ▸1.5}", "from 0 to 1, not 1.5"),
        ("courses.yaml", 'as_of: "2026-11-23"', "as_of: ▸last week", "must be a date"),
        ("courses.yaml", "url: https://example.org/course", "url: ▸example.org", "must begin with https://"),
        ("courses.yaml", "hours: 2.5", "hours: ▸0", "0.1 or more"),
    ],
)
def test_each_fault_of_a_file_has_its_place(sample: Sample, path: str, old: str, new: str, words: str) -> None:
    sample.expect(sample.change(path, old, new), words)


def test_misspelt_key_is_at_the_key(sample: Sample) -> None:
    sample.change("kinds.yaml", "name: Report", "nme: Report")
    sample.expect(sample.place("kinds.yaml", "nme:"), "unknown key 'nme'", "did you mean 'name'?")


def test_levels_out_of_order(sample: Sample) -> None:
    sample.change("competencies.yaml", "number: 2\n        observable", "number: 3\n        observable")
    sample.expect(sample.place("competencies.yaml", "- number: 1"), "numbered 1, 2, 3")


def test_condition_with_both_demands(sample: Sample) -> None:
    sample.change("competencies.yaml", "at_least: 80", "any_of: [x], at_least: 80")
    place = sample.place("competencies.yaml", "score, any_of")
    assert place in [f"{f.path}:{f.line}:{f.column}" for f in sample.faults()]


def test_misspelt_demand_of_a_condition(sample: Sample) -> None:
    place = sample.change("competencies.yaml", "at_least: 80", "▸at_lest: 80")
    assert f"{place}: unknown key 'at_lest'; did you mean 'at_least'?" in map(str, sample.faults())


def test_track_has_one_level(sample: Sample) -> None:
    second = "      - {number: 2, observable: x, criteria: [{id: t-2-note, text: A note, needs: {kinds: [note]}}]}\n"
    sample.change("competencies.yaml", "gates:\n", second + "gates:\n")
    sample.change("ids.yaml", "t-1-note: active", "t-1-note: active, t-2-note: active")
    line = int(sample.place("competencies.yaml", "track: true").split(":")[1]) + 2
    sample.expect(f"competencies.yaml:{line}:7", "a track has a single level")


def test_evidence_proves_three_competencies_at_the_most(sample: Sample) -> None:
    place = sample.change("activities/month-1.yaml", "tier: E1, competencies: [C1]", "tier: E1, competencies: ▸[C1, T, C2, C3]")
    assert f"{place}: 'competencies' must list 1 to 3, not 4" in map(str, sample.faults())
