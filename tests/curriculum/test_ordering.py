from __future__ import annotations

import pytest

from segue.curriculum.faults import Fault
from tests.curriculum.sample import Sample

M1, M2, M3 = (f"activities/month-{n}.yaml" for n in (1, 2, 3))
WEEK_10 = "- id: w10-work\n  week: 10\n"
WEEK_9 = "- id: w09-work\n  week: 9\n"


def circles(sample: Sample) -> list[Fault]:
    return [fault for fault in sample.faults() if "circle" in fault.message]


def test_requirement_in_a_later_week(sample: Sample) -> None:
    place = sample.change(M1, "requires: [w01-work]", "requires: [▸w06-work]")
    sample.expect(place, "'w06-work' comes later (week 6)", "(week 2)")


def test_wait_for_a_later_week(sample: Sample) -> None:
    place = sample.change(M1, "waits: [{activity: w02-work, days: 7}]", "waits: [{activity: ▸w06-work, days: 7}]")
    sample.expect(place, "'w06-work' comes later (week 6)")


def test_requirement_in_the_same_week_is_fine(sample: Sample) -> None:
    sample.change(M1, "buffer: true", "buffer: true, requires: [w04-work]")
    assert sample.faults() == ()


def test_duty_cannot_rest_on_something_optional(sample: Sample) -> None:
    place = sample.change(M3, WEEK_9, WEEK_9 + "  requires: [▸w05-work]\n")
    sample.expect(place, "'w05-work' is optional", "'w09-work'")


def test_duty_cannot_wait_for_something_optional(sample: Sample) -> None:
    place = sample.change(M3, WEEK_9, WEEK_9 + "  waits: [{activity: ▸w05-work, days: 3}]\n")
    sample.expect(place, "'w05-work' is optional")


def test_optional_may_rest_on_optional(sample: Sample) -> None:
    sample.change(M3, WEEK_9, WEEK_9 + "  requires: [w05-work]\n  optional: true\n")
    assert sample.faults() == ()


@pytest.mark.parametrize(("days", "fits"), [(13, True), (14, False)])
def test_wait_fits_between_the_weeks(sample: Sample, days: int, fits: bool) -> None:
    place = sample.change(M1, "{activity: w02-work, days: 7}", f"{{activity: w02-work, days: ▸{days}}}")
    if fits:
        assert sample.faults() == ()
    else:
        sample.expect(place, "14 days from 'w02-work' (week 2) do not fit", "13 days")


def test_circle_is_named_step_by_step(sample: Sample) -> None:
    sample.change(M3, WEEK_9, WEEK_9 + "  waits: [{activity: w10-work, days: 1}]\n")
    sample.change(M3, WEEK_10, WEEK_10 + "  requires: [w09-work]\n")
    found = circles(sample)
    assert len(found) == 1
    assert str(found[0]) == f"{sample.place(M3, 'w10-work, days')}: a circle: w09-work rests on w10-work rests on w09-work"


def test_activity_that_requires_itself(sample: Sample) -> None:
    place = sample.change(M3, WEEK_9, WEEK_9 + "  requires: [▸w09-work]\n")
    sample.expect(place, "a circle: w09-work rests on w09-work")


def test_every_circle_is_told_of(sample: Sample) -> None:
    sample.change(M3, WEEK_9, WEEK_9 + "  requires: [w09-work]\n")
    sample.change(M1, "requires: [w01-work]", "requires: [w01-work, w03-work]")
    assert sorted(fault.message for fault in circles(sample)) == [
        "a circle: w02-work rests on w03-work rests on w02-work",
        "a circle: w09-work rests on w09-work",
    ]


def test_circle_of_concepts(sample: Sample) -> None:
    sample.change("concepts.yaml", "prerequisites: []", "prerequisites: [training]")
    found = circles(sample)
    assert [str(fault) for fault in found] == [
        f"{sample.place('concepts.yaml', 'training]')}: a circle: model needs training needs model"
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "name: Training\n    module: more\n    week: 2",
            "name: Training\n    module: more\n    week: ▸3",
            "taught in week 2, not 3",
        ),
        ("tier: 1\n    prerequisites: []", "tier: 1\n    prerequisites: [▸training]", "of tier 2, later than the tier 1"),
    ],
)
def test_concepts_come_in_order(sample: Sample, old: str, new: str, words: str) -> None:
    place = sample.change("concepts.yaml", old, new)
    assert any(str(fault).startswith(f"{place}: ") and words in fault.message for fault in sample.faults())


def test_prerequisite_of_a_later_week(sample: Sample) -> None:
    sample.change("concepts.yaml", "name: More, week: 2", "name: More, week: 1")
    sample.change("concepts.yaml", "module: more\n    week: 2", "module: more\n    week: 1")
    sample.change("concepts.yaml", "name: The start, week: 1", "name: The start, week: 2")
    sample.change("concepts.yaml", "module: start\n    week: 1", "module: start\n    week: 2")
    sample.expect(sample.place("concepts.yaml", "model]"), "'model' is of week 2, later than the week 1")
