"""The role map names roles and never people; it counts what is drawn."""

from __future__ import annotations

from segue.work.connect.role_map import Place, facts_of, map_figure, text_of

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
    assert figure.table is not None
    assert [row[0] for row in figure.table.rows] == ["Data scientist", "Security"]


def test_what_is_drawn_is_escaped_and_short() -> None:
    svg = map_figure("x", [Place("a", "A", "<script>" + "long " * 40, "", "", False)]).svg
    assert "<script>" not in svg
    assert "…" in svg
