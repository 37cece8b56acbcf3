"""Asking by rules: where an ask stands, whom the plan means, and which ask answers which request of the plan."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from segue.core.activity import Activity, PeopleNeed
from segue.core.plan import Request

PATIENCE = timedelta(days=7)  # five working days, and the weekend
KIND = "request"
MENTOR = "mentor"
INVITE = "w11-invite"
INVITED_BY = 12  # the week of the programme in which a month 4 without an invitation is in danger
# What an activity asks for, where neither the talk it leaves behind nor its question says so.
OCCASIONS: Mapping[str, str] = {
    "w04-ask-data-owner": "permission",
    "w05-listener": "other",
    "w06-ask-data-scientist": "partner",
    "w06-ask-mentor": "mentor",
    "w08-briefing": "other",
    "w09-permission": "permission",
    "w10-checkpoint": "labels",
    "w11-agreement": "labels",
    "w13-demo": "other",
    "w17-counterparts": "other",
    "w20-ask-month-6": "informational",
    "w25-mock-first": "mock",
    "w25-mock-second": "mock",
    "w25-mock-third": "mock",
    "w26-teach": "other",
    INVITE: "workflow",
}
# What the plan calls people, and the roles of those it means.
MEANT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("data scientist", ("data-scientist",)),
    ("data engineer", ("data-engineer",)),
    ("software engineer", ("ml-engineer",)),
    ("ml engineer", ("ml-engineer",)),
    ("ai product manager", ("ai-pm",)),
    ("privacy", ("legal-privacy",)),
    ("legal", ("legal-privacy",)),
    ("senior product", ("leader",)),
    ("sales", ("business",)),
    ("support", ("support",)),
)
HOW_MANY = {"two": 2, "three": 3, "four": 4, "five": 5}


class Standing(StrEnum):
    """Where an ask stands. ``remind`` and ``next`` say what to do now: no answer came for seven days, or after the reminder."""

    DRAFT = "draft"
    SENT = "sent"
    REMIND = "remind"
    REMINDED = "reminded"
    NEXT = "next"
    YES = "yes"
    NO = "no"
    SILENT = "silent"


WAITING = frozenset((Standing.SENT, Standing.REMIND, Standing.REMINDED))
OPEN = WAITING | {Standing.NEXT}


def occasion_of(activity: Activity | None) -> str:
    """The text with which one asks for an activity."""
    if activity is None:
        return "workflow"
    purposes = (str(each.expected.get("purpose", "")) for each in activity.yields)
    return OCCASIONS.get(activity.id) or next(filter(None, purposes), "review")


def need_of(activity: Activity | None, role: str, relation: str) -> PeopleNeed | None:
    """What an activity needs of somebody: what fits them, else its first need."""
    needs = activity.people if activity else ()
    return next((need for need in needs if fits(need.who, role, relation)), needs[0] if needs else None)


def revision_of(text: str) -> int:
    """A number that tells one text from another, by which a second window is noticed."""
    return zlib.crc32(text.encode()) % 1_000_000_000  # nine digits at most, as forms take them


def standing_of(sent_on: date | None, reminded_on: date | None, answer: str, today: date) -> Standing:
    """Where an ask stands on a day."""
    if sent_on is None:
        return Standing.DRAFT
    if answer:
        return Standing(answer)
    if reminded_on is not None:
        return Standing.NEXT if today >= reminded_on + PATIENCE else Standing.REMINDED
    return Standing.REMIND if today >= sent_on + PATIENCE else Standing.SENT


def roles_meant(who: str) -> frozenset[str]:
    """The roles of those whom a request of the plan names; none where it says nothing of a role."""
    words = who.casefold()
    return frozenset(role for name, roles in MEANT if name in words for role in roles)


def fits(who: str, role: str, relation: str) -> bool:
    """Whether somebody is whom a request names by role or relation. One that names neither fits nobody in particular."""
    return relation == MENTOR if MENTOR in who.casefold() else role in roles_meant(who)


def is_open_to_all(who: str) -> bool:
    """Whether a request names neither a role nor the mentor."""
    return MENTOR not in who.casefold() and not roles_meant(who)


def how_many(who: str) -> int:
    """How many people a request names."""
    return next((HOW_MANY[word] for word in re.findall(r"[a-z]+", who.casefold()) if word in HOW_MANY), 1)


@dataclass(frozen=True)
class Asked:
    """What the rules need of an ask: for which activity, of whom, and where it stands."""

    key: str
    activity_id: str
    role: str
    relation: str
    standing: Standing


def answering(
    requests: Sequence[Request], asked: Sequence[Asked], waits: Mapping[str, Collection[str]]
) -> dict[int, tuple[Asked, ...]]:
    """The asks of each request, by its place. ``waits``: the activities that an activity waits for, where people are asked.

    An ask for the activity of a request answers what fits the person, else what names nobody in particular, else the first. One
    made where people are asked, such as eight invitations at once, answers the requests that wait for it in the same way, but
    nothing where none fits.
    """
    found: dict[int, list[Asked]] = {}
    for each in asked:
        for place in _places(requests, each, waits):
            found.setdefault(place, []).append(each)
    return {place: tuple(asks) for place, asks in found.items()}


def _places(requests: Sequence[Request], each: Asked, waits: Mapping[str, Collection[str]]) -> list[int]:
    own = [i for i, request in enumerate(requests) if request.task_id == each.activity_id]
    if own:
        return _fitting(requests, own, each) or own[:1]
    after = [i for i, request in enumerate(requests) if each.activity_id in waits.get(request.task_id, ())]
    return _fitting(requests, after, each)


def _fitting(requests: Sequence[Request], places: Sequence[int], each: Asked) -> list[int]:
    named = [i for i in places if fits(requests[i].who, each.role, each.relation)]
    return named or [i for i in places if is_open_to_all(requests[i].who)]


class Headway(StrEnum):
    """How far one is with a request of the plan."""

    OPEN = "open"
    DRAFTED = "drafted"
    WAITING = "waiting"
    SETTLED = "settled"


def headway_of(who: str, asks: Sequence[Asked]) -> Headway:
    """How far one is: settled with as many yeses as people are named, waiting while answers that could do it are out."""
    wanted = how_many(who)
    yes = sum(1 for each in asks if each.standing == Standing.YES)
    out = sum(1 for each in asks if each.standing in WAITING)
    if yes >= wanted:
        return Headway.SETTLED
    if yes + out >= wanted:
        return Headway.WAITING
    return Headway.DRAFTED if any(each.standing == Standing.DRAFT for each in asks) else Headway.OPEN
