"""Made-up feedback on a few subjects, and an encoder that costs nothing, for tests of models."""

from __future__ import annotations

import zlib

import numpy as np

from feedback_lab.records.rows import Rows, Texts, Vectors

SUBJECTS = {
    "delivery": "parcel courier late arrived delivery driver",
    "size": "size small tight waist sleeves large",
    "price": "price expensive discount cheap paid refund",
    "staff": "staff rude helpful phone answered shop",
}
FILLERS = ("really", "again", "today", "the", "my", "it", "was", "and", "with", "so", "just", "order", "this", "one", "for", "me")
DIMENSIONS = 24


class HashEncoder:
    """Each word has a fixed random direction; a text is the sum of its words."""

    def transform(self, texts: Texts) -> Vectors:
        """Unit vectors, float32 (n, DIMENSIONS)."""
        vectors = np.array([sum((direction(word) for word in text.lower().split()), np.zeros(DIMENSIONS)) for text in texts])
        vectors = vectors.reshape(len(texts), DIMENSIONS)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


class Teacher(HashEncoder):
    """One that has a transformer as well."""

    def teach(self, texts: Texts) -> Vectors:
        """The same vectors, turned round."""
        return -self.transform(texts)


def direction(word: str) -> np.ndarray:
    """Of a word, always the same."""
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=DIMENSIONS)


def reviews(each: int, subjects: int = 4, noise: float = 0.1, seed: int = 0) -> Rows:
    """``each`` texts for each subject, as label and, by the first and last, as rating. ``noise``: share with a wrong label."""
    random = np.random.default_rng(seed)
    names = list(SUBJECTS)[:subjects]
    labels = [name for name in names for _ in range(each)]
    texts = [
        " ".join(random.permutation([*random.choice(SUBJECTS[name].split(), 2), *random.choice(FILLERS, 5)])) for name in labels
    ]
    said = [str(random.choice(names)) if random.random() < noise else name for name in labels]
    order = random.permutation(len(texts))
    return Rows(
        number=np.arange(1, len(texts) + 1),
        texts=[f"{texts[at]} {at}" for at in order],
        ratings=np.array([float(1 + names.index(said[at])) for at in order]),
        labels=[said[at] for at in order],
    )
