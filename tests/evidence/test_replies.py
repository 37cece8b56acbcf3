"""A signed answer: it comes back as it was given, or it is refused."""

from __future__ import annotations

import hashlib
import hmac
import json
import zlib
from base64 import b64encode
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.evidence.blocks import BEGIN, END, pack
from segue.evidence.replies import (
    MOST_COMMENT,
    RELATIONS,
    Marked,
    as_kept,
    check_signature,
    from_document,
    is_kept,
    is_same,
    read_reply,
    sealed,
    signature,
)

SECRET = "0f" * 32
CRITERIA = ("c2-3-charter", "c2-2-frame")
SAID: dict[str, Any] = {
    "token": "t" * 32,
    "name": "Marco",
    "relation": "My manager",
    "role": "Data scientist",
    "years": 7,
    "practises_ai": True,
    "marks": {"c2-3-charter": True, "c2-2-frame": False},
    "comment": "Small enough.\nGood.",
    "on": "2026-11-23",
}
LINES = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=100)
REPLIES = st.fixed_dictionaries(
    {
        "token": st.text("0123456789abcdef", min_size=32, max_size=32),
        "name": LINES,
        "relation": st.sampled_from(RELATIONS),
        "role": LINES,
        "years": st.none() | st.integers(0, 70),
        "practises_ai": st.booleans(),
        "marks": st.dictionaries(st.sampled_from(CRITERIA), st.booleans(), min_size=1),
        "comment": st.text(max_size=200),
        "on": st.dates().map(date.isoformat),
    }
)


def read(block: str, secret: str = SECRET) -> Marked:
    reply = read_reply(block)
    check_signature(secret, reply)
    return from_document(reply.said, CRITERIA)


def block(**more: Any) -> str:
    return pack(sealed(SECRET, {**SAID, **more}))


@given(REPLIES)
def test_any_answer_comes_back_as_it_was_given(said: dict[str, Any]) -> None:
    packed = pack(sealed(SECRET, said))
    quoted = "Dear Priya,\r\n" + "\r\n".join(f"> {line}" for line in packed.splitlines()) + "\r\nMarco"
    marked = read(quoted)
    assert marked == read(packed)
    names = ("relation", "years", "practises_ai", "marks")
    assert [getattr(marked, name) for name in names] == [said[name] for name in names]
    assert marked.on == date.fromisoformat(said["on"])
    assert is_kept(as_kept(marked, packed), CRITERIA)
    assert json.loads(json.dumps(as_kept(marked, packed))) == as_kept(marked, packed)


@given(st.data(), REPLIES)
def test_any_changed_byte_is_refused_or_changes_nothing(data: st.DataObject, said: dict[str, Any]) -> None:
    packed = pack(sealed(SECRET, said)).encode()
    at = data.draw(st.integers(0, len(packed) - 1))
    changed = packed[:at] + bytes([packed[at] ^ data.draw(st.integers(1, 255))]) + packed[at + 1 :]
    try:
        found = read(changed.decode("utf-8", "replace"))
    except UserError:
        return
    assert found == read(packed.decode())


@given(st.data(), REPLIES)
def test_who_mends_the_checksum_too_is_caught_by_the_signature(data: st.DataObject, said: dict[str, Any]) -> None:
    document = sealed(SECRET, said)
    raw = bytearray(json.dumps(document, ensure_ascii=False).encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    forged = f"{BEGIN}\n{zlib.crc32(raw):08x}{b64encode(raw).decode()}\n{END}"
    try:
        found = read(forged)
    except UserError:
        return
    assert found == read(pack(document))


def test_the_signature_is_the_one_of_the_standard() -> None:
    expected = hmac.new(b"\x0f" * 32, "é“💡".encode(), hashlib.sha256).hexdigest()
    assert signature(SECRET, "é“💡") == expected
    assert signature("00" * 32, "") == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"


def test_a_mark_changed_by_hand_is_told_as_such() -> None:
    document = sealed(SECRET, SAID)
    forged = pack({**document, "signed": document["signed"].replace("false", "true")})
    with pytest.raises(UserError, match="was changed after it was signed"):
        read(forged)
    with pytest.raises(UserError, match="was changed after it was signed"):
        read(block(), secret="ff" * 32)
    with pytest.raises(UserError, match="was changed after it was signed"):
        read(pack({**document, "mac": "é"}))


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"token": "t", "ideas": []}, "answer to something else"),
        ({"labels": []}, "answer to something else"),
        ({**sealed(SECRET, SAID), "format": 2}, "made by a newer Segue. Update Segue here"),
        ({**sealed(SECRET, SAID), "format": 0}, "made by an older Segue"),
        ({**sealed(SECRET, SAID), "format": "1"}, "in which form"),
        ({**sealed(SECRET, SAID), "format": True}, "in which form"),
        ({**sealed(SECRET, SAID), "mac": None}, "not written as the file writes it"),
        ({**sealed(SECRET, SAID), "signed": "[]"}, "not written as the file writes it"),
        ({**sealed(SECRET, SAID), "signed": "{"}, "not written as the file writes it"),
        ({**sealed(SECRET, SAID), "signed": "[" * 100_000}, "not written as the file writes it"),
        ({**sealed(SECRET, SAID), "signed": 5}, "not written as the file writes it"),
    ],
)
def test_what_no_file_of_this_segue_made_is_refused(document: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError) as error:
        read_reply(pack(document))
    assert words in str(error.value)


def test_no_block_and_a_cut_one_are_told() -> None:
    for text in ("", "Fine by me.", f"{END} {BEGIN}"):
        with pytest.raises(UserError, match="No review is in this text"):
            read_reply(text)
    with pytest.raises(UserError, match="did not arrive whole"):
        read_reply(block().replace("\n", "\n", 1)[:-60] + END)


def test_one_message_may_hold_an_answer_twice_and_never_two_answers() -> None:
    quoted = "\r\n".join(f"> {line}" for line in block().splitlines())
    assert read(f"{block()}\r\n\r\nOn Monday you wrote:\r\n{quoted}") == read(block())
    with pytest.raises(UserError, match="more than one review"):
        read_reply(f"{block()}\n{block(name='Ines')}")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": " \u200b "}, "no name in it"),
        ({"name": 5}, "no name in it"),
        ({"name": "x" * 121}, "121 letters; 120 is the most"),
        ({"role": ""}, "what the reviewer’s work is"),
        ({"role": "x" * 500}, "500 letters"),
        ({"relation": "Her twin"}, "how you know each other"),
        ({"relation": ["My manager"]}, "how you know each other"),
        ({"years": 71}, "not from 0 to 70"),
        ({"years": -1}, "not from 0 to 70"),
        ({"years": 1e9}, "not from 0 to 70"),
        ({"years": True}, "not from 0 to 70"),
        ({"years": "7"}, "not from 0 to 70"),
        ({"marks": {"c1-1-other": True}}, "a criterion that was not asked about: c1-1-other"),
        ({"marks": {"c2-3-charter": 1}}, "neither met nor not met"),
        ({"marks": [True]}, "neither met nor not met"),
        ({"marks": {}, "comment": " "}, "Nothing is marked"),
        ({"comment": "x" * (MOST_COMMENT + 1)}, "10,001 characters"),
    ],
)
def test_what_the_page_does_not_offer_is_refused(more: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError) as error:
        read(block(**more))
    assert words in str(error.value)
    assert error.value.hint


def test_what_no_keyboard_types_is_dropped() -> None:
    signed = json.dumps({**SAID, "name": "Mar\u202eco\x00", "comment": "a\x00b\ud800"})  # a browser escapes these as well
    marked = read(pack({"format": 1, "signed": signed, "mac": signature(SECRET, signed)}))
    assert (marked.name, marked.comment) == ("Marco", "ab")


def test_a_day_that_can_not_be_read_is_none() -> None:
    assert [read(block(on=on)).on for on in ("soon", None, "2026-02-30")] == [date.min] * 3


def test_the_same_words_on_another_day_are_the_same_answer() -> None:
    marked = read(block())
    kept = as_kept(marked, "block")
    assert is_same(kept, read(block(on="2026-11-25")))
    assert not is_same(kept, read(block(years=8)))
    assert not is_same(None, marked)


def test_what_an_export_holds_is_looked_at() -> None:
    kept = as_kept(read(block()), "block")
    assert is_kept(kept, CRITERIA)
    assert not is_kept(kept, ())
    assert not is_kept({**kept, "years": "many"}, CRITERIA)
    assert not is_kept({**kept, "block": None}, CRITERIA)
    assert not is_kept({**kept, "more": 1}, CRITERIA)
    assert not is_kept(None, CRITERIA)
