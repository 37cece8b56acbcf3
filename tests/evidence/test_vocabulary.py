from __future__ import annotations

import pytest

from segue.core.competency import Tier
from segue.curriculum import current
from segue.evidence import vocabulary


def test_a_retired_kind_gets_a_plain_name() -> None:
    kind = vocabulary.kind_of("old_kind-of-work")
    assert (kind.name, kind.fields, kind.min_words) == ("Old kind of work", (), None)
    assert not vocabulary.is_known_kind("old_kind-of-work")


def test_activities_gaps_and_course_units_have_titles() -> None:
    programme = current().programme
    activity, course = programme.activities[0], programme.courses[0]
    criterion = programme.competencies[0].levels[0].criteria[0]
    assert vocabulary.activity_title(activity.id, programme) == activity.title
    assert criterion.text in vocabulary.activity_title(f"gap:{criterion.id}", programme)
    assert vocabulary.activity_title("gap:c4-3-rule-weeks", programme) == "Close a gap in C4, level 3"
    assert (
        vocabulary.activity_title(f"course:{course.id}:{course.units[0].id}", current().programme)
        == f"{course.title}: {course.units[0].title}"
    )


@pytest.mark.parametrize("activity_id", ["", "nonsense", "gap:c99-9-x", "gap:", "course:a:b", "course:x", "<script>", "w1\n"])
def test_what_is_not_known_is_called_by_its_id(activity_id: str) -> None:
    assert vocabulary.activity_title(activity_id, current().programme) == activity_id
    assert not vocabulary.is_known_activity(activity_id, current().programme)
    assert vocabulary.asked_by(activity_id, current().programme) == ()


def test_a_gap_asks_for_what_its_criterion_needs() -> None:
    for competency in current().programme.competencies:
        for level in competency.levels:
            for criterion in level.criteria:
                asked = vocabulary.asked_by(f"gap:{criterion.id}", current().programme)
                assert [y.kind for y in asked] == list(criterion.need.kinds)
                assert all((y.tier, y.competencies) == (criterion.need.tier, (competency.id,)) for y in asked)


def test_a_course_unit_asks_for_a_page_of_the_log() -> None:
    course = current().programme.courses[0]
    (asked,) = vocabulary.asked_by(f"course:{course.id}:{course.units[0].id}", current().programme)
    assert (asked.kind, asked.tier) == (vocabulary.LOG, Tier.E1)


@pytest.mark.parametrize(
    ("label", "unit", "shown"), [("Data sources", "sources", ""), ("Score", "%", "%"), ("Waiting", "ms", "ms")]
)
def test_a_unit_is_not_said_twice(label: str, unit: str, shown: str) -> None:
    assert vocabulary.unit_of(label, unit) == shown
