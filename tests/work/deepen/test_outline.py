"""Sheets as data: what they ask, and what of the things typed is an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.curriculum import current
from segue.work.deepen.outline import (
    GROUPS,
    MOST_ROWS,
    SORTS,
    Answers,
    Column,
    Item,
    Outline,
    Part,
    answers_of,
    as_number,
    fields_of,
    outlines,
)
from segue.work.deepen.rules.registry import RULES

NOTE = Part("note", "A note", field=Column("note", "A note", "text"))
ASKED = Part(
    "asked",
    "Questions",
    columns=(Column("answer", "Answer", "choice", choices=(("yes", "Yes"), ("no", "No"))), Column("why", "Why")),
    items=(Item("personal", "Is it personal?"), Item("new", "Is it new?")),
)
STOPS = Part("stops", "Stops", columns=(Column("place", "Place"), Column("days", "Days", "number")))
OUTLINE = Outline("try", "law", "A sheet", "To try.", "decision", "", "", False, (NOTE, ASKED, STOPS))


def answers(**fields: str) -> Answers:
    return answers_of(OUTLINE, {name.replace("__", "."): value for name, value in fields.items()})


def test_what_is_no_field_of_it_is_left_out() -> None:
    found = answers(note="x", other="y", asked__gone__answer="yes", stops__1__gone="z")
    assert found.fields == {"note": "x"}


def test_rows_of_ones_own_close_up_and_given_rows_stay() -> None:
    found = answers(stops__2__place="Laptop", stops__5__days="30", asked__new__answer="yes")
    assert [(row.id, row["place"], row["days"]) for row in found.rows("stops")] == [("1", "Laptop", ""), ("2", "", "30")]
    assert [(row.id, row["answer"]) for row in found.rows("asked")] == [("personal", ""), ("new", "yes")]
    assert found.value("asked", "new", "answer") == "yes"
    assert found.number("stops", "2", "days") == 30


def test_an_empty_sheet_says_so() -> None:
    assert answers().is_empty
    assert answers(note="  ").is_empty
    assert not answers(asked__new__why="so").is_empty


@given(st.dictionaries(st.sampled_from([name for name, _ in fields_of(OUTLINE)]), st.text(max_size=5)))
def test_reading_what_was_read_changes_nothing(typed: dict[str, str]) -> None:
    once = answers_of(OUTLINE, typed)
    assert answers_of(OUTLINE, once.fields) == once
    kept = [value for name, value in typed.items() if value.strip()]
    assert {value for value in once.fields.values() if value.strip()} == set(kept)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.4", 0.4), ("1,200", 1200), (" 3 ", 3), ("1 000", 1000), ("", None), ("x", None), ("nan", None), ("inf", None)],
)
def test_numbers_as_people_type_them(text: str, number: float | None) -> None:
    assert as_number(text) == number


def test_a_table_has_an_end() -> None:
    typed = {f"stops.{n}.place": "x" for n in range(1, MOST_ROWS + 10)}
    assert len(answers_of(OUTLINE, typed).rows("stops")) == MOST_ROWS


@pytest.mark.parametrize("sort", [*outlines()])
def test_every_sheet_is_whole(sort: str) -> None:
    outline, programme = outlines()[sort], current().programme
    assert outline.group in dict(GROUPS)
    assert outline.kind in programme.kinds
    assert sort in RULES
    for activity in filter(None, (outline.activity, outline.review)):
        assert outline.kind in {each.kind for each in programme.by_id[activity].yields}
    names = [name for name, _ in fields_of(outline)]
    assert len(names) == len(set(names))
    assert all(isinstance(item.id, str) for part in outline.parts for item in part.items)  # YAML reads off and no as false
    for _, column in fields_of(outline):
        assert column.sort in SORTS
        assert not {"True", "False"} & {value for value, _ in column.choices}
        assert (column.sort == "choice") == bool(column.choices)


def test_every_rule_has_its_sheet() -> None:
    assert set(RULES) == set(outlines())
