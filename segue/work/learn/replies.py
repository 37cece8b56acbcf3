"""The reply of a listener, as it comes back by e-mail: a block of letters that a page made, checked before it is believed."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from segue.core.errors import UserError
from segue.evidence.texts import clean_line, clean_text

BEGIN, END = "SEGUE-REPLY-BEGIN", "SEGUE-REPLY-END"
BACKGROUNDS = ("non-technical", "technical")
MOST_SAID, MOST_LINE, MOST_BLOCK = 4000, 120, 200_000
MOST_IDEAS = 3  # in a sheet: half an hour of somebody's time
AGAIN = "Ask the listener for the whole block, from its first line to its last, or for the file that the page offers."
LETTERS = re.compile(r"[A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class Heard:
    """What a listener said of one idea. ``rating``: clarity from 1 to 5."""

    said: str
    rating: int


@dataclass(frozen=True)
class Reply:
    """A listener's reply. ``token`` names the sheet it answers."""

    token: str
    name: str
    role: str
    relation: str
    background: str
    comment: str
    ideas: tuple[Heard, ...]


def read_reply(text: str) -> Reply:
    """The reply in a message; what stands around the block, and marks of quotation in it, are passed over.

    Raises ``UserError`` where there is none, or it did not arrive whole.
    """
    if len(text) > MOST_BLOCK:
        raise UserError("This is too long for a reply.", "Paste only the message of the listener, or choose the file they sent.")
    begin, end = text.find(BEGIN), text.rfind(END)
    if begin < 0 or end < begin:
        raise UserError(f"No reply is in this text: a reply begins with {BEGIN} and ends with {END}.", AGAIN)
    packed = "".join(LETTERS.findall(text[begin + len(BEGIN) : end]))
    checksum, body = packed[:8], packed[8:]
    try:
        raw = base64.b64decode(body, validate=True)
        whole = int(checksum, 16) == zlib.crc32(raw)
        document = json.loads(raw) if whole else None
    except (ValueError, binascii.Error, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise UserError("The reply did not arrive whole: some of its letters are missing or changed.", AGAIN)
    return _reply(document)


def pack(document: Mapping[str, Any]) -> str:
    """A reply as a block, the way the listener's page makes it."""
    raw = json.dumps(document, ensure_ascii=False).encode()
    packed = f"{zlib.crc32(raw):08x}" + base64.b64encode(raw).decode()
    lines = [packed[at : at + 64] for at in range(0, len(packed), 64)]
    return "\n".join([BEGIN, *lines, END])


def as_kept(reply: Reply, block: str) -> dict[str, Any]:
    """A reply as its sheet keeps it: without the token, with the block as it came."""
    fields = asdict(reply)
    del fields["token"]
    return {**fields, "ideas": list(fields["ideas"]), "block": block}


def is_reply(kept: object, ideas: int) -> bool:
    """Whether something that an export holds is a reply to a sheet of so many ideas, as ``as_kept`` makes it."""
    if not isinstance(kept, dict) or not isinstance(kept.get("block"), str):
        return False
    try:
        reply = _reply({**kept, "token": ""})
    except UserError:
        return False
    return len(reply.ideas) == ideas and as_kept(reply, kept["block"]) == kept


def _reply(document: Mapping[str, Any]) -> Reply:
    ideas = document.get("ideas")
    if not isinstance(ideas, list) or not ideas or document.get("background") not in BACKGROUNDS:
        raise UserError("The reply lacks something: an idea, or the listener’s background.", AGAIN)
    name = _line(document.get("name"))
    if not name:
        raise UserError("The reply has no name in it.", "Ask the listener to put theirs in; a reply without one proves nothing.")
    return Reply(
        token=_line(document.get("token")),
        name=name,
        role=_line(document.get("role")),
        relation=_line(document.get("relation")),
        background=document["background"],
        comment=_text(document.get("comment")),
        ideas=tuple(map(_heard, ideas)),
    )


def _heard(idea: object) -> Heard:
    found = idea if isinstance(idea, dict) else {}
    rating = found.get("rating")
    if type(rating) is not int or not 1 <= rating <= 5:
        raise UserError("A rating in the reply is not from 1 to 5.", AGAIN)
    return Heard(_text(found.get("said")), rating)


def _line(value: object) -> str:
    text = clean_line(value) if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable())[:MOST_LINE]


def _text(value: object) -> str:
    text = clean_text(value).strip() if isinstance(value, str) else ""
    return text[:MOST_SAID]
