"""Which concept somebody means: by its name, its id, or its words in the glossary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from segue.curriculum import current


def concepts_by_name() -> Mapping[str, str]:
    """Ids of concepts by name, by id and by their words in the glossary, in small letters."""
    concepts, terms = current().concept_by_id.values(), current().terms
    words = {word.casefold(): term.concept for term in terms if term.concept for word in (term.term, *term.also)}
    return words | {c.id: c.id for c in concepts} | {c.name.casefold(): c.id for c in concepts}


def concepts_in(title: str) -> tuple[str, ...]:
    """Concepts whose names stand in a title as whole words."""
    said = title.casefold()
    return tuple(dict.fromkeys(i for name, i in concepts_by_name().items() if re.search(rf"\b{re.escape(name)}\b", said)))


def no_such_concept(name: str) -> str:
    """What to say of a name that means none: what is wrong, and the nearest that there is."""
    known = concepts_by_name()
    near = get_close_matches(name.casefold(), known, 1, 0.5)
    mend = f"Did you mean “{current().concept_by_id[known[near[0]]].name}”?" if near else "Copy its name from the map."
    return f"There is no concept “{name[:60]}”. {mend}"
