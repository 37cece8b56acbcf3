"""A talk as evidence: what would be recorded of it, for which activity, and whether what was recorded still says it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from segue.core.activity import Activity
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.actions import count_words
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.shared import clock
from segue.work.connect.models import Direction, Meeting, Owed, Purpose
from segue.work.connect.talk import KIND, Told, follow_up_fact, promise_words, quotes_in, text_of, title_of
from segue.work.connect.unnamed import SOMEBODY, without_names
from segue.work.connect.vocabulary import role_words

Choices = list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]
# What a talk proves that was held for no activity of the plan.
USUAL, INFORMATIONAL = ("C7",), ("T", "C7")


@dataclass(frozen=True)
class Composed:
    """What would be recorded. ``lacking``: words that are missing until it counts."""

    title: str
    body: str
    facts: dict[str, float | str]
    words: int
    lacking: int


@dataclass(frozen=True)
class TalkEvidence:
    """Where a talk stands in the ledger. ``is_changed``: what would be recorded now says something else."""

    entry: Entry | None
    is_changed: bool
    composed: Composed


def composed(meeting: Meeting, now: datetime, quotes: Sequence[str] = (), *, is_named: bool = False) -> Composed:
    """The talk as it would be recorded, by the role alone unless the person is fine with their name. Two queries."""
    role, learnt = role_words(meeting.person.role), meeting.insights.filter(direction=Direction.RECEIVED).order_by("id")
    hide = _hiding(meeting, is_named=is_named)  # in what was typed alone: somebody may be called May
    promised = [(each.by, promise_words(hide(each.what), each.due_on)) for each in meeting.commitments.order_by("id")]
    insights = [f"{hide(insight.text)} ({insight.get_about_display()})" for insight in learnt]
    told = Told(
        role=(f"{meeting.person.name}, {role}" if role else meeting.person.name) if is_named else role,
        purpose=meeting.get_purpose_display(),
        on=meeting.held_on or clock.today(),
        minutes=meeting.minutes,
        insights=tuple(insights),
        quotes=tuple(map(hide, quotes)),
        promised=tuple(words for by, words in promised if by == Owed.ME),
        expected=tuple(words for by, words in promised if by == Owed.THEM),
        thanks=hide(meeting.thanks) if meeting.thanked_at else "",
        thanked_on=clock.day_of(meeting.thanked_at) if meeting.thanked_at else None,
    )
    body = text_of(told)
    title = title_of(meeting.purpose, role, meeting.person.name if is_named else "")
    words = count_words(body)
    return Composed(title[:200], body, _facts(meeting, len(insights), now), words, max(0, least_words() - words))


def _hiding(meeting: Meeting, *, is_named: bool) -> Callable[[str], str]:
    named = () if is_named else ((meeting.person.name, SOMEBODY),)
    return lambda text: without_names(text, named)


def least_words() -> int:
    """The words from which on a talk counts."""
    return current().programme.kinds[KIND].min_words or 0


def _facts(meeting: Meeting, insights: int, now: datetime) -> dict[str, float | str]:
    role: dict[str, float | str] = {"role": meeting.person.role} if role_words(meeting.person.role) else {}
    return role | {"purpose": meeting.purpose, "insights": insights, "follow_up": follow_up_fact(meeting, now)}


def evidence_of(meeting: Meeting, now: datetime) -> TalkEvidence:
    """Where a talk stands in the ledger."""
    entry = standing(meeting.entry)
    if entry is None:
        return TalkEvidence(None, True, composed(meeting, now))
    said = allowed_quotes(meeting, entry)
    ways = [composed(meeting, now, said, is_named=is_named) for is_named in (False, True)]
    mine = next((way for way in ways if way.body == entry.body), None)
    is_same_text = mine is not None or not is_newest(meeting.entry_id, entry)
    facts = {name: entry.facts.get(name) for name in ways[0].facts}
    return TalkEvidence(entry, not (is_same_text and facts == ways[0].facts), mine or ways[0])


def allowed_quotes(meeting: Meeting, entry: Entry | None) -> tuple[str, ...]:
    """The quotes of the notes that stand in the ledger already."""
    said = entry.body.split("\n") if entry else []
    hide = _hiding(meeting, is_named=False)
    return tuple(quote for quote in quotes_in(meeting.notes) if f"> {quote}" in said or f"> {hide(quote)}" in said)


# --- which activity it is for ----------------------------------------------------------------------------------------------


def talk_activities(turn: Turn) -> tuple[Activity, ...]:
    """The activities of the plan that leave a conversation behind, in the order of their weeks."""
    return tuple(activity for activity in turn.programme.activities if activity.proves(KIND))


def fitting(turn: Turn, role: str, purpose: str) -> tuple[Activity, ...]:
    """Those that ask for a talk with such a person for such a purpose, those without one first."""
    fit = [activity for activity in talk_activities(turn) if _fits(activity, role, purpose)]
    return tuple(sorted(fit, key=lambda activity: not _is_wanted(turn, activity)))


def _fits(activity: Activity, role: str, purpose: str) -> bool:
    wanted = next(each.expected for each in activity.yields if each.kind == KIND)
    return (wanted.get("role"), wanted.get("purpose")) == (role, purpose)


def _is_wanted(turn: Turn, activity: Activity) -> bool:
    progress = turn.progress.get(activity.id)
    return progress is not None and any(each.kind == KIND for each in progress.ahead)


def activity_for(turn: Turn, planned: str, role: str, purpose: str) -> str:
    """The activity that a talk is for: the one it was planned for, else the first that fits and still wants one."""
    if any(activity.id == planned for activity in talk_activities(turn)):
        return planned
    found = (each for each in fitting(turn, role, purpose) if _is_wanted(turn, each))
    return next((activity.id for activity in found), "")


def activity_choices(turn: Turn, role: str, purpose: str) -> Choices:
    """The activities to choose from, those that fit first."""
    fit = fitting(turn, role, purpose)
    groups = (("These fit", fit), ("Other talks", [each for each in talk_activities(turn) if each not in fit]))
    shown = [(name, [(each.id, f"Week {each.week}: {each.title}") for each in group]) for name, group in groups if group]
    return [("", "No particular activity"), *shown]


def proven_by(activity_id: str, purpose: str) -> tuple[str, ...]:
    """The competencies that a talk proves."""
    activity = current().programme.by_id.get(activity_id)
    usual = INFORMATIONAL if purpose == Purpose.INFORMATIONAL else USUAL
    return (activity.proves(KIND) if activity else ()) or usual
