"""Bullets that could be written: from what the evidence says of itself, and from the results of stories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.evidence.texts import clean_line
from segue.evidence.vocabulary import kind_of
from segue.work.transition.queries.backing import TALK
from segue.work.transition.queries.honesty import gap_terms_in
from segue.work.transition.queries.proof import Proof, proofs_of
from segue.work.transition.resume.document import Document
from segue.work.transition.resume_fields import MOST_BULLET

MOST_FACTS = 3
FIRST = 12
# What others said of it, and what only prepares or permits.
WORDS = frozenset({"counterpart", "permission", "session", "effect"})
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
STORY, STORY_LENGTH = "star-story", 320
RESULT = re.compile(r"^##? *Result\s*\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Suggestion:
    """A bullet with the evidence behind it. ``id``: ``entry:12``.

    ``is_taken``: a bullet of the résumé leans on the same evidence.
    """

    id: str
    text: str
    entries: tuple[int, ...]
    source: str
    is_private: bool
    is_taken: bool


@dataclass(frozen=True)
class SuggestionsPage:
    """What could be taken over. ``left_out``: how many held a term that an ad asks for and nothing shows."""

    offers: tuple[Suggestion, ...]
    left_out: int

    @property
    def first(self) -> tuple[Suggestion, ...]:
        """Those that make the best bullets."""
        return self.offers[:FIRST]

    @property
    def others(self) -> tuple[Suggestion, ...]:
        """The rest, folded away."""
        return self.offers[FIRST:]


def suggestions_for(learner: Learner, document: Document) -> SuggestionsPage:
    """All suggestions: stories first, then what others reviewed, then what has figures. What is in the résumé comes last."""
    proofs = proofs_of(learner)
    used = {number for _, bullet in document.bullets() for number in bullet.entries}
    found = [
        *filter(None, (_from_story(proof, used) for proof in proofs if proof.kind == STORY)),
        *(_from_proof(proof, used) for proof in sorted(proofs, key=_rank) if _is_work(proof)),
    ]
    refused = {each.place for each in gap_terms_in(learner, ((each.id, each.text) for each in found))}
    kept = [each for each in found if each.id not in refused]
    return SuggestionsPage(tuple(sorted(kept, key=lambda each: each.is_taken)), len(found) - len(kept))


def _is_work(proof: Proof) -> bool:
    """Whether something was made: what was only talked of or learnt makes no bullet."""
    return proof.kind not in TALK | WORDS


def _rank(proof: Proof) -> tuple[int, bool]:
    return -proof.tier, not any(_figures(proof))


def suggestion_of(learner: Learner, document: Document, id: str) -> Suggestion | None:
    """A suggestion by its id, where it may be taken over."""
    return next((each for each in suggestions_for(learner, document).offers if each.id == id), None)


def _from_proof(proof: Proof, used: set[int]) -> Suggestion:
    figures = ", ".join(_figures(proof))
    title = clean_line(proof.title).rstrip(".")
    text = f"{title} ({figures})" if figures else title
    taken = bool(used & set(proof.numbers))
    source = f"Entry {proof.number}, {proof.kind_name}"
    return Suggestion(f"entry:{proof.number}", text[:MOST_BULLET], (proof.number,), source, proof.is_private, taken)


def _figures(proof: Proof) -> Iterator[str]:
    """The first figures of an entry, in plain words."""
    known = [each for each in kind_of(proof.kind).fields if each.sort == "number" and not each.unit.startswith("of ")]
    given = ((each, proof.facts.get(each.name)) for each in known)
    said = ((each, value) for each, value in given if isinstance(value, int | float) and value not in (0, 1))
    for each, value in [*said][:MOST_FACTS]:
        number = f"{value:,}" if isinstance(value, int) else f"{value:,.4f}".rstrip("0").rstrip(".")
        unit = f"{'' if each.unit == '%' else ' '}{each.unit}" if each.unit else ""
        words = each.label[:1].lower() + each.label[1:] if each.label[1:2].islower() else each.label
        has_unit = each.unit and each.unit.casefold() in each.label.casefold()
        yield f"{number} {words}" if has_unit and each.unit != "%" else f"{words} {number}{unit}"


def _from_story(proof: Proof, used: set[int]) -> Suggestion | None:
    """The result of a story, as its template heads it."""
    found = RESULT.search(proof.body)
    text = _short(clean_line(found[1])) if found else ""
    if not text:
        return None
    taken = bool(used & set(proof.numbers))
    return Suggestion(f"entry:{proof.number}", text, (proof.number,), f"Your story “{proof.title}”", proof.is_private, taken)


def _short(text: str) -> str:
    """Whole sentences from the beginning, as many as a bullet can hold; at least one."""
    kept = ""
    for sentence in SENTENCE.split(text):
        if kept and len(kept) + len(sentence) > STORY_LENGTH:
            break
        kept = f"{kept} {sentence}".strip()
    return kept[:MOST_BULLET]
