"""The glossary as words to find in a text."""

from __future__ import annotations

from functools import cache

from segue.core.terms import Vocabulary, Word
from segue.curriculum import current


@cache
def jargon() -> Vocabulary:
    """Terms of AI that a listener outside tech does not know; words that are common in everyday speech are left out."""
    terms = [term for term in current().terms if term.concept]
    return Vocabulary(
        tuple(
            Word(term.id, form)
            for term in terms
            for form in (term.term, *term.also)
            if form.casefold() not in {known.casefold() for known in term.everyday}
        )
    )


def own_terms(concept_id: str) -> frozenset[str]:
    """Ids of the terms that an explanation of the concept explains as a whole."""
    return frozenset(term.id for term in current().terms if term.concept == concept_id)
