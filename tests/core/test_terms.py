from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.terms import Vocabulary, Word

WORDS = Vocabulary(
    (
        Word("llm", "Large language model"),
        Word("llm", "language model"),
        Word("model", "Model"),
        Word("rag", "RAG"),
        Word("rag", "retrieval-augmented generation"),
        Word("anonymisation", "Anonymisation"),
        Word("label", "labelling"),
        Word("f1", "F1"),
        Word("loss", "Loss"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A large language model is a model.", ["llm", "model"]),
        ("LARGE  LANGUAGE\nMODELS", ["llm"]),
        ("A language-model", ["llm"]),
        ("remodelled, supermodel, model-free", []),
        ("He used a rag. RAG helps; RAGs too.", ["rag", "rag"]),
        ("Retrieval augmented generation", ["rag"]),
        ("anonymization and labeling", ["anonymisation", "label"]),
        ("losses, F1", ["loss", "f1"]),
        ("model's and “model”", ["model", "model"]),
        ("", []),
    ],
)
def test_terms_are_found_however_they_are_written(text: str, expected: list[str]) -> None:
    assert [found.term for found in WORDS.find(text)] == expected


def test_places_are_those_of_the_text() -> None:
    text = "It is a Language  Model."
    (found,) = WORDS.find(text)
    assert text[found.start : found.end] == "Language  Model"


def test_an_empty_vocabulary_finds_nothing() -> None:
    assert list(Vocabulary(()).find("model")) == []


@given(st.text())
def test_whatever_the_text_finds_do_not_overlap(text: str) -> None:
    found = list(WORDS.find(text + " model " + text))
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert any(each.term == "model" for each in found) or "model" not in (text + " model " + text).split()
