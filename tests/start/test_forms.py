"""What the forms of the first hour make of what was typed."""

from __future__ import annotations

from segue.curriculum import current
from segue.start.forms import PartForm, StrengthsForm, TargetForm
from segue.start.queries import parts


def test_ratings_leave_out_what_was_left_open() -> None:
    form = StrengthsForm(current().programme, {"level_C1": "0", "level_C3": "3", "level_C5": ""})
    assert form.is_valid()
    assert form.ratings() == {"C1": 0, "C3": 3}


def test_track_is_not_rated() -> None:
    assert [c.id for c in StrengthsForm(current().programme).competencies] == [f"C{n}" for n in range(1, 9)]


def test_every_level_and_no_other_can_be_chosen() -> None:
    for level, valid in (("0", True), ("3", True), ("4", False), ("-1", False), ("many", False)):
        assert StrengthsForm(current().programme, {"level_C1": level}).is_valid() is valid


def test_every_option_of_every_question_can_be_chosen() -> None:
    for part in parts():
        for answer in ("0", "1", "2", "3", "x", ""):
            form = PartForm(part.items, {item.id: answer for item in part.items})
            assert form.is_valid()
            assert form.answers() == {item.id: answer for item in part.items}
        assert not PartForm(part.items, {part.items[0].id: "4"}).is_valid()


def test_answers_of_other_parts_are_not_taken() -> None:
    form = PartForm(parts()[0].items, {item.id: "1" for part in parts() for item in part.items})
    assert form.is_valid()
    assert set(form.answers()) == {item.id for item in parts()[0].items}


def test_a_role_has_to_be_chosen() -> None:
    assert not TargetForm(current().programme, {}).is_valid()
    assert TargetForm(current().programme, {"role": "ai-feature-pm"}).is_valid()
