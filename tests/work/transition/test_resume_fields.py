"""A résumé as the fields of its form, and what the buttons of the editor do to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.transition.resume.document import (
    Account,
    Basics,
    Bullet,
    Document,
    Language,
    Position,
    Skills,
    Study,
)
from segue.work.transition.resume_edits import Removed, edited, put_back, with_links
from segue.work.transition.resume_fields import document_of, faults_of, fields_of
from segue.work.transition.resume_lines import LOOSE, lines_of, loose_in

WHOLE = {"whole": "1"}
FULL = Document(
    Basics(
        "Priya", "PM", "p@example.org", "1", "https://a.example", "Two\nlines.", "Porto", "Norte", "PT", (Account("X", "", "pr"),)
    ),
    (
        Position("p1", "Northwind", "PM", "2021-03", "", "Porto", "", "Sums", (Bullet("b1", "One", (1, 2)), Bullet("b2", "Two"))),
        Position("p2", "Harbour", sort="project"),
    ),
    (Study("s1", "Porto", "Economics", "BSc", "2014", "2017", courses=("A", "B")), Study("s2", "Acme", sort="certificate")),
    (Skills("k1", "Tools", ("SQL, the old one", "Python")),),
    (Language("German", "mother tongue"), Language("Old: Norse")),
    {"awards": [{"title": "Best"}], LOOSE: ["- A line", "Another"]},
)


def test_fields_and_back_give_the_same() -> None:
    assert document_of(fields_of(FULL) | WHOLE, FULL) == FULL


def test_a_form_that_was_cut_off_changes_nothing() -> None:
    assert document_of({"basics-name": "X"}, FULL) == FULL


def test_a_bullet_that_another_window_removed_keeps_its_evidence() -> None:
    gone = edited(FULL, "remove:bullet:b1", str).document
    assert document_of(fields_of(FULL) | WHOLE, gone).positions[0].bullets[0] == Bullet("b1", "One", (1, 2))


def test_a_bullet_without_a_position_is_none() -> None:
    assert document_of({"bullet-b": "x", "position-../a-name": "y", **WHOLE}, Document()) == Document()


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=30)))
def test_no_fields_break_it(fields: dict[str, str]) -> None:
    document = document_of(fields | WHOLE, FULL)
    assert document.more == FULL.more
    faults_of(document)
    lines_of(document)


@pytest.mark.parametrize(
    ("changes", "name", "words"),
    [
        ({"bullet-b1": "x" * 2_001}, "bullet-b1", "2,001 characters"),
        ({"position-p1-start": "March"}, "position-p1-start", "Write the date"),
        ({"position-p1-end": "2021-13"}, "position-p1-end", "Write the date"),
        ({"position-p1-end": "2020"}, "position-p1-end", "ends before it begins"),
        ({"position-p1-url": "javascript:alert(1)"}, "position-p1-url", "no address"),
        ({"basics-url": "file:///etc"}, "basics-url", "no address"),
        ({"basics-summary": "x" * 5_001}, "basics-summary", "5,001"),
        ({"study-s1-end": "soon"}, "study-s1-end", "Write the date"),
        ({"languages": "x" * 5_001}, "languages", "5,001"),
        ({"accounts": "LinkedIn ftp://x.example"}, "", ""),
    ],
)
def test_what_can_not_be_kept_is_named(changes: dict[str, str], name: str, words: str) -> None:
    faults = faults_of(document_of(fields_of(FULL) | changes | WHOLE, FULL))
    assert [fault.name for fault in faults] == ([name] if name else [])
    assert not words or words in faults[0].says


def test_the_same_year_is_a_span() -> None:
    same = {"position-p1-start": "2021-03", "position-p1-end": "2021"}
    assert not faults_of(document_of(fields_of(FULL) | same | WHOLE, FULL))


# --- buttons ----------------------------------------------------------------------------------------------------------------


def press(document: Document, do: str, into: str = "") -> Document:
    return edited(document, do, lambda: "new", into).document


def test_parts_are_moved_within_their_list() -> None:
    assert [each.id for each in press(FULL, "down:position:p1").positions] == ["p2", "p1"]
    assert [each.id for each in press(FULL, "up:position:p1").positions] == ["p1", "p2"]
    assert [each.id for each in press(FULL, "up:bullet:b2").positions[0].bullets] == ["b2", "b1"]
    assert [each.id for each in press(FULL, "down:study:s1").studies] == ["s2", "s1"]


@pytest.mark.parametrize(
    "do", ["", "up", "up:bullet", "up:bullet:gone", "fly:position:p1", "remove:basics:x", "add:wing", "place:9", "drop:-1"]
)
def test_what_names_nothing_changes_nothing(do: str) -> None:
    assert press(FULL, do) == FULL


@pytest.mark.parametrize("do", ["remove:position:p1", "remove:study:s2", "remove:skill:k1", "remove:bullet:b1"])
def test_what_was_removed_comes_back_in_its_place(do: str) -> None:
    edit = edited(FULL, do, lambda: "new")
    assert edit.removed is not None
    assert edit.document != FULL
    assert put_back(edit.document, edit.removed).document == FULL
    assert put_back(FULL, edit.removed).document == FULL  # not twice


def test_a_bullet_does_not_come_back_without_its_position() -> None:
    removed = Removed("bullet", "gone", 0, Document(positions=(Position("gone", "X", bullets=(Bullet("b9", "x"),)),)))
    assert put_back(FULL, removed).document == FULL


def test_parts_are_added_where_they_are_looked_for() -> None:
    assert press(FULL, "add:position").positions[0] == Position("new", "", bullets=(Bullet("new", ""),))
    assert press(FULL, "add:bullet:p1").positions[0].bullets[-1] == Bullet("new", "")
    assert press(FULL, "add:study").studies[0].id == "new"
    assert press(FULL, "add:skill").skills[-1].id == "new"


def test_a_loose_line_finds_its_place_or_goes() -> None:
    placed = press(FULL, "place:0", "p2")
    assert placed.positions[1].bullets == (Bullet("new", "A line"),)
    assert loose_in(placed) == ("Another",)
    assert loose_in(press(press(FULL, "drop:0"), "drop:0")) == ()


def test_links_are_of_one_bullet() -> None:
    linked = with_links(FULL, "b2", (7,))
    assert [bullet.entries for _, bullet in linked.bullets()] == [(1, 2), (7,)]
