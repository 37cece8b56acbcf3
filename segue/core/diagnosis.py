"""What the diagnostic's answers show to be known."""

from __future__ import annotations

from collections.abc import Mapping


def known_concepts(answers: Mapping[str, bool], prerequisites: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Concepts known by ``answers`` (concept id -> right or wrong): those answered rightly, and all that these build on.

    A wrong answer counts against its own concept, whatever builds on it was answered. Unknown ids are ignored.
    """
    known: set[str] = set()
    open_ids = [concept for concept, right in answers.items() if right]
    while open_ids:
        concept = open_ids.pop()
        if concept in known or answers.get(concept) is False or concept not in prerequisites:
            continue
        known.add(concept)
        open_ids += prerequisites[concept]
    return frozenset(known)
