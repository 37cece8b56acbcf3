"""Where the teacher does not speak the language: TF-IDF of character n-grams on 256 axes. Neutral to language and script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from feedback_lab.embed.adapted import idf_of, tf_idf
from feedback_lab.embed.axes import principal_axes
from feedback_lab.embed.tokens import BATCH, MOST_CHARACTERS, unit
from feedback_lab.records.rows import Texts, Vectors

BUCKETS = 1 << 17
SPAN = (2, 4)  # of the n-grams; Korean and Chinese words are two to four characters long


@dataclass(frozen=True)
class CharacterEncoder:
    """Texts to unit vectors float32 (n, a). ``idf``: (buckets,). ``axes``: (buckets, a)."""

    idf: Vectors
    axes: Vectors
    path = "characters"

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.axes.shape[1])

    def transform(self, texts: Texts) -> Vectors:
        """Unit vectors; zeros for a text without a known n-gram."""
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):  # several threads cut the sums another way, and the last digits with them
            parts = [
                unit(tf_idf(grams(texts[begin : begin + BATCH]), self.idf) @ self.axes) for begin in range(0, len(texts), BATCH)
            ]
        return np.concatenate(parts) if parts else np.zeros((0, self.dimensions), np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What there is to store."""
        return {"idf": self.idf, "axes": self.axes}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> CharacterEncoder:
        """The encoder that ``arrays`` came from."""
        return cls(arrays["idf"], arrays["axes"])


def grams(texts: Texts) -> Any:
    """Counts of character n-grams within words, hashed into buckets, sparse float32 (n, buckets)."""
    from sklearn.feature_extraction.text import HashingVectorizer

    hashed = HashingVectorizer(
        analyzer="char_wb", ngram_range=SPAN, n_features=BUCKETS, alternate_sign=False, norm=None, dtype=np.float32
    )
    return hashed.transform([text[:MOST_CHARACTERS] for text in texts])


def fit(texts: Texts, seed: int) -> CharacterEncoder:
    """An encoder for texts like these."""
    counts = grams(texts)
    idf = idf_of(counts)
    return CharacterEncoder(idf, principal_axes(tf_idf(counts, idf), seed))
