from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from segue.evidence.comparison import MOST_LINES, compare

LINES = st.lists(st.sampled_from(["same line", "other line", "", "word one two", "word one three"]), max_size=12).map("\n".join)


def test_a_changed_word_is_shown_within_its_line() -> None:
    pieces = compare("Recall below 0.70 ends it.\n", "Recall below 0.75 ends it.\n").pieces
    assert [(p.sort, p.text) for p in pieces] == [
        ("same", "Recall below 0."),
        ("gone", "70"),
        ("new", "75"),
        ("same", " ends it.\n"),
    ]


def test_long_unchanged_stretches_are_left_out_with_their_length() -> None:
    old = "".join(f"line {n}\n" for n in range(30))
    pieces = compare(old, old + "more\n").pieces
    assert [(p.sort, p.lines) for p in pieces] == [("left-out", 28), ("same", 0), ("new", 0)]


def test_two_different_texts_are_not_cut_into_words() -> None:
    assert [p.sort for p in compare("alpha beta gamma", "delta epsilon zeta eta").pieces] == ["gone", "new"]


def test_the_same_text_does_not_differ() -> None:
    assert not compare("one\ntwo\n", "one\ntwo\n").differs
    assert compare("", "one").differs


def test_very_long_texts_are_not_compared() -> None:
    assert compare("\n" * (MOST_LINES + 1), "x").too_long


@given(LINES, LINES)
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = compare(old, new).pieces
    for text, sorts in ((old, ("same", "gone")), (new, ("same", "new"))):
        shown = "".join(p.text for p in pieces if p.sort in sorts)
        left_out = sum(p.lines for p in pieces)
        assert len(shown.splitlines()) + left_out == len(text.splitlines())
        assert left_out or shown == text
