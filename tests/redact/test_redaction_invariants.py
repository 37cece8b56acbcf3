from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lab.redact import redact
from feedback_lab.redact.checksums import iban_valid, luhn_valid

# What the patterns look for, in pieces, so that they meet in ways nobody thought of.
PIECES = """
jo@example.com @jo a@ @ . .. , ; : :: - ( ) + x / // http:// www.a.b/c [EMAIL] [CARD] [ EMAIL ] card cc call Mobile: number
order iban ssn passport account 4111111111111111 4111 1111 12 0 00
01 541-714-1388 +41 071 853-37-1694 GB29NWBK60161331926819 GB29
NWBK 6016 41.173.96.26 1.2.3.4 fe80::1:2:3 2026-10-12
Mr. Dear Hi my name is Jo Smith regards this is from lives at Main Street St Rue de ul.
Nybyvägen Apt. Suite IL 62704 zip PO Box corner of and é İ dot at com (at) u/jo
"""
ODD = ["\u200b", "\u00ad", "\uff11\uff12", "\uff20"]
GAPS = st.sampled_from(["", " ", " ", "\n", ", "])
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(st.sampled_from([*PIECES.split(), *ODD]), GAPS), max_size=16).map(
        lambda many: "".join(a + b for a, b in many)
    ),
)
CARD = st.text("0123456789", min_size=15, max_size=15).map(
    lambda start: start + next(d for d in "0123456789" if luhn_valid(start + d))
)
IBAN = st.tuples(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4), st.text("0123456789", min_size=14, max_size=14)
).map(lambda parts: next(iban for n in range(100) if iban_valid(iban := f"GB{n:02}{parts[0]}{parts[1]}")))


@settings(max_examples=500)
@given(TEXTS)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once
    assert redact(once).spans == ()


@settings(max_examples=500)
@given(TEXTS)
def test_spans_are_sorted_apart_and_inside_and_the_rest_is_kept(text: str) -> None:
    redacted = redact(text)
    at, rebuilt = 0, ""
    for kind, start, end in redacted.spans:
        assert at <= start < end <= len(text)
        rebuilt += text[at:start] + f"[{kind}]"
        at = end
    assert redacted.text == rebuilt + text[at:]


@settings(max_examples=300)
@given(
    TEXTS,
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,20}@[A-Za-z0-9][A-Za-z0-9.-]{0,20}\.[A-Za-z]{2,8}", fullmatch=True),
    TEXTS,
)
def test_no_email_survives(before: str, email: str, after: str) -> None:
    found = re.search(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", redact(f"{before} {email} {after}").text)
    assert found is None


@settings(max_examples=300)
@given(TEXTS, st.one_of(CARD, IBAN), TEXTS)
def test_no_card_and_no_iban_survives(before: str, number: str, after: str) -> None:
    left = redact(f"{before} {number} {after}").text
    assert not any(luhn_valid(digits) and len(set(digits)) > 1 for digits in re.findall(r"(?<![\w.,])[0-9]{16}(?!\w)", left))
    assert not any(iban_valid(iban) for iban in re.findall(r"(?<!\w)GB[0-9]{2}[A-Z]{4}[0-9]{14}(?!\w)", left))


REPEATED = """
1 @ a@ a. 1- 1. ( + 0_ 01_ [EMAIL] card_4111111111111111_ my_name_is_ Dear_ A_B_ 12_A_ GB12 ab12 : f: http:// u/ @a zip_ call_1
- x_at_y_dot_com_ 1_ 1_2_ (1) 1.1.1.1 999-99-9999 555-123-4567_ account_number_ lives_at_12_ 1_Aa_Aa_Aa_Aa_1 1_u._1_
corner_of_a_ a@b.c_ İ ()[]{} f:1: Mr._A._ card_12_
"""


@pytest.mark.slow
@pytest.mark.parametrize("piece", [*(piece.replace("_", " ") for piece in REPEATED.split()), *ODD])
def test_no_text_takes_for_ever(piece: str) -> None:
    """100,000 characters of the same: a pattern that tries all ways to match would still be running tomorrow."""
    text = (piece * 100_000)[:100_000]
    assert len(redact(text).text) > 0
