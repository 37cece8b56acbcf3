"""Which evidence stands behind a term, and which terms the papers claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from segue.accounts.models import Learner
from segue.curriculum.naming import concepts_in
from segue.evidence.models import Entry
from segue.work.transition.queries.proof import Proof, proofs_of
from segue.work.transition.terms import terms, terms_in

DONE, EXPLAINED, NAMED = "done", "explained", "named"
WAYS = {DONE: "done", EXPLAINED: "explained", NAMED: "named in it"}
EXPLANATION = "explanation"
IN_LEDGER = ("resume", "profile")  # papers that are written there
# Texts that speak of much and show none of it.
TALK = frozenset(
    (
        *("log", "why-note", "diagnostic", "quiz", "explanation", "study-note", "certificate", "listener-session"),
        *("conversation", "insight", "prep-sheet", "request", "role-map", "feedback-log", "case-analysis"),
        *("star-story", "mock-interview", "readiness-review"),
    )
)


@dataclass(frozen=True)
class Backing:
    """A piece of evidence behind a term. ``way``: it was done in it, explained in it, or is named in a piece of work."""

    proof: Proof
    way: str

    @property
    def words(self) -> str:
        """The way in words."""
        return WAYS[self.way]


def backing_of(learner: Learner) -> Mapping[str, tuple[Backing, ...]]:
    """Term id -> the evidence behind it, the strongest way first, the newest first within it. Terms without any are left out."""
    found: dict[str, list[Backing]] = {}
    for proof in proofs_of(learner):
        for term, way in _ways(proof).items():
            found.setdefault(term, []).append(Backing(proof, way))
    order = list(WAYS)
    return {term: tuple(sorted(each, key=lambda backing: order.index(backing.way))) for term, each in found.items()}


def _ways(proof: Proof) -> dict[str, str]:
    """Term id -> how a piece of evidence stands behind it."""
    ways: dict[str, str] = {}
    if proof.kind not in TALK:
        ways |= dict.fromkeys(named_in(f"{proof.title}\n\n{_own_words(proof.body)}"), NAMED)
    if proof.kind == EXPLANATION:
        explained = set(concepts_in(proof.title))
        ways |= {term.id: EXPLAINED for term in terms() if explained & set(term.concepts)}
    return ways | dict.fromkeys(_terms_by_kind().get(proof.kind, ()), DONE)


@cache
def _terms_by_kind() -> Mapping[str, tuple[str, ...]]:
    kinds = {kind for term in terms() for kind in term.kinds}
    return {kind: tuple(term.id for term in terms() if kind in term.kinds) for kind in kinds}


@lru_cache(maxsize=4096)
def named_in(text: str) -> frozenset[str]:
    """Ids of the terms that a text speaks of; remembered, since the ledger’s texts never change."""
    return frozenset(terms_in(text))


def _own_words(body: str) -> str:
    """A text without its headings: those come with the form that was filled in."""
    return "\n".join(line for line in body.split("\n") if not line.startswith("#"))


def claimed_in_papers(learner: Learner) -> frozenset[str]:
    """Ids of the terms in the learner’s résumés, and in résumés and profiles of the ledger such as the one of week 1."""
    return frozenset().union(*(named_in(text) for text in _papers(learner)))


def _papers(learner: Learner) -> Iterator[str]:
    for document in learner.resumes.values_list("document", flat=True):
        yield "\n\n".join(strings_in(document))
    yield from Entry.objects.filter(learner=learner, kind__in=IN_LEDGER).values_list("body", flat=True)


def strings_in(value: Any) -> Iterator[str]:
    """Every text within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings_in(each)
