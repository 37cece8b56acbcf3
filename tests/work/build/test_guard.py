"""What must not leave is found wherever it hides, and only what a person may judge may stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.build.guard import (
    GUARDED,
    PERSONAL,
    QUOTE,
    Find,
    Gate,
    Section,
    Tick,
    around,
    found_at,
    guarded_in,
    printed,
    quotes_in,
)


@pytest.mark.parametrize(
    "text",
    [
        "At Acme Corp we",
        "ACME CORP",
        "acme-corp.example",
        "AcmeCorp",
        "Ac**me** Corp",
        "Acme\nCorp",
        "Ác\u00admé\u200b Corp",
        "acme_corp_reviews.csv",
        "(AcmeCorp’s)",
        "\uff21\uff43\uff4d\uff45 Corp",
    ],
)
def test_a_guarded_word_is_found_however_it_is_written(text: str) -> None:
    (find,) = guarded_in([Section("Problem", text)], ["Acme Corp"])
    assert (find.sort, find.what, find.place, find.may_stay) == (GUARDED, "Acme Corp", "Problem", False)


@pytest.mark.parametrize(("word", "text", "count"), [("Zoe", "zoetrope", 0), ("Zoe", "Zoë’s and zoe", 2), ("AI", "said", 0)])
def test_short_words_are_found_as_words_only(word: str, text: str, count: int) -> None:
    assert len(guarded_in([Section("Problem", text)], [word])) == count


def test_no_word_is_no_word() -> None:
    assert guarded_in([Section("Problem", "Anything – at all")], ["", "–", "…"]) == ()


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["Acme", "Straße", "Zürich AG", "O’Neill"]))
def test_nothing_around_it_hides_a_guarded_word(before: str, after: str, word: str) -> None:
    finds = guarded_in([Section("Problem", f"{before} {word} {after}")], [word])
    assert any(find.what == word for find in finds)


@given(st.text(max_size=200), st.data())
def test_what_stands_around_is_a_piece_of_the_text_on_one_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = around(text, start, end)
    assert "\n" not in shown
    assert shown.strip("…") in " ".join(text.split()) or not shown.strip("…").strip()


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("She said “the zip broke on the first day” twice.", ["the zip broke on the first day"]),
        ('"the zip broke on the first day"', ["the zip broke on the first day"]),
        ("«la cremallera se rompió el primer día»", ["la cremallera se rompió el primer día"]),
        ("„der Reißverschluss ist am ersten Tag gerissen“", ["der Reißverschluss ist am ersten Tag gerissen"]),
        ("> The zip broke on the first day.", ["The zip broke on the first day."]),
        ("The class “size and fit” won.", []),
        ("5 > 3 and so on and so on and so on", []),
    ],
)
def test_long_quotations_are_found(text: str, quotes: list[str]) -> None:
    assert [find.what for find in quotes_in(Section("Problem", text))] == quotes


def test_a_gate_lists_what_speaks_against() -> None:
    finds = (
        Find(GUARDED, "Acme", "Title", "At Acme"),
        found_at(Section("Problem", "Mail anna@x.com now"), PERSONAL, "anna@x.com", may_stay=False),
        Find(QUOTE, "the zip broke", "Problem", "", may_stay=True),
    )
    gate = Gate(finds, (Tick("agreed", "It was agreed.", "Say that it was agreed."),))
    assert gate.against([], []) == (
        "Title: the guarded word “Acme” stands in “At Acme”. Replace it, or take it out.",
        "Problem: “anna@x.com” looks like personal data, in “Mail anna@x.com now”. Take it out.",
        "Problem: “the zip broke” looks like somebody’s own words. Reword it, or say that it may stay.",
        "Say that it was agreed.",
    )
    stays = [find.id for find in finds]
    assert len(gate.against(["agreed"], stays)) == 2  # neither a guarded word nor an address may stay, whatever is sent
    assert gate.of(QUOTE) == finds[2:]
    assert Gate((), ()).against([], []) == ()
    assert Gate(finds[2:], ()).against([], [finds[2].id]) == ()


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Acme Corp", "At Acme&nbsp;Corp we"),
        ("Müller", "M&uuml;ller"),
        ("R&D", "The R&amp;D team"),
        ("Acme", "[our firm](https://a%63me.example)"),
        ("Northwind", "At North-wind we"),
        ("Northwind", "North wind’s"),
        ("Northwind", "North\u034fwind and N\u200borth\u2060wind"),
        ("Zoe", "Z\u034foe"),
        ("Søren", "Soren"),
        ("Lodz", "Łódź"),
        ("Đukić", "Dukic"),
        ("Ægir", "AEGIR"),
        ("Straße", "STRASSE"),
    ],
)
def test_what_is_printed_and_what_is_spread_out_is_found_too(word: str, text: str) -> None:
    finds = guarded_in([Section("Problem", text)], [word])
    assert {find.what for find in finds} == {word}


def test_letters_of_other_words_are_no_guarded_word() -> None:
    assert guarded_in([Section("Problem", "The north winds blew; forth window")], ["Northwind"]) == ()


def test_the_place_is_right_behind_letters_that_fold_into_two() -> None:
    (find,) = guarded_in([Section("Problem", "Æßæ (North-wind) ß")], ["Northwind"])
    assert find.around == "Æßæ (North-wind) ß"
    text = f"{'ß' * 60} North-wind {'æ' * 60}"
    assert "North-wind" in guarded_in([Section("Problem", text)], ["Northwind"])[0].around


def test_a_section_as_it_is_printed() -> None:
    section = Section("Problem", "Write to an*a*@example.com or ana&#64;example.com\n\n- [here](mailto:bob%40example.com)")
    assert printed(section).text.split() == [
        *("Write", "to", "ana@example.com", "or", "ana@example.com", "here"),
        "mailto:bob@example.com",
    ]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("She said ‘it doesn’t fit the way it did’ twice.", ["it doesn’t fit the way it did"]),
        ("‘the customers’ bags broke on day one’", ["the customers’ bags broke on day one"]),
        ("It doesn’t fit, and that isn’t what the others’ do", []),
        ("\u2039la fermeture a cassé le premier jour\u203a", ["la fermeture a cassé le premier jour"]),
        ("「the zip broke on the day」", ["the zip broke on the day"]),
        ('"the zip broke\non the first day"', ["the zip broke on the first day"]),
        ('A 5" and\n\na 7" one and so on and so on', []),
        ("> The zip broke\n> on the first day.", ["The zip broke on the first day."]),
        ("> The zip broke\non the first day.", ["The zip broke on the first day."]),
        ("- > The zip broke\n  > on the first day.", ["The zip broke on the first day."]),
        ("“the *zip* broke on the first day”", ["the zip broke on the first day"]),
        ("&ldquo;the zip broke on the first day&rdquo;", ["the zip broke on the first day"]),
    ],
)
def test_quotations_are_found_in_all_their_marks(text: str, quotes: list[str]) -> None:
    assert [find.what for find in quotes_in(Section("Problem", text))] == quotes
