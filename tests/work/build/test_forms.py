from __future__ import annotations

from dataclasses import replace

import pytest

from segue.work.build.forms import FIRST, CharterForm, initial_of
from segue.work.build.sheet import Sheet
from tests.work.build.sheets import SHEET, TYPED


def filled(before: Sheet | None = None, **changes: str) -> CharterForm:
    return CharterForm({**TYPED, **changes}, before=before)


def said(form: CharterForm) -> str:
    assert not form.is_valid()
    return " ".join(str(problem) for problems in form.errors.values() for problem in problems)


def test_what_was_typed_is_the_charter() -> None:
    form = filled()
    assert form.is_valid(), form.errors
    assert form.sheet() == replace(
        SHEET, problem=SHEET.problem.strip(), decision=SHEET.decision.strip(), baseline=SHEET.baseline.strip()
    )
    again = CharterForm({k: v for k, v in initial_of(form.sheet()).items() if v is not False})
    assert again.is_valid(), again.errors
    assert again.sheet() == form.sheet()


def test_the_first_size_is_green() -> None:
    form = CharterForm({**TYPED, **{name: str(value) for name, value in FIRST.items()}})
    assert form.is_valid()
    assert form.sheet().score == "green"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Give it a name."),
        ({"classes": "0"}, "Give a whole number from 1 to 500."),
        ({"classes": "five"}, "Give a whole number from 1 to 500."),
        ({"labels": "200.5"}, "Give a whole number from 0 to 100,000."),
        ({"other_hours": "nan"}, "Give hours from 0 to 1,000"),
        ({"double": "201"}, "There are 200 labels in all"),
        ({"inside": " \n- "}, "Name what is in"),
        ({"outside": "x\n" * 31}, "These are 31 lines; 30 is the most."),
        ({"outside": "fine\n" + "x" * 201}, "Line 2 has 201 characters; 200 is the most."),
        ({"kills": "2026-12-18: stop\nsome day: stop"}, "Line 2 needs a day and what then"),
        ({"kills": "2026-13-40: stop"}, "Line 1 needs a day and what then"),
        ({"kills": "2026-12-18:"}, "Line 1 needs a day and what then"),
        ({"permission": "perhaps"}, "not one of the available choices"),
    ],
)
def test_a_bad_field_says_what_to_mend(changes: dict[str, str], words: str) -> None:
    assert words in said(CharterForm({**TYPED, **changes}))


def test_a_first_charter_may_be_red() -> None:
    form = filled(sources="2", languages="3", classes="12")
    assert form.is_valid()
    assert form.sheet().score == "red"


@pytest.mark.parametrize(
    ("before", "changes", "refused"),
    [
        (SHEET, {"classes": "8"}, False),  # there is room
        (SHEET, {"sources": "2"}, True),
        (SHEET, {"sources": "2", "classes": "4"}, False),
        (SHEET, {"sources": "2", "inside": "Reviews with a text"}, False),
        (replace(SHEET, sources=2), {"sources": "2", "inside": "Reviews with a text\nThe size of the garment\nChats"}, True),
        (replace(SHEET, sources=2), {"sources": "2", "inside": "Reviews with a text\nChats"}, False),
        (replace(SHEET, sources=2), {"sources": "2", "outside": "Much more"}, False),
        (replace(SHEET, sources=2, languages=3, classes=12), {"sources": "3", "languages": "3", "classes": "12"}, True),
        (replace(SHEET, sources=2, languages=3, classes=12), {"sources": "3", "languages": "3", "classes": "10"}, False),
        (replace(SHEET, permission="none"), {"permission": "none", "labels": "201"}, True),
    ],
)
def test_what_comes_in_throws_something_out_unless_there_is_room(before: Sheet, changes: dict[str, str], refused: bool) -> None:
    form = filled(before, **changes)
    assert form.is_valid() is not refused, form.errors


def test_the_refusal_names_what_came_and_what_could_go() -> None:
    words = said(filled(replace(SHEET, sources=2, languages=3, classes=12), sources="3", languages="3", classes="12"))
    assert words.startswith("1 data source would come in and nothing go out, and the charter would be red. One in, one out")
    assert "merge to 8 classes; keep one data source; keep 2 languages." in words
