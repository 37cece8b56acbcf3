from __future__ import annotations

import pytest

from segue.curriculum import current
from segue.curriculum.naming import concepts_by_name, concepts_in, no_such_concept


def test_every_concept_is_found_by_its_name_and_its_id_and_every_term_leads_to_its_concept() -> None:
    known = concepts_by_name()
    for concept in current().concepts:
        assert known[concept.id] == known[concept.name.casefold()] == concept.id
    named = {name.casefold() for c in current().concepts for name in (c.id, c.name)}
    assert "" not in known.values()
    for term in (term for term in current().terms if term.concept):
        assert known[term.term.casefold()] == term.concept or term.term.casefold() in named


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Week 3: Clustering", {"clustering"}),
        ("CLUSTERING & drift", {"clustering", "drift"}),
        ("Preclusterings", set()),
        ("", set()),
    ],
)
def test_a_title_names_concepts_as_whole_words(title: str, found: set[str]) -> None:
    assert set(concepts_in(title)) == found


def test_a_name_that_means_none_gets_the_nearest() -> None:
    assert no_such_concept("embedings") == "There is no concept “embedings”. Did you mean “Embeddings”?"
    assert no_such_concept("q" * 99) == f"There is no concept “{'q' * 60}”. Copy its name from the map."
