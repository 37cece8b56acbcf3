"""Answers that come back by e-mail: a block of letters that a page made, checked before it is believed.

The page is a file without a network (``evidence/answer_file.js``); the block survives what mail programs do to a text.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from segue.core.errors import UserError
from segue.evidence.texts import clean_line, clean_text

BEGIN, END = "SEGUE-REPLY-BEGIN", "SEGUE-REPLY-END"
MOST_LINE, MOST_BLOCK = 120, 200_000
LETTERS = re.compile(r"[A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class Sender:
    """Who sends such blocks, as messages call them and what they send: ``listener``, ``reply``."""

    who: str
    what: str

    @property
    def again(self) -> str:
        """How damage is mended."""
        return f"Ask the {self.who} for the whole block, from its first line to its last, or for the file that the page offers."


def unpack(text: str, sender: Sender) -> Mapping[str, Any]:
    """What the block in a message says; what stands around it, and marks of quotation in it, are passed over.

    Raises ``UserError`` where there is none, or it did not arrive whole.
    """
    if len(text) > MOST_BLOCK:
        mend = f"Paste only the message of the {sender.who}, or choose the file they sent."
        raise UserError(f"This is too long for {_with_article(sender.what)}.", mend)
    begin, end = text.find(BEGIN), text.rfind(END)
    if begin < 0 or end < begin:
        one = _with_article(sender.what)
        raise UserError(f"No {sender.what} is in this text: {one} begins with {BEGIN} and ends with {END}.", sender.again)
    document = _document("".join(LETTERS.findall(text[begin + len(BEGIN) : end])))
    if not isinstance(document, dict):
        raise UserError(f"The {sender.what} did not arrive whole: some of its letters are missing or changed.", sender.again)
    return document


def pack(document: Mapping[str, Any]) -> str:
    """A document as a block, the way such a page makes it."""
    raw = json.dumps(document, ensure_ascii=False).encode()
    packed = f"{zlib.crc32(raw):08x}" + base64.b64encode(raw).decode()
    lines = [packed[at : at + 64] for at in range(0, len(packed), 64)]
    return "\n".join([BEGIN, *lines, END])


def line_of(value: object) -> str:
    """A line that somebody typed into such a page: printable, and no longer than a name is."""
    text = clean_line(value) if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable())[:MOST_LINE]


def text_of(value: object, most: int) -> str:
    """A text that somebody typed into such a page."""
    text = clean_text(value).strip() if isinstance(value, str) else ""
    return text[:most]


def _document(packed: str) -> object:
    checksum, body = packed[:8], packed[8:]
    try:
        raw = base64.b64decode(body, validate=True)
        return json.loads(raw) if int(checksum, 16) == zlib.crc32(raw) else None
    except (ValueError, binascii.Error, RecursionError):
        return None


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
