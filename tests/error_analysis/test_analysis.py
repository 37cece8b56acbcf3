from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix

from feedback_lab.error_analysis import TAXONOMY, errors
from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.files import json_text, plain
from feedback_lab.records.models import ErrorsResult
from feedback_lab.records.restoring import restore
from tests.error_analysis.samples import honest, predictions

TEXTS = [f"This is what customer number {at} wrote about the delivery" for at in range(2_000)]


def test_the_matrix_is_scikit_learns() -> None:
    model = honest(500)
    result = errors(model, TEXTS[:500])
    assert result.matrix == tuple(map(tuple, confusion_matrix(model.truth, model.predicted, labels=range(3)).tolist()))


def test_worst_pairs_come_with_the_worst_first_and_without_right_answers() -> None:
    result = errors(predictions([0, 0, 0, 1, 2, 2, 2], [1, 1, 0, 0, 2, 0, 0]), TEXTS[:7])
    assert result.worst_pairs == (("negative", "neutral", 2), ("positive", "negative", 2), ("neutral", "negative", 1))


def test_texts_come_by_row_number_or_in_order() -> None:
    model = predictions([0, 1], [1, 1])
    by_number = errors(model, {20: "second", 10: "the first of two texts"})
    assert by_number == errors(model, ["the first of two texts", "second"])
    assert [(mistake.row, mistake.text) for mistake in by_number.mistakes] == [(10, "the first of two texts")]


def test_the_same_seed_gives_the_same_bytes_and_they_come_back() -> None:
    model = honest(800)
    result = errors(model, TEXTS[:800], 1, 5, seed=3)
    assert json_text(result) == json_text(errors(model, TEXTS[:800], 1, 5, seed=3))
    assert restore(ErrorsResult, plain(result)).mistakes[0].tag in TAXONOMY


def test_a_model_without_mistakes() -> None:
    result = errors(predictions([0, 1, 2], [0, 1, 2]), TEXTS[:3])
    assert (result.mistakes, result.worst_pairs) == ((), ())


def test_no_rows_are_not_enough() -> None:
    with pytest.raises(NotEnoughData):
        errors(predictions([], []), [])


def test_texts_that_do_not_fit_are_a_bug() -> None:
    with pytest.raises(ValueError, match="1 texts for 2"):
        errors(predictions([0, 1], [1, 1]), ["one"])


def test_a_class_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(LabError) as caught:
        errors(predictions([0, 1], [1, 1]), TEXTS[:2], positive="angry")
    assert "angry" in caught.value.message
    assert "negative, neutral, positive" in caught.value.hint


def test_many_classes_and_few_rows() -> None:
    model = honest(200, classes=77)
    result = errors(model, TEXTS[:200])
    assert len(result.matrix) == 77
    assert np.array(result.matrix).sum() == 200
    assert len(result.mistakes) == 50
