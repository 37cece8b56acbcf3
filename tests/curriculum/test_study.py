from __future__ import annotations

import pytest

from segue.curriculum.concept import DiagnosticItem, KeyPoint, Misconception, Module, Source, Term
from segue.curriculum.loader import load
from tests.curriculum.sample import Sample

OPTIONS = "[It guesses., It knows., It sleeps., It sings.]"


def test_everything_of_the_study_files_arrives(sample: Sample) -> None:
    curriculum = load(sample.folder)
    training = curriculum.concept_by_id["training"]
    assert (training.module, training.week, training.tier, training.prerequisites) == ("more", 2, 2, ("model",))
    assert training.key_points[0] == KeyPoint("It learns.", ("learn", "no"))
    assert training.jargon == {"weights": "numbers"}
    assert training.misconceptions == (Misconception("It knows.", "It guesses."),)
    assert training.sources == ("book",)
    assert curriculum.modules == (Module("start", "The start", 1), Module("more", "More", 2))
    assert curriculum.sources == (Source("book", "A book", "https://example.org/book"),)
    assert curriculum.terms[0] == Term("model", "model", "A thing that guesses.", ("models",), "model")
    assert curriculum.terms[1] == Term("token", "token", "A piece of a word.")
    options = ("It guesses.", "It knows.", "It sleeps.", "It sings.")
    assert curriculum.diagnostic == (DiagnosticItem("q-model", "model", "What does it do?", options, 0, "It finds patterns."),)


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        ("concepts.yaml", "language: en", "▸langauge: en", "did you mean 'language'"),
        ("concepts.yaml", "name: The start, week: 1", "name: The start, week: ▸9", "from 1 to 8"),
        ("concepts.yaml", '"https://example.org/book"', "▸book", "must begin with https://"),
        ("concepts.yaml", "id: training\n    name: Training", "id: training\n    name:▸", "'name' is empty"),
        ("concepts.yaml", "prerequisites: [model]", "prerequisites: ▸model", "must be a list"),
        ("glossary.yaml", "plain: A piece of a word.", "plain: ▸[a]", "must be a text, not a list"),
        ("glossary.yaml", "also: [models]", "also: [▸'']", "is empty"),
        ("diagnostic.yaml", OPTIONS, "▸[It guesses., It knows., It sleeps.]", "must list 4, not 3"),
        ("diagnostic.yaml", OPTIONS, "▸[It guesses., It knows., It sleeps., It knows.]", "two options say the same"),
        ("diagnostic.yaml", "answer: 0", "answer: ▸4", "from 0 to 3, not 4"),
        ("ids.yaml", "q-model: active", "q-model: ▸activ", "must be one of active"),
        ("ids.yaml", "retired: 2026-12-02", "retired: ▸in December", "must be a date"),
        ("ids.yaml", 'replaced_by: ""', '▸replaced_bye: ""', "did you mean 'replaced_by'?"),
    ],
)
def test_each_fault_of_a_file_has_its_place(sample: Sample, path: str, old: str, new: str, words: str) -> None:
    sample.expect(sample.change(path, old, new), words)


def test_key_points_are_three_to_six(sample: Sample) -> None:
    text = sample.text("concepts.yaml")
    point = "      - {say: It is tested., cues: [test]}\n"
    (sample.folder / "concepts.yaml").write_text(text.replace(point, "", 1), encoding="utf-8")
    sample.expect(sample.place("concepts.yaml", "- {say: It learns"), "must list 3 to 6, not 2")
