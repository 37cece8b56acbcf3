from __future__ import annotations

import pytest

from tests.core.sample import SAMPLE, activity, leaves, programme


def test_an_activity_names_each_competency_once_in_order() -> None:
    assert activity("w1-x", 10, leaves("note", to="C2 T"), leaves("log", to="C1 C2")).competencies == ("C2", "T", "C1")
    assert activity("w1-x", 10).competencies == ()


def test_activities_and_competencies_by_id() -> None:
    assert list(SAMPLE.by_id) == [a.id for a in SAMPLE.activities]
    assert all(SAMPLE.by_id[a.id] is a for a in SAMPLE.activities)
    assert [(i, c.id) for i, c in SAMPLE.competency_by_id.items()] == [("C1", "C1"), ("C2", "C2"), ("T", "T")]


@pytest.mark.parametrize(("week", "phase"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3)])
def test_the_phase_of_a_week(week: int, phase: int) -> None:
    assert SAMPLE.phase_of(week).number == phase


@pytest.mark.parametrize("week", [-1, 0, 7])
def test_a_week_outside_the_blueprint_is_an_error(week: int) -> None:
    with pytest.raises(KeyError):
        SAMPLE.phase_of(week)


@pytest.mark.parametrize(
    ("activity_id", "current"),
    [
        ("w1-study", "w1-study"),  # never replaced
        ("unknown", "unknown"),
        ("", ""),
        ("old", "w1-study"),
        ("older", "w1-study"),  # by way of "old"
        ("gone", ""),
        ("went-with-it", ""),
        ("round", "about"),  # a circle ends: each id is followed once
        ("course:c:unit", "course:c:unit"),
    ],
)
def test_retired_ids_are_followed(activity_id: str, current: str) -> None:
    replaced = {"old": "w1-study", "older": "old", "gone": "", "went-with-it": "gone", "round": "about", "about": "round"}
    found = programme(replaced=replaced).current_id(activity_id)
    assert found == current if activity_id != "round" else found in ("round", "about")
