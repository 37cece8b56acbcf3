from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.work.learn.notes import MOST_BACK, MOST_FRONT, decode, key_of, read_notes


def pairs(text: str) -> list[tuple[str, str]]:
    return [(note.front, note.back) for note in read_notes(text).notes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What is drift?\tThe world moves.", [("What is drift?", "The world moves.")]),
        ("What is drift?;The world moves, the model does not.", [("What is drift?", "The world moves, the model does not.")]),
        ("What, then, is drift? | The world moves.", [("What, then, is drift?", "The world moves.")]),
        ("drift,moves\nbias,leans", [("drift", "moves"), ("bias", "leans")]),
        ("drift,moves\r\nbias,leans\r\n\r\n", [("drift", "moves"), ("bias", "leans")]),
        ('"drift, of data","moves\nslowly"', [("drift, of data", "moves\nslowly")]),
        ('a "quoted" word;b', [('a "quoted" word', "b")]),
        ('"open;b\nc;d', [('"open', "b"), ("c", "d")]),
        ("sep=;\na,b;c", [("a,b", "c")]),
        ("Front;Back\na;b", [("a", "b")]),
        ("Front;of the shop", [("Front", "of the shop")]),
        ("#hashtag: what is it;a word with a sign", [("#hashtag: what is it", "a word with a sign")]),
        ("", []),
    ],
)
def test_notes_are_read_as_people_write_them(text: str, found: list[tuple[str, str]]) -> None:
    assert pairs(text) == found


ANKI = """#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
x1\tBasic\tAI\tWhat is <b>drift</b>?\tData &amp; world<br>move &lt;apart&gt;\tweek8 drift
x2\tBasic\tAI\t"A ""quoted"" word"\t<div>one</div><div>two</div><script>alert(1)</script>\t
"""


def test_ankis_own_export_is_read_by_what_it_says_of_its_columns() -> None:
    drift, quoted = read_notes(ANKI).notes
    assert (drift.line, drift.front, drift.back, drift.concept) == (7, "What is drift?", "Data & world\nmove <apart>", "drift")
    assert (quoted.line, quoted.front, quoted.back, quoted.concept) == (8, 'A "quoted" word', "one\ntwo", "")


def test_a_third_column_may_name_a_concept() -> None:
    notes = read_notes("a;b;Embeddings\nc;d;recall\ne;f;no such thing\ng;h").notes
    assert [note.concept for note in notes] == ["embeddings", "precision-and-recall", "", ""]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("only a question", "it has no second column"),
        (";an answer", "its front is empty"),
        ("a question;", "its back is empty"),
        ("x" * (MOST_FRONT + 1) + ";y", "its front has 501 characters; 500 is the most"),
        ("x;" + "y" * (MOST_BACK + 1), "its back has 2,001 characters; 2,000 is the most"),
        ("first;again", "its front is on line 1 already"),
        (" FIRST ;again", "its front is on line 1 already"),
    ],
)
def test_a_line_that_can_be_no_card_is_told_with_its_number(line: str, why: str) -> None:
    found = read_notes(f"first;1\n\n{line}\nlast;9")
    assert [(r.line, r.why) for r in found.rejected] == [(3, why)]
    assert found.rejected[0].text == line.strip()[:80] or line.startswith(" ")
    assert [note.front for note in found.notes] == ["first", "last"]


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=20))
def test_no_row_is_lost(rows: list[tuple[str, str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    found = read_notes("h1,h2\n" + buffer.getvalue())
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found.notes) + len(found.rejected) >= len(filled)
    fronts = {key_of(note.front) for note in found.notes}
    assert len(fronts) == len(found.notes)


@given(st.text(max_size=400))
def test_any_text_is_read_and_every_line_with_words_is_told_of(text: str) -> None:
    found = read_notes(text)
    assert all(note.front and note.back for note in found.notes)
    assert all(rejected.why for rejected in found.rejected)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_read_in_the_codings_that_programs_write(coding: str) -> None:
    assert decode("Größe;5 m²".encode(coding)) == ("Größe;5 m²", "")


def test_what_is_not_utf_8_is_read_as_a_spreadsheet_writes_it_and_said() -> None:
    text, remark = decode("Größe;5".encode("cp1252"))
    assert text == "Größe;5"
    assert "Windows-1252" in remark


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0", b"\0\1\2", b"SQLite format 3\0"])
def test_what_is_no_text_is_refused_with_the_way_out(data: bytes) -> None:
    with pytest.raises(UserError, match="Notes in Plain Text"):
        decode(data)


@pytest.mark.parametrize("place", ["²", "0", "-1", "9" * 5000, "x"])
def test_a_strange_place_of_a_column_is_passed_over(place: str) -> None:
    assert pairs(f"#separator:tab\n#tags column:{place}\na\tb") == [("a", "b")]
