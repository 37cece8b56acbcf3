"""A reply survives what mail programs do to it, and damage is noticed."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.evidence.blocks import END, pack
from segue.evidence.texts import clean_text
from segue.work.learn.replies import Heard, is_reply, read_reply

REPLY: dict[str, Any] = {
    "token": "t",
    "name": "Ben",
    "role": "Support",
    "relation": "Works in my team",
    "background": "non-technical",
    "comment": "Fine",
    "ideas": [{"said": "A recipe, not a “fact”.", "rating": 4}],
}


def test_half_a_surrogate_pair_from_a_hand_made_reply_is_dropped() -> None:
    raw = json.dumps({**REPLY, "name": "Be\ud800n", "comment": "a\udc00\0b", "ideas": [{"said": "\ud83d", "rating": 3}]}).encode()
    packed = f"{zlib.crc32(raw):08x}{base64.b64encode(raw).decode()}"
    reply = read_reply(f"SEGUE-REPLY-BEGIN\n{packed}\n{END}")
    assert (reply.name, reply.comment, reply.ideas) == ("Ben", "ab", (Heard("", 3),))


@given(st.text(max_size=300), st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_what_was_said_comes_back_whatever_stands_around_it(around: str, said: str) -> None:
    block = pack({**REPLY, "ideas": [{"said": said, "rating": 5}]})
    quoted = "\r\n".join(f"> > {line}" for line in block.splitlines())
    before = around.replace("SEGUE", "")
    for text in (block, quoted, f"{before}\n{block}\n{before}", block.replace("\n", " ")):
        assert read_reply(text).ideas == (Heard(clean_text(said).strip(), 5),)


def test_every_single_changed_letter_is_noticed() -> None:
    block = pack(REPLY)
    start, end = block.index("\n") + 1, block.index(END) - 1
    for at in range(start, end):
        if block[at] not in "\n=":
            changed = block[:at] + ("A" if block[at] != "A" else "B") + block[at + 1 :]
            with pytest.raises(UserError, match="did not arrive whole"):
                read_reply(changed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "No reply is in this text"),
        ("SEGUE-REPLY-END SEGUE-REPLY-BEGIN", "No reply is in this text"),
        ("SEGUE-REPLY-BEGIN SEGUE-REPLY-END", "did not arrive whole"),
        (pack(REPLY).replace("\n", "\nAAAA", 1), "did not arrive whole"),
        ("x" * 200_001, "too long"),
        (pack({**REPLY, "name": " "}), "no name"),
        (pack({**REPLY, "ideas": []}), "lacks something"),
        (pack({**REPLY, "background": "all"}), "lacks something"),
        (pack({**REPLY, "ideas": [{"said": "x", "rating": 6}]}), "not from 1 to 5"),
        (pack({**REPLY, "ideas": [{"said": "x", "rating": True}]}), "not from 1 to 5"),
        (pack({**REPLY, "ideas": ["x"]}), "not from 1 to 5"),
    ],
)
def test_what_is_no_reply_is_told(text: str, words: str) -> None:
    with pytest.raises(UserError) as fault:
        read_reply(text)
    assert words in str(fault.value)


def test_what_an_export_holds_is_checked() -> None:
    kept = {name: value for name, value in REPLY.items() if name != "token"} | {"block": "b"}
    assert is_reply(kept, 1)
    assert not is_reply(kept, 2)
    assert not is_reply({**kept, "block": None}, 1)
    assert not is_reply({**kept, "more": 1}, 1)
    assert not is_reply({**kept, "name": ""}, 1)
    assert not is_reply("x", 1)
