"""Tokens become figures, and numbers typed by hand are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.work.build.tokens import filled, tokens_in, typed_numbers, unknown_in

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
KNOWN = st.dictionaries(NAMES, st.text(max_size=20), max_size=5)
WORDS = st.text(st.characters(blacklist_characters="{}"), max_size=30)


@given(KNOWN, st.lists(st.tuples(WORDS, NAMES), max_size=6), WORDS)
def test_each_token_becomes_its_figure_and_the_words_stay(known: dict[str, str], pieces: list[tuple[str, str]], end: str) -> None:
    text = "".join(f"{words}{{{name}}}" for words, name in pieces) + end
    wanted = "".join(words + known.get(name, f"{{{name}}}") for words, name in pieces) + end
    assert filled(text, known) == wanted
    assert tokens_in(text) == tuple(dict.fromkeys(name for _, name in pieces))
    assert unknown_in(text, known) == tuple(name for name in tokens_in(text) if name not in known)


@given(st.text(max_size=60), KNOWN)
def test_without_figures_nothing_changes(text: str, known: dict[str, str]) -> None:
    assert filled(text, {}) == text
    if not tokens_in(text):
        assert filled(text, known) == text


def test_a_figure_that_looks_like_a_token_is_not_put_in_again() -> None:
    assert filled("{a} and {b}", {"a": "{b}", "b": "{a}"}) == "{b} and {a}"


@pytest.mark.parametrize("text", ["{}", "{ score }", "{1}", "{a b}", "{{", "}score{", '{"key": 1}', "{-x}"])
def test_other_braces_are_words(text: str) -> None:
    assert tokens_in(text) == ()
    assert filled(text, {"score": "x", "a": "y", "key": "z"}) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It reached 0.71 on 380 rows.", ("0.71", "380")),
        ("It reached {score} on {test_rows} rows.", ()),
        ("71% of 1,950 rows", ("71%", "1,950")),
        ("It reached 0.65 (0.63 to 0.67), or 65%.", ()),
        ("18% had no theme, 18.2 percent to be exact, and 18.3% is wrong.", ("18.3%",)),
        ("2,000 rows, 2000 rows, 2001 rows", ("2001",)),
        ("2,001 rows", ("2,001",)),
        ("In 2026 we began, on 12 December 2026, 2026-12-14, 3.1.2027 and May 21.", ()),
        ("65 may be enough, 64 may not.", ("65", "64")),
        ("1950 rows, 1999 test rows, of 2024 reviews and **1901** customers", ("1950", "1999", "2024", "1901")),
        ("In 2024 customers wrote; since 2019 reviews came; until 2099. The survey of 2023. 2024 was long.", ()),
        ("In May 2025 reviews fell, and in all of 2024 the reviews, too.", ()),
        ("1899 of them, 2100 of them", ("1899", "2100")),
        ("It reached .7, then .71 (.65 at first).", (".71",)),
        ("Files end in .7z, as v.7 and the end.7 do...7", ()),
        ("Three of 12 classes in week 13, version 14, day 30.", ()),
        ("Thirteen is 13.", ("13",)),
        ("F1, macro-F1, B2B, v2.1 and x86", ()),
        ("a 95% confidence interval, a 95% interval", ()),
        ("right in 95% of cases", ("95%",)),
        ("5% off, 0.5 more", ("5%", "0.5")),
        ("0,71 as Germans write it; 0,65 as well", ("0,71",)),
        ("0.7 rounds it, 0.8 twice: 0.8", ("0.8",)),
        ("ends with 380.", ("380",)),
        ("€380 and 380€", ("380",)),
        ("", ()),
    ],
)
def test_numbers_typed_by_hand_are_those_that_no_figure_has(text: str, found: tuple[str, ...]) -> None:
    figures = ["0.65 (0.63 to 0.67) 0.6512", "400 400.0", "2,000 2000.0", "18.2% 0.182"]
    assert typed_numbers(text, figures) == found


@given(st.integers(13, 1899), st.integers(0, 99))
def test_any_number_is_found_without_figures_and_left_alone_with_its_own(whole: int, part: int) -> None:
    number = f"{whole}.{part:02}"
    assert typed_numbers(f"It is {number} today", []) == (number,)
    assert typed_numbers(f"It is {number} today", [number]) == ()
