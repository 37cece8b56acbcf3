"""The role map names roles and never people; it counts what is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.connect.role_map import Named, Place, facts_of, in_sentence, map_figure, text_of

SCIENTIST = Place("data-scientist", "Data scientist", "The model of Marco", "The decision", "Demos", False, "Marco Bianchi")
NOBODY = Place("security", "Security", "", "", "", True)
BLANK = Place("designer", "Designer", "", "", "", False)


def test_only_what_is_known_counts() -> None:
    assert facts_of([SCIENTIST, NOBODY, BLANK]) == {"roles": 2, "unfilled": 1}


def test_the_text_has_roles_in_the_place_of_names() -> None:
    text = text_of([SCIENTIST, NOBODY, BLANK])
    assert "Marco" not in text
    assert "Bianchi" not in text
    assert "- Owns: The model of data scientist" in text
    assert "## Security\n- Nobody fills it." in text
    assert "## Unfilled\nSecurity." in text
    assert "Designer" not in text


def test_the_picture_shows_each_role_and_has_a_table() -> None:
    figure = map_figure("<Acme>", [SCIENTIST, NOBODY, BLANK])
    assert figure.svg.count("<rect") == 2
    assert figure.svg.count("stroke-dasharray") == 1
    assert figure.svg.count("<svg") == figure.svg.count("</svg>")
    assert figure.table is not None
    assert [row[0] for row in figure.table.rows] == ["Data scientist", "Security"]


def test_what_is_drawn_is_escaped_and_short() -> None:
    svg = map_figure("x", [Place("a", "A", "<script>" + "long " * 40, "", "", False)]).svg
    assert "<script>" not in svg
    assert "…" in svg


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("Data scientist", "data scientist"),
        ("AI product manager", "AI product manager"),
        ("ML or software engineer", "ML or software engineer"),
        ("Leader of a product or AI team", "leader of a product or AI team"),
        ("", ""),
    ],
)
def test_a_role_inside_a_sentence(words: str, inside: str) -> None:
    assert in_sentence(words) == inside


NAMES = st.text(alphabet="abcdefgäöüßéłж", min_size=4, max_size=9).map(lambda word: f"Q{word}q")


@given(first=NAMES, last=NAMES, before=st.text(max_size=30), is_known=st.booleans())
def test_no_whole_name_is_left(first: str, last: str, before: str, is_known: bool) -> None:
    name = f"{first} {last}"
    place = Place("security", "Security", f"{before} {name}", "", "", False)
    text = text_of([place], [Named(name, "somebody", is_known)])
    assert name not in text


def test_a_mere_address_is_no_reason_to_change_words() -> None:
    place = Place("security", "Security", "Will keep Grace away; ask Will Grace.", "", "", False)
    assert "Will keep Grace away; ask somebody." in text_of([place], [Named("Will Grace", "somebody", False)])
