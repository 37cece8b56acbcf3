"""The reply of a listener, as it comes back by e-mail: a block of letters that a page made, checked before it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from segue.core.errors import UserError
from segue.evidence.blocks import Sender, line_of, text_of, unpack

BACKGROUNDS = ("non-technical", "technical")
MOST_SAID = 4000
MOST_IDEAS = 3  # in a sheet: half an hour of somebody's time
LISTENER = Sender("listener", "reply")


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
    return _reply(unpack(text, LISTENER))


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
        raise UserError("The reply lacks something: an idea, or the listener’s background.", LISTENER.again)
    name = line_of(document.get("name"))
    if not name:
        raise UserError("The reply has no name in it.", "Ask the listener to put theirs in; a reply without one proves nothing.")
    return Reply(
        token=line_of(document.get("token")),
        name=name,
        role=line_of(document.get("role")),
        relation=line_of(document.get("relation")),
        background=document["background"],
        comment=text_of(document.get("comment"), MOST_SAID),
        ideas=tuple(map(_heard, ideas)),
    )


def _heard(idea: object) -> Heard:
    found = idea if isinstance(idea, dict) else {}
    rating = found.get("rating")
    if type(rating) is not int or not 1 <= rating <= 5:
        raise UserError("A rating in the reply is not from 1 to 5.", LISTENER.again)
    return Heard(text_of(found.get("said"), MOST_SAID), rating)
