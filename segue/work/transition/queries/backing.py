"""Which evidence stands behind a term, and which terms the papers claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from segue.accounts.models import Learner
from segue.curriculum.naming import concepts_in
from segue.evidence.models import Entry
from segue.work.transition.models import Profile
from segue.work.transition.queries.proof import Proof, proofs_of
from segue.work.transition.terms import Term, terms, terms_in

DONE, EXPLAINED, NAMED = "done", "explained", "named"
WAYS = {DONE: "done", EXPLAINED: "explained", NAMED: "named in it"}
EXPLANATION, RESUME = "explanation", "resume"
# Texts that speak of much and show none of it.
TALK = frozenset(
    "log why-note diagnostic quiz explanation study-note certificate listener-session conversation insight prep-sheet request "
    "role-map feedback-log case-analysis star-story mock-interview readiness-review".split()
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
    proofs = proofs_of(learner)
    found = {term.id: tuple(_behind(term, proofs)) for term in terms()}
    return {name: backing for name, backing in found.items() if backing}


def _behind(term: Term, proofs: tuple[Proof, ...]) -> Iterator[Backing]:
    ways = [(proof, _way(term, proof)) for proof in proofs]
    for way in WAYS:
        yield from (Backing(proof, way) for proof, found in ways if found == way)


def _way(term: Term, proof: Proof) -> str:
    if proof.kind in term.kinds:
        return DONE
    if proof.kind == EXPLANATION:
        return EXPLAINED if set(concepts_in(proof.title)) & set(term.concepts) else ""
    if proof.kind not in TALK and term.id in named_in(f"{proof.title}\n\n{_own_words(proof.body)}"):
        return NAMED
    return ""


@lru_cache(maxsize=4096)
def named_in(text: str) -> frozenset[str]:
    """Ids of the terms that a text speaks of; remembered, since the ledger’s texts never change."""
    return frozenset(terms_in(text))


def _own_words(body: str) -> str:
    """A text without its headings: those come with the form that was filled in."""
    return "\n".join(line for line in body.split("\n") if not line.startswith("#"))


def claimed_in_papers(learner: Learner) -> frozenset[str]:
    """Ids of the terms in the learner’s résumés and profile, and in the résumés of the ledger such as the one of week 1."""
    return frozenset().union(*(named_in(text) for text in _papers(learner)))


def _papers(learner: Learner) -> Iterator[str]:
    for document in learner.resumes.values_list("document", flat=True):
        yield "\n\n".join(strings_in(document))
    for texts in Profile.objects.filter(learner=learner).values_list("texts", flat=True):
        yield "\n\n".join(strings_in(texts))
    yield from Entry.objects.filter(learner=learner, kind=RESUME).values_list("body", flat=True)


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
