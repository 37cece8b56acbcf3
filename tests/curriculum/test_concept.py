from __future__ import annotations

from segue.curriculum.loader import load
from tests.curriculum.sample import Sample


def test_everything_is_found_by_its_id(sample: Sample) -> None:
    curriculum = load(sample.folder)
    assert curriculum.module_by_id["more"].name == "More"
    assert curriculum.concept_by_id["training"].name == "Training"
    assert curriculum.source_by_id["book"].title == "A book"
    assert curriculum.term_by_id["token"].plain == "A piece of a word."
    assert curriculum.item_by_id["q-model"].answer == 0
