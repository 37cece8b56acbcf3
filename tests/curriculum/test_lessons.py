from __future__ import annotations

import pytest

from segue.curriculum import current
from segue.curriculum.concept import Item, Lesson, Option
from segue.curriculum.loader import load
from tests.curriculum.sample import Sample

FIRST = "- id: i-model-1\n  concept: model"
OPEN = "  question: What i-model-1?\n  options:\n"


def test_lessons_and_items_arrive(sample: Sample) -> None:
    curriculum = load(sample.folder)
    assert curriculum.lesson_by_concept["model"] == Lesson("model", "word " * 149 + "end")
    options = (Option("It guesses.", True, "So it is."), Option("It knows.", False, "It does not."))
    item = curriculum.bank_by_id["i-model-1"]
    assert item == Item("i-model-1", "model", "choice", "What i-model-1?", (*options, *item.options[2:]))
    assert item.answer == 0


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (
            "lessons.yaml",
            "- concept: model\n  text: word word",
            "- concept: model\n  text: ▸>-\n    short\n  #",
            "this one has 1",
        ),
        ("items.yaml", f"{FIRST}\n  sort: choice", f"{FIRST}\n  sort: ▸guess", "must be one of choice, metric, leak"),
        ("items.yaml", f"{OPEN}", f"{OPEN}    - {{say: Five., because: x}}\n", "must list 4, not 5"),
        (
            "items.yaml",
            f"{OPEN}    - {{say: It guesses., right: true,",
            f"{OPEN}    - {{say: It guesses.,",
            "exactly one option is right",
        ),
        ("items.yaml", f"{OPEN}    - {{say: It guesses.", f"{OPEN}    - {{say: It knows.", "two options say the same"),
    ],
)
def test_each_fault_has_its_place(sample: Sample, path: str, old: str, new: str, words: str) -> None:
    place = sample.change(path, old, new) or sample.place(path, "- {say: ")
    sample.expect(place, words)


def test_bank_gives_no_answer_away() -> None:
    """Neither the place of the right option nor its length tells it."""
    items = current().items
    places = [sum(item.answer == place for item in items) / len(items) for place in range(4)]
    assert len(items) >= 200
    assert all(0.2 < share < 0.3 for share in places)
    longest = [len(i.options[i.answer].say) > max(len(o.say) for o in i.options if not o.right) for i in items]
    assert sum(longest) / len(items) < 0.3


def test_no_question_is_asked_twice() -> None:
    items = current().items
    questions = [item.question for item in items] + [item.question for item in current().diagnostic]
    assert len(set(questions)) == len(questions)


def test_no_key_point_repeats_another() -> None:
    says = [point.say.casefold() for concept in current().concepts for point in concept.key_points]
    assert len(set(says)) == len(says)


def test_no_lesson_repeats_a_sentence_of_another() -> None:
    sentences = [s.strip() for lesson in current().lessons for s in lesson.text.replace("\n", " ").split(". ") if len(s) > 40]
    assert len(set(sentences)) == len(sentences)
