"""Texts as numbers: one matrix for each space that a model looks at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from feedback_lab.errors import LabError
from feedback_lab.records.rows import Floats, Ints, Texts, Vectors
from feedback_lab.select.letters import MOST_CHARACTERS, letter_groups
from feedback_lab.sentiment.tones import compounds

# A word with an apostrophe inside is one word, and one letter is one too: "I don't" says more than "don".
WORD = r"(?u)\b\w+(?:['’]\w+)?\b"
MOST_WORDS = 100_000  # words and pairs of words that are counted
MOST_USED = {"words": 50_000, "letters": 20_000}  # that a model looks at
MOST_WEIGHTS = 20_000_000  # of a model, all classes together
LEAST_FOR_PAIRS = 50  # texts from which on a word must stand in two of them

Features = Mapping[str, Any]


class Encoder(Protocol):
    """What turns texts into unit vectors. It may have ``teach(texts)`` too: vectors of the transformer, slower and better."""

    def transform(self, texts: Texts) -> Vectors:
        """Unit vectors, float32 (n, d)."""
        ...


@dataclass(frozen=True)
class Reader:
    """Reads texts into the spaces words, letters, meaning, transformer and tone.

    ``vocabulary``: the words and pairs of words that are counted.
    """

    vocabulary: tuple[str, ...] = ()
    encoder: Any = None

    def read(self, texts: Texts, spaces: Collection[str]) -> dict[str, Any]:
        """A matrix of n rows for each space asked for."""
        return {space: self.read_one(texts, space) for space in sorted(spaces)}

    def read_one(self, texts: Texts, space: str) -> Any:
        """words, letters: sparse counts. meaning, transformer: float32 (n, d). tone: float (n, 1), VADER's compound.
        constant: ones.
        """
        if space == "constant":
            return np.ones((len(texts), 1))
        clipped = [text[:MOST_CHARACTERS] for text in texts]
        if space == "words":
            return self._counter.transform(clipped)
        if space == "letters":
            return letter_groups(clipped)
        if space == "tone":
            return compounds(clipped)[:, None]
        return self._vectors(clipped, space)

    def _vectors(self, texts: Texts, space: str) -> Vectors:
        if self.encoder is None:
            raise LabError(
                "This model reads meaning, and there is no encoder with it.", "Load it together with the encoder of its run."
            )
        return np.asarray(self.encoder.transform(texts) if space == "meaning" else self.encoder.teach(texts), np.float32)

    @cached_property
    def _counter(self) -> Any:
        return _counter(vocabulary={word: at for at, word in enumerate(self.vocabulary)} or {"": 0})


def _counter(**settings: Any) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(token_pattern=WORD, ngram_range=(1, 2), dtype=np.float32, **settings)


def reader_of(texts: Texts, encoder: Any = None) -> Reader:
    """A reader whose vocabulary is what these texts say."""
    counter = _counter(min_df=2 if len(texts) >= LEAST_FOR_PAIRS else 1, max_features=MOST_WORDS)
    try:
        counter.fit([text[:MOST_CHARACTERS] for text in texts])
    except ValueError:  # no word at all: emoji, or nothing that is said twice
        return Reader((), encoder)
    return Reader(tuple(counter.get_feature_names_out().tolist()), encoder)


def take(features: Features, index: Ints) -> dict[str, Any]:
    """The rows at these places, of every matrix."""
    return {space: matrix[index] for space, matrix in features.items()}


@dataclass(frozen=True)
class Weighting:
    """TF-IDF of the columns that a model looks at. ``columns``: int (c,), ascending. ``idf``: float32 (c,)."""

    columns: Ints
    idf: Vectors

    def weigh(self, counts: Any) -> Any:
        """(1 + log count) x idf, rows of unit length; sparse float64 (n, c)."""
        place = np.full(counts.shape[1], -1, np.int32)
        place[self.columns] = np.arange(len(self.columns))
        at = place[counts.indices]
        used = at >= 0
        weights = (1 + np.log(counts.data[used].astype(np.float64))) * self.idf[at[used]]
        ends = np.concatenate([[0], np.cumsum(used)])[counts.indptr]
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(ends))
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=counts.shape[0]))
        return sparse.csr_matrix((weights / lengths[rows], at[used], ends), shape=(counts.shape[0], len(self.columns)))


def weighting_of(counts: Any, most: int) -> Weighting:
    """Smoothed IDF, log((1 + n) / (1 + df)) + 1 as in scikit-learn, of the ``most`` columns in the most texts.

    A column in one text only ties nothing together and is left out, save where there are few texts.
    """
    n = counts.shape[0]
    texts = np.bincount(counts.indices, minlength=counts.shape[1])
    least = 2 if n >= LEAST_FOR_PAIRS else 1
    often = np.argsort(-texts, kind="stable")[:most]
    columns = np.sort(often[texts[often] >= least])
    columns = columns if len(columns) else np.zeros(1, np.int64)  # a model needs a column, be it an idle one
    return Weighting(columns, np.asarray(np.log((1 + n) / (1 + texts[columns])) + 1, np.float32))


def joined(features: Features, spaces: Sequence[str], weightings: Mapping[str, Weighting]) -> Any:
    """What a linear model sees: dense vectors as they are, or the weighted counts of one or more spaces beside each other."""
    if not weightings:
        vectors: Floats = features[spaces[0]].astype(np.float64)
        return vectors
    return sparse.hstack([weightings[space].weigh(features[space]) for space in spaces], format="csr")
