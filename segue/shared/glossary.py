"""Terms of the glossary within a text: each leads to its definition, and shows it when pointed at."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

from segue.core.terms import Vocabulary, Word
from segue.curriculum import current


@cache
def _all_terms() -> Vocabulary:
    return Vocabulary(tuple(Word(term.id, form) for term in current().terms if term.concept for form in (term.term, *term.also)))


def linked(text: str) -> str:
    """Markdown with a link at the first use of each term."""
    plain = current().term_by_id
    url = reverse("workbench:list-terms")
    seen: set[str] = set()
    parts, at = [], 0
    for found in _all_terms().find(text):
        if found.term not in seen:
            seen.add(found.term)
            title = plain[found.term].plain.replace("\\", "").replace('"', "\u201d")
            parts += [text[at : found.start], f'[{text[found.start : found.end]}]({url}#{found.term} "{title}")']
            at = found.end
    return "".join([*parts, text[at:]])
