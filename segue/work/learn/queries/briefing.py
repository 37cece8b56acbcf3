"""What the page of the briefing shows: the outline so far, what rules can see of it, and where the gate of week 8 stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.clarity import Check, Mark, clarity_of
from segue.core.evidence import Artefact
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.drafts import first, new_key
from segue.evidence.models import Draft
from segue.work.learn.briefing import ACTIVITY, KIND, LEAST_WORDS, MOST_WORDS, PARTS, compose, split
from segue.work.learn.queries.explaining import Piece, pieces_of
from segue.work.learn.queries.mastery import kept_explanations
from segue.work.learn.vocabulary import jargon

GATE = ("w08-concept-gate", ACTIVITY, "w08-accuracy-review")
KEY = new_key(ACTIVITY, KIND)
FIGURES_PART = 2


@dataclass(frozen=True)
class GateLine:
    """One of the three things that the gate of week 8 asks for."""

    title: str
    url: str
    is_done: bool


@dataclass(frozen=True)
class Idea:
    """An idea that one has explained, to begin from."""

    concept: str
    name: str
    text: str


@dataclass(frozen=True)
class Outline:
    """The outline so far. ``revision`` is that of the draft it comes from; ``recorded`` are the briefings in the ledger."""

    title: str
    texts: tuple[str, ...]
    revision: int
    recorded: tuple[Artefact, ...]
    gate: tuple[GateLine, ...]
    ideas: tuple[Idea, ...]

    @property
    def is_begun(self) -> bool:
        """Whether anything is written."""
        return any(self.texts)


@dataclass(frozen=True)
class Look:
    """What rules can see of an outline. ``checks`` are about the whole; ``pieces`` mark terms left unexplained."""

    words: int
    checks: tuple[Check, ...]
    marks: tuple[Mark, ...]
    pieces: tuple[Piece, ...]

    @property
    def passed(self) -> bool:
        """Whether every check is met."""
        return all(check.met for check in self.checks)


def draft_of_briefing(learner: Learner) -> Draft | None:
    """The draft that the outline and the form of the ledger share."""
    return learner.drafts.filter(key=KEY).first()


def outline_of(learner: Learner, turn: Turn, idea: str = "") -> Outline:
    """The outline, the gate, and what one may begin from; with ``idea`` an empty second part begins with that explanation."""
    draft = draft_of_briefing(learner)
    texts = list(split(first(draft.fields, "body"))) if draft else [""] * len(PARTS)
    ideas = _ideas(learner)
    chosen = next((each for each in ideas if each.concept == idea), None)
    if chosen and not texts[1]:
        texts[1] = chosen.text
    return Outline(
        title=first(draft.fields, "title") if draft else "",
        texts=tuple(texts),
        revision=draft.revision if draft else 0,
        recorded=turn.ledger.by_activity.get(ACTIVITY, ()),
        gate=tuple(_line(turn, activity_id) for activity_id in GATE),
        ideas=ideas,
    )


def _line(turn: Turn, activity_id: str) -> GateLine:
    progress = turn.progress[activity_id]
    return GateLine(progress.activity.title, reverse("workbench:show-activity", args=[activity_id]), progress.done)


def _ideas(learner: Learner) -> tuple[Idea, ...]:
    known, newest = current().concept_by_id, {}
    for row in kept_explanations(learner).order_by("saved_at"):
        if row.concept_id in known:
            newest[row.concept_id] = Idea(row.concept_id, known[row.concept_id].name, row.text)
    return tuple(sorted(newest.values(), key=lambda each: each.name))


def look_at(texts: Sequence[str]) -> Look:
    """Length, terms, sentences, figures and limit of an outline; whether it is right only a practitioner can say."""
    talk = texts[: len(PARTS) - 1]  # what is filled in afterwards is not part of it
    said = "\n\n".join(text.strip() for text in talk if text.strip())
    clarity = clarity_of(said, jargon())
    found = {check.name: check for check in clarity.checks}
    checks = (
        _length(clarity.words),
        _complete(texts),
        found["terms"],
        found["sentences"],
        _figures(texts[FIGURES_PART]),
    )
    return Look(clarity.words, checks, clarity.marks, pieces_of(said, clarity.marks))


def _length(words: int) -> Check:
    range_words = f"{LEAST_WORDS} to {MOST_WORDS} words of notes carry ten minutes"
    if words < LEAST_WORDS:
        return Check("length", False, f"{words} words: {range_words}, so {LEAST_WORDS - words} more at least.")
    if words > MOST_WORDS:
        return Check("length", False, f"{words} words: {range_words}. Cut {words - MOST_WORDS}, or you will read aloud.")
    return Check("length", True, f"{words} words: enough for ten minutes, and not too many.")


def _complete(texts: Sequence[str]) -> Check:
    empty = [part.heading for part, text in zip(PARTS, texts, strict=True) if part.minutes and not text.strip()]
    return _there("parts", not empty, "Every part has something in it.", f"Nothing is written yet under “{'”, “'.join(empty)}”.")


def _figures(text: str) -> Check:
    return _there("figures", bool(re.search(r"\d", text)), "There is a figure.", "Give a figure in “What it changes”.")


def _there(name: str, met: bool, yes: str, no: str) -> Check:
    return Check(name, met, yes if met else no)


def body_of(texts: Sequence[str]) -> str:
    """The text as the ledger takes it; empty where nothing is written."""
    return compose(texts) if any(text.strip() for text in texts) else ""
