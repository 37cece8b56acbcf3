from __future__ import annotations

import pytest

from segue.curriculum.loader import load
from tests.curriculum.sample import Sample

M1, M2 = "activities/month-1.yaml", "activities/month-2.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "first"),
    [
        ("kinds.yaml", "id: report", "id: ▸note", "id: note"),
        ("kinds.yaml", "name: role\n", "name: ▸score\n", "name: score"),
        ("kinds.yaml", "value: toy", "value: ▸real", "value: real,"),
        ("courses.yaml", "id: unit-2", "id: ▸unit-1", "id: unit-1"),
        ("glossary.yaml", "id: token", "id: ▸model", "id: model"),
        ("competencies.yaml", "id: c1-4-effect", "id: ▸c1-3-reports", "id: c1-3-reports"),
        ("competencies.yaml", "number: 4, name: Lead", "number: ▸3, name: Lead", "number: 3"),
        ("competencies.yaml", "id: apply", "id: ▸interview-ready", "id: interview-ready"),
        ("concepts.yaml", "id: more", "id: ▸start", "id: start"),
        ("concepts.yaml", "id: training", "id: ▸model", "id: model"),
        (M2, "id: w06-work", "id: ▸w01-work", "id: w01-work"),
    ],
)
def test_id_given_twice_is_told_of_at_the_second(sample: Sample, path: str, old: str, new: str, first: str) -> None:
    place = sample.change(path, old, new)
    name = new.split("▸")[1].split(",")[0].strip()
    first = sample.place(M1 if path == M2 else path, first).rpartition(":")[0]
    told = [str(fault) for fault in sample.faults() if "twice" in fault.message]
    assert told == [f"{place}: '{name}' is there twice (first in {first})"]


@pytest.mark.parametrize(
    ("path", "marked", "entry", "section"),
    [
        (M2, "id: ▸w06-work", "  w06-work: active\n", "activities"),
        ("competencies.yaml", "id: ▸c1-2-report", "c1-2-report: active, ", "criteria"),
        ("competencies.yaml", "id: ▸T\n", ", T: active", "competencies"),
        ("kinds.yaml", "id: ▸report", ", report: active", "kinds"),
        ("concepts.yaml", "id: ▸training", ", training: active", "concepts"),
        ("courses.yaml", "id: ▸first-course", "first-course: active", "courses"),
        ("diagnostic.yaml", "id: ▸q-model", "q-model: active", "diagnostic"),
        ("items.yaml", "id: ▸i-model-1", "i-model-1: active, ", "items"),
    ],
)
def test_id_that_is_not_registered(sample: Sample, path: str, marked: str, entry: str, section: str) -> None:
    sample.change("ids.yaml", entry, "")
    place = sample.change(path, marked.replace("▸", ""), marked)
    sample.expect(place, "not in ids.yaml", f"under '{section}' as active")


def test_id_that_vanished_must_be_retired(sample: Sample) -> None:
    place = sample.change("ids.yaml", "  w04-buffer: active", "  w04-buffer: active\n  ▸w04-lost: active")
    sample.expect(place, "'w04-lost'", "retire it with a date and what replaces it, so that nobody's progress is lost")


def test_criterion_that_vanished_must_be_retired(sample: Sample) -> None:
    place = sample.change("ids.yaml", "criteria: {", "criteria: {▸c9-lost: active, ")
    sample.expect(place, "'c9-lost'", "retire it")


def test_retired_id_is_never_reused(sample: Sample) -> None:
    sample.change("ids.yaml", "  w06-work: active", '  w06-work: {retired: "2027-02-01", replaced_by: w07-work}')
    place = sample.change(M2, "id: w06-work", "id: ▸w06-work")
    sample.expect(place, "'w06-work' was retired (ids.yaml:7)", "ids are never reused")


def test_what_replaces_an_id_is_active(sample: Sample) -> None:
    place = sample.change("ids.yaml", "replaced_by: w01-work", "replaced_by: ▸w02-gone")
    sample.expect(place, "must be an active id of 'activities'", "not 'w02-gone'")


def test_what_replaces_an_id_is_of_the_same_section(sample: Sample) -> None:
    place = sample.change("ids.yaml", "replaced_by: w01-work", "replaced_by: ▸report")
    sample.expect(place, "must be an active id of 'activities'")


def test_replacements_reach_the_programme(sample: Sample) -> None:
    programme = load(sample.folder).programme
    assert programme.replaced == {"w01-old": "w01-work", "w02-gone": ""}
    assert programme.current_id("w01-old") == "w01-work"


def test_unreadable_files_are_not_taken_for_lost_ids(sample: Sample) -> None:
    (sample.folder / "kinds.yaml").write_text("- id: [", encoding="utf-8")
    assert {fault.path for fault in sample.faults()} == {"kinds.yaml"}


def test_missing_section_is_told_of_once(sample: Sample) -> None:
    sample.change("ids.yaml", "kinds: {note: active, report: active}\n", "")
    sample.expect("ids.yaml:1:1", "'kinds' is missing")
