from __future__ import annotations

import pytest

from tests.curriculum.sample import Sample

M1, M2 = "activities/month-1.yaml", "activities/month-2.yaml"


@pytest.mark.parametrize(
    ("minutes", "words"), [(130, "come to 310, not 300 (10 too many)"), (100, "come to 280, not 300 (20 too few)")]
)
def test_minutes_of_a_week(sample: Sample, minutes: int, words: str) -> None:
    place = sample.change(M1, "minutes: 120", f"minutes: ▸{minutes}")
    sample.expect(place, "week 4", words)


def test_week_without_activities(sample: Sample) -> None:
    sample.change(M2, "- id: w06-work\n  week: 6", "- id: w06-work\n  week: 7")
    told = {f"{fault.path}:{fault.line}:{fault.column}": fault.message for fault in sample.faults()}
    assert told[sample.place("programme.yaml", "6, outcome: Done 6.")] == "week 6 has no activities"
    assert any("week 7 come to 600" in message for message in told.values())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("last_week: 13", "last_week: ▸14", "phase must begin in week 15"),
        (
            "first_week: 9\n    last_week: 13\n    opens_week: 9",
            "first_week: ▸10\n    last_week: 13\n    opens_week: 9",
            "begin in week 9",
        ),
        ("last_week: 26", "last_week: ▸25", "the phases end in week 25 of 26"),
        ("last_week: 13", "last_week: ▸8", "ends before it begins (week 9)"),
        ("number: 3\n", "number: ▸4\n", "phase 3 is due, not 4"),
        ("{number: 7, outcome", "{number: ▸8, outcome", "week 7 is due, not 8"),
    ],
)
def test_phases_and_weeks_tile(sample: Sample, old: str, new: str, words: str) -> None:
    place = sample.change("programme.yaml", old, new)
    if "must begin" in words:
        place = sample.place("programme.yaml", "14\n    last_week: 17")
    assert any(str(fault).startswith(f"{place}: ") and words in fault.message for fault in sample.faults())


def test_weeks_end_early(sample: Sample) -> None:
    sample.change("programme.yaml", "  - {number: 26, outcome: Done 26.}\n", "")
    sample.expect(sample.place("programme.yaml", "25, outcome"), "the weeks end at 25 of 26")


def test_activity_stands_in_the_file_of_its_month(sample: Sample) -> None:
    moved = "\n- id: w06-more\n  week: ▸6\n  title: More\n  minutes: 10\n  why: It helps.\n  steps: Do it.\n"
    moved += "  yields: [{kind: note, competencies: [C1]}]\n"
    place = sample.change(M1, BUFFER_ID, moved.lstrip("\n") + BUFFER_ID)
    assert f"{place}: week 6 belongs to month-2; move the activity to its file" in map(str, sample.faults())


BUFFER_ID = "- {id: w04-buffer"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("weights: {C1: 1}", "weights: ▸{C1: 0.9}", "come to 0.9, not 1"),
        ("weights: {C1: 1}", "weights: ▸{T: 1}", "no weight for C1"),
        ("  - {number: 4, name: Lead, e3: 1}\n", "", "no level rule for level 4"),
    ],
)
def test_weights_and_level_rules(sample: Sample, old: str, new: str, words: str) -> None:
    place = sample.change("competencies.yaml", old, new) or sample.place("competencies.yaml", "4\n        observable")
    sample.expect(place, words)


def test_weights_may_miss_one_by_rounding_only(sample: Sample) -> None:
    sample.change("competencies.yaml", "weights: {C1: 1}", "weights: {C1: 0.9, T: 0.1}")
    assert sample.faults() == ()


def test_sums_are_left_out_while_a_figure_is_wrong(sample: Sample) -> None:
    place = sample.change(M1, "minutes: 120", "minutes: ▸two hours")
    sample.expect(place, "whole number")


def test_a_concept_without_lesson_is_told(sample: Sample) -> None:
    text = sample.text("lessons.yaml")
    (sample.folder / "lessons.yaml").write_text(text[: text.index("- concept: training")], encoding="utf-8")
    sample.expect(sample.place("concepts.yaml", "training\n    name"), "the concept has no lesson")


def test_a_concept_with_too_few_questions_is_told(sample: Sample) -> None:
    sample.change("items.yaml", "- id: i-model-1\n  concept: model", "- id: i-model-1\n  concept: training")
    sample.expect(sample.place("concepts.yaml", "model\n    name"), "the concept has 1 questions in items.yaml; 2 are the least")
