from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from feedback_lab.errors import LabError
from feedback_lab.select.features import Reader, joined, reader_of, take, weighting_of
from tests.select.shop import DIMENSIONS, HashEncoder, Teacher

TEXTS = ["the size is small", "the price is high", "don't like the size"]


def test_words_and_pairs_are_counted() -> None:
    reader = reader_of(TEXTS)
    assert {"size", "the size", "don't", "don't like"} <= set(reader.vocabulary)
    counts = reader.read_one(["the size the size"], "words").toarray()[0]
    assert counts[reader.vocabulary.index("the size")] == 2


def test_with_many_texts_a_word_must_stand_in_two() -> None:
    reader = reader_of([f"unique{at} common" for at in range(60)])
    assert reader.vocabulary == ("common",)


@pytest.mark.parametrize("texts", [["", " "], ["!!", "😀"]])
def test_texts_without_a_word_can_be_read(texts: list[str]) -> None:
    reader = reader_of(texts)
    counts = reader.read_one(["some words"], "words")
    assert (counts.shape, counts.nnz) == ((1, 1), 0)
    assert weighting_of(counts, 10).weigh(counts).shape == (1, 1)


def test_weights_are_those_of_scikit_learn() -> None:
    counts = sparse.random_array((40, 30), density=0.2, rng=np.random.default_rng(0), format="csr")
    counts.data = np.ceil(counts.data * 4)
    theirs = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    ours = weighting_of(counts, 30)
    assert np.allclose(ours.weigh(counts).toarray(), theirs.toarray()[:, ours.columns], atol=1e-6)


def test_the_most_frequent_columns_are_kept() -> None:
    counts = sparse.csr_matrix(np.array([[1, 1, 1], [0, 1, 1], [0, 0, 1]], np.float32))
    assert weighting_of(counts, 2).columns.tolist() == [1, 2]


def test_vectors_need_an_encoder() -> None:
    reader = Reader((), HashEncoder())
    assert reader.read_one(TEXTS, "meaning").shape == (3, DIMENSIONS)
    assert np.array_equal(Reader((), Teacher()).read_one(TEXTS, "transformer"), -reader.read_one(TEXTS, "meaning"))
    with pytest.raises(LabError, match="no encoder"):
        Reader().read_one(TEXTS, "meaning")


def test_spaces_are_read_together_and_cut_together() -> None:
    features = reader_of(TEXTS, HashEncoder()).read(TEXTS, {"words", "letters", "meaning", "tone", "constant"})
    some = take(features, np.array([2, 0]))
    assert {space: matrix.shape[0] for space, matrix in some.items()} == dict.fromkeys(features, 2)
    weightings = {space: weighting_of(features[space], 50) for space in ("words", "letters")}
    assert joined(features, ("words", "letters"), weightings).shape[1] == sum(len(each.columns) for each in weightings.values())
