"""What was told to listeners, what can be told, and what wants to be told again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segue.accounts.models import Learner
from segue.core.listening import next_check
from segue.core.loop import Turn
from segue.curriculum import current
from segue.curriculum.concept import Concept
from segue.shared import clock
from segue.work.learn.models import ListenerSheet
from segue.work.learn.queries.mastery import kept_explanations, wanting, withdrawn_by

KIND = "listener-session"  # of evidence


@dataclass(frozen=True)
class Told:
    """A recorded text that a listener may be given, and how it went with listeners so far."""

    concept_id: str
    name: str
    text: str
    heard: int
    again_on: date | None
    is_due: bool


@dataclass(frozen=True)
class SheetRow:
    """A sheet in a list. ``state``: open, expired, answered or recorded."""

    sheet: ListenerSheet
    names: str
    state: str


@dataclass(frozen=True)
class Compared:
    """An idea: what was told, what a right explanation holds, and what the listener said."""

    concept: Concept | None
    name: str
    text: str
    said: str
    rating: int | None
    said_back: bool | None


def told_by(learner: Learner) -> Mapping[str, Told]:
    """The newest recorded text of each concept, whatever the clarity check said, by concept id in the order of the concepts."""
    newest = {row.concept_id: row.text for row in kept_explanations(learner)}
    heard = _heard(learner)
    return {
        concept.id: _told(concept, newest[concept.id], heard.get(concept.id, []))
        for concept in current().concepts
        if concept.id in newest
    }


def told_about(learner: Learner, concept: Concept, text: str) -> Told:
    """The same for one concept, of which ``text`` is the newest."""
    return _told(concept, text, _heard(learner).get(concept.id, []))


def _told(concept: Concept, text: str, days: Sequence[tuple[date, bool]]) -> Told:
    again = next_check(days)
    return Told(concept.id, concept.name, text, len(days), again, again is not None and again <= clock.today())


def _heard(learner: Learner) -> Mapping[str, list[tuple[date, bool]]]:
    found: dict[str, list[tuple[date, bool]]] = {}
    for sheet in learner.listener_sheets.exclude(entry=None).exclude(entry__in=withdrawn_by(learner)):
        for idea in sheet.ideas:
            if sheet.replied_on is not None and "said_back" in idea:
                found.setdefault(idea["concept"], []).append((sheet.replied_on, bool(idea["said_back"])))
    return found


def state_of(sheet: ListenerSheet) -> str:
    """How far a sheet is."""
    if sheet.entry_id is not None:
        return "recorded"
    if sheet.reply is not None:
        return "answered"
    return "open" if sheet.until >= clock.today() else "expired"


def sheets_of(learner: Learner) -> tuple[SheetRow, ...]:
    """All sheets, the newest first."""
    found = learner.listener_sheets.select_related("entry")
    return tuple(SheetRow(sheet, ", ".join(sheet.names), state_of(sheet)) for sheet in found)


def compared(sheet: ListenerSheet) -> tuple[Compared, ...]:
    """The ideas of a sheet beside what came back."""
    concepts = current().concept_by_id
    answers = sheet.reply["ideas"] if sheet.reply else [{"said": "", "rating": None}] * len(sheet.ideas)
    return tuple(
        Compared(concepts.get(idea["concept"]), idea["name"], idea["text"], heard["said"], heard["rating"], idea.get("said_back"))
        for idea, heard in zip(sheet.ideas, answers, strict=True)
    )


def activity_for(turn: Turn) -> str:
    """The activity of the plan that still wants a listener, or none."""
    return next((activity.id for activity in wanting(turn, KIND)), "")
