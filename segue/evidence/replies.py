"""The answer of a reviewer, as the file that was sent to them makes it: signed, and checked before it is believed.

The block holds ``format``, ``signed`` (the answer as JSON, letter for letter as it was signed) and ``mac``, the HMAC-SHA256 of
these letters under the key of the request (``review_file.js`` makes the same). Nothing is computed from what was not signed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from segue.core.errors import UserError
from segue.evidence.blocks import BEGIN, MOST_BLOCK, MOST_LINE, Sender, unpack
from segue.evidence.texts import clean_line, clean_text

REVIEWER = Sender("reviewer", "review")
FORMAT = 1
MOST_COMMENT, MOST_YEARS = 10_000, 70
# What the ledger keeps of who somebody is to the learner, and how a reviewer says it of themself.
REVIEWER_WORDS = {
    "Works in my team": "We work in the same team",
    "Works in another team of my company": "I work in another team of the same company",
    "My manager": "I am their manager",
    "Works in another company": "I work in another company",
    "Teaches or mentors me": "I teach or mentor them",
    "A user or customer": "I am a user or a customer",
    "A friend or relative": "I am a friend or a relative",
}
RELATIONS = tuple(REVIEWER_WORDS)

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Marked:
    """What a reviewer says of an artefact and of themself. ``marks``: criterion id -> met, of those they looked at."""

    name: str
    relation: str
    role: str
    years: int | None
    practises_ai: bool
    marks: Mapping[str, bool]
    comment: str
    on: date


@dataclass(frozen=True)
class Reply:
    """A block as it came. ``said`` is to be believed only once ``check_signature`` has passed."""

    token: str
    said: Document
    signed: str
    mac: str


def signature(secret: str, signed: str) -> str:
    """HMAC-SHA256, in hex, of the letters of an answer under the key of its request, which is hex too."""
    return hmac.new(bytes.fromhex(secret), signed.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def sealed(secret: str, said: Document) -> dict[str, Any]:
    """The document of a block, as the file makes it."""
    signed = json.dumps(said, ensure_ascii=False)
    return {"format": FORMAT, "signed": signed, "mac": signature(secret, signed)}


def read_reply(text: str) -> Reply:
    """The answer in a message; what stands around its block is passed over.

    Raises ``UserError`` where there is none, where it did not arrive whole, or where another version of Segue made it.
    """
    document = _document(text)
    if "signed" not in document:
        raise UserError("This is the answer to something else than a review.", "Import it where what it answers was made.")
    _check_format(document.get("format"))
    signed, mac = document["signed"], document.get("mac")
    said = _parsed(signed)
    if said is None or not isinstance(mac, str):
        raise UserError("The review is not written as the file writes it.", REVIEWER.again)
    return Reply(_line(said, "token", "The token"), said, signed, mac)


def check_signature(secret: str, reply: Reply) -> None:
    """Raises ``UserError`` where the answer is not the one that was signed."""
    if not hmac.compare_digest(signature(secret, reply.signed), reply.mac.encode("ascii", "replace").decode()):
        raise UserError(
            "The review was changed after it was signed, so it can't be taken.",
            "Ask the reviewer to open their file again and send its block as it is: what they typed is still there.",
        )


def from_document(said: Document, criteria: Collection[str]) -> Marked:
    """An answer, checked. ``criteria``: ids of those that were asked about. Raises ``UserError`` for what no page offers."""
    name, role = _line(said, "name", "The name"), _line(said, "role", "The role")
    if not name:
        raise UserError("The review has no name in it.", "Ask the reviewer for theirs: a review without one proves nothing.")
    if not role:
        raise UserError(
            "The review does not say what the reviewer’s work is.", "Ask the reviewer to say it and to send it again."
        )
    relation = said.get("relation")
    if relation not in RELATIONS:
        raise UserError("The review does not say how you know each other.", "Ask the reviewer to choose it and to send it again.")
    marks, comment = _marks(said.get("marks"), criteria), _comment(said.get("comment"))
    if not marks and not comment:
        raise UserError("Nothing is marked in the review, and nothing is said.", "Ask the reviewer to mark what they looked at.")
    return Marked(
        name=name,
        relation=str(relation),
        role=role,
        years=_years(said.get("years")),
        practises_ai=said.get("practises_ai") is True,
        marks=marks,
        comment=comment,
        on=_day(said.get("on")),
    )


def as_kept(marked: Marked, block: str) -> dict[str, Any]:
    """An answer as its request keeps it, with the block as it came; empty where it came by the link."""
    return {**asdict(marked), "marks": dict(marked.marks), "on": marked.on.isoformat(), "block": block}


def is_same(kept: Document | None, marked: Marked) -> bool:
    """Whether a kept answer says the same, on whatever day and in whatever block."""
    unimportant = {"on": "", "block": ""}
    return {**(kept or {}), **unimportant} == {**as_kept(marked, ""), **unimportant}


def is_kept(kept: object, criteria: Collection[str]) -> bool:
    """Whether something that an export holds is an answer as ``as_kept`` makes it."""
    if not isinstance(kept, dict) or not isinstance(kept.get("block"), str):
        return False
    try:
        return as_kept(from_document(kept, criteria), kept["block"]) == kept
    except UserError:
        return False


def _document(text: str) -> Document:
    """The block of a message. It may be in it again, quoted, or once as text and once as HTML."""
    pieces = [BEGIN + piece for piece in text.split(BEGIN)[1:]]
    if len(pieces) < 2 or len(text) > MOST_BLOCK:
        return unpack(text, REVIEWER)
    first, *others = (unpack(piece, REVIEWER) for piece in pieces)
    if any(other != first for other in others):
        raise UserError(
            "There is more than one review in this text.", "Paste one at a time: each from its first line to its last."
        )
    return first


def _check_format(made_by: object) -> None:
    if type(made_by) is not int:
        raise UserError("The review does not say in which form it is written.", REVIEWER.again)
    if made_by > FORMAT:
        raise UserError("The file of this review was made by a newer Segue.", "Update Segue here, then import it again.")
    if made_by < FORMAT:
        mend = "Download the file again, send it, and ask the reviewer to answer in it."
        raise UserError("The file of this review was made by an older Segue, whose answers are no longer read.", mend)


def _parsed(signed: object) -> Document | None:
    try:
        said = json.loads(signed) if isinstance(signed, str) else None
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _line(said: Document, name: str, label: str) -> str:
    value = said.get(name)
    line = "".join(letter for letter in clean_line(value) if letter.isprintable()) if isinstance(value, str) else ""
    if len(line) > MOST_LINE:
        raise UserError(f"{label} in the review has {len(line):,} letters; {MOST_LINE} is the most.", "Ask for a shorter one.")
    return line


def _comment(value: object) -> str:
    text = clean_text(value).strip() if isinstance(value, str) else ""
    if len(text) > MOST_COMMENT:
        mend = "Ask the reviewer to shorten it, or to send the rest as a document."
        raise UserError(f"The comment in the review has {len(text):,} characters; {MOST_COMMENT:,} is the most.", mend)
    return text


def _marks(value: object, criteria: Collection[str]) -> dict[str, bool]:
    marks = {} if value is None else value
    if not isinstance(marks, dict) or not all(type(met) is bool for met in marks.values()):
        raise UserError("A mark in the review is neither met nor not met.", REVIEWER.again)
    if strange := sorted(marks.keys() - set(criteria)):
        asked = "Ask for the block of the file that you sent for this request."
        raise UserError(f"The review marks a criterion that was not asked about: {clean_line(strange[0])[:60]}.", asked)
    return marks


def _years(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 <= value <= MOST_YEARS:
        raise UserError(
            f"The years of work with AI in the review are not from 0 to {MOST_YEARS}.", "Ask the reviewer to mend them."
        )
    return value


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else date.min
    except ValueError:
        return date.min
