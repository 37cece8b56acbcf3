"""Texts to begin an invitation with, by role and occasion, and what is still to be filled in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "content" / "invitations.yaml"
ANYBODY = ""
OTHER = "other"
SLOT = re.compile(r"\{(\w+)\}")
BRACKETS = re.compile(r"«([^«»\n]{1,200})»")
MOST_WORDS = 150  # the programme's: more than that nobody reads between two meetings


@dataclass(frozen=True)
class Occasion:
    """What one asks for. ``purpose`` is the word that an ask keeps; ``ask`` the question where the role has none of its own."""

    id: str
    label: str
    purpose: str
    subject: str
    text: str
    ask: str


@dataclass(frozen=True)
class Texts:
    """All that comes with Segue. ``roles``: what is said to each, by name of the part; that of nobody in particular is ``""``."""

    occasions: Mapping[str, Occasion]
    roles: Mapping[str, Mapping[str, str]]
    gaps: Mapping[str, str]
    notes: Mapping[str, str]
    things: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What is known of an invitation. ``question``: what the plan asks for; ``project``: the title of one's own project."""

    name: str
    me: str
    role: str = ANYBODY
    question: str = ""
    project: str = ""


@cache
def texts() -> Texts:
    """The texts that come with Segue."""
    import yaml

    document = yaml.safe_load(PATH.read_text("utf-8"))
    occasions = {
        name: Occasion(name, found["label"], found["purpose"], found["subject"], found["text"], found.get("ask", ""))
        for name, found in document["occasions"].items()
    }
    return Texts(occasions, document["roles"], document["gaps"], document["notes"], document["things"])


def occasion_choices() -> list[tuple[str, str]]:
    """The occasions, as value and words."""
    return [(occasion.id, occasion.label) for occasion in texts().occasions.values()]


def occasion_like(purpose: str, usual: str) -> str:
    """The occasion of an ask with this purpose: the usual one where it fits, else the first that does."""
    found = texts().occasions
    if found[usual].purpose == purpose:
        return usual
    return next((each.id for each in found.values() if each.purpose == purpose != OTHER), OTHER)


def compose(occasion_id: str, known: Known) -> str:
    """The text to begin with. What only a person can say stands in it «like this»."""
    found = texts()
    occasion, role = found.occasions[occasion_id], _role(known.role)
    told = {
        "name": known.name,
        "me": known.me,
        "plural": role["plural"],
        "bring": role["bring"],
        "ask": known.question or role.get(occasion_id) or occasion.ask,
        "project": f"“{known.project}”" if known.project else "",
    }
    gaps = {name: f"«{words}»" for name, words in _gaps_of(role).items()}
    return _filled(occasion.text, gaps | {name: words for name, words in told.items() if words})


def _role(role: str) -> Mapping[str, str]:
    roles = texts().roles
    return roles.get(role, roles[ANYBODY])


def _gaps_of(role: Mapping[str, str]) -> dict[str, str]:
    return {name: words.replace("{hint}", role["hint"]) for name, words in texts().gaps.items()}


def _filled(text: str, told: Mapping[str, str]) -> str:
    return SLOT.sub(lambda slot: told[slot[1]], text).strip()


def note(name: str, known: Known, purpose: str, sent: str = "") -> str:
    """A short message that goes with an ask: ``reminder``, ``no``, ``yes``."""
    things = texts().things
    told = {"name": known.name, "me": known.me, "sent": sent, "thing": things.get(purpose, things["other"])}
    return _filled(texts().notes[name], told)


@cache
def _known_gaps() -> frozenset[str]:
    return frozenset(words for role in texts().roles.values() for words in _gaps_of(role).values())


def gaps_in(text: str) -> tuple[str, ...]:
    """What is still to be filled, each once. Words that somebody else put in such marks are quoted, and no gap."""
    return tuple(dict.fromkeys(words for words in BRACKETS.findall(text) if words in _known_gaps()))


def leftovers_in(text: str) -> tuple[str, ...]:
    """What stands in the marks of a gap and is none: filled, and the marks forgotten, or a quotation."""
    return tuple(dict.fromkeys(words for words in BRACKETS.findall(text) if words not in _known_gaps()))
