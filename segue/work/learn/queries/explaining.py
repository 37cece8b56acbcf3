"""What the closed-book box shows: the text so far, what it counts for, and the feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.clarity import Clarity, Mark, clarity_of
from segue.core.loop import Turn
from segue.curriculum import current
from segue.curriculum.concept import Concept
from segue.work.learn.models import Explanation
from segue.work.learn.queries.mastery import EXPLANATION, topics, wanting
from segue.work.learn.vocabulary import jargon, own_terms


@dataclass(frozen=True)
class Piece:
    """A stretch of the text. ``plain`` is the definition of the term that it is, where it stands unexplained; else empty."""

    text: str
    plain: str = ""


@dataclass(frozen=True)
class Feedback:
    """All that is said about a text."""

    clarity: Clarity
    pieces: tuple[Piece, ...]


def open_explanation(learner: Learner, concept_id: str) -> Explanation | None:
    """The text of this concept that is being written."""
    return learner.explanations.filter(concept_id=concept_id, entry=None).first()


def check_clarity(text: str, concept: Concept) -> Clarity:
    """What the rules see of a text."""
    return clarity_of(text, jargon(), own_terms(concept.id))


def feedback_on(text: str, concept: Concept) -> Feedback:
    """The feedback on a text, at once."""
    clarity = check_clarity(text, concept)
    return Feedback(clarity, pieces_of(text, clarity.marks))


def pieces_of(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The text cut at the terms that it leaves unexplained."""
    terms, pieces, at = current().term_by_id, [], 0
    for mark in marks:
        pieces += [Piece(text[at : mark.start]), Piece(text[mark.start : mark.end], terms[mark.term].plain)]
        at = mark.end
    return (*pieces, Piece(text[at:]))


def activities_for(turn: Turn, concept: Concept) -> Sequence[tuple[str, str]]:
    """Activities of the plan that still want an explanation, the one that this concept fits best first.

    Ground that the diagnostic showed to be known wants one text about it; else it is the first activity of the concept's week or
    later, and then those before it.
    """
    week = topics()[concept.id].week
    nearest = sorted(wanting(turn, EXPLANATION), key=lambda a: (concept.id not in a.concepts, a.week < week, abs(a.week - week)))
    fitting = [a for a in nearest if concept.id in a.concepts or not a.concepts]
    return [(a.id, f"Week {a.week}: {a.title}") for a in fitting]
