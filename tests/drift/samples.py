"""Made-up feedback whose words follow its label, an encoder that hashes words, and a model that counts them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np

from feedback_lab.errors import NotEnoughData
from feedback_lab.records.rows import Floats, Ints, Roles, Rows, Segment, Vectors

ROLES = Roles("text", "on", "stars", "topic", (Segment("country"),))
WORDS = {
    "billing": ["invoice", "charged", "refund", "price", "twice", "paid", "bill", "money", "card", "fee"],
    "delivery": ["parcel", "late", "courier", "box", "arrived", "week", "lost", "tracking", "door", "driver"],
    "fit": ["size", "small", "tight", "sleeves", "waist", "large", "length", "loose", "shoulders", "hem"],
}
FILLER = ["the", "it", "was", "and", "is", "my", "of", "to", "a", "in", "this", "that", "with", "very", "quite"]
TOPICS = tuple(WORDS)


def rows(n: int, seed: int = 0, shares: Sequence[float] = (0.3, 0.4, 0.3), noise: float = 0.3, first: int = 1) -> Rows:
    """Rows of one source; an hour lies between two of them. ``noise``: share of words that come from any topic."""
    rng = np.random.default_rng(seed)
    labels = rng.choice(TOPICS, n, p=shares).tolist()
    return Rows(
        number=np.arange(first, first + n),
        texts=[_text(rng, label, noise) for label in labels],
        times=np.datetime64("2026-01-01T00:00:00") + np.arange(first, first + n) * np.timedelta64(3600, "s"),
        ratings=rng.choice([1.0, 2.0, 3.0, 4.0, 5.0], n, p=[0.1, 0.1, 0.2, 0.3, 0.3]),
        labels=labels,
        segments={"country": rng.choice(["DE", "FR", "UK"], n).tolist()},
    )


def _text(rng: np.random.Generator, label: str, noise: float) -> str:
    words = []
    for _ in range(rng.integers(4, 20)):
        topic = label if rng.random() > noise else rng.choice(TOPICS)
        words.append(str(rng.choice(FILLER if rng.random() < 0.5 else WORDS[str(topic)])))
    return " ".join(words)


class HashedWords:
    """32 dimensions, one for the words of each hash; unit length."""

    def transform(self, texts: Sequence[str]) -> Vectors:
        """Vectors, float32 (n, 32)."""
        found = np.zeros((len(texts), 32), dtype=np.float32)
        for at, text in enumerate(texts):
            for word in text.split():
                found[at, zlib.crc32(word.encode()) % 32] += 1
        lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return np.asarray(found / lengths, dtype=np.float32)


class WordCounts:
    """Naive Bayes over words."""

    def __init__(self, classes: tuple[str, ...], words: dict[str, Counter[str]]) -> None:
        self.classes = classes
        self._words = words

    def predict(self, texts: Sequence[str]) -> tuple[Ints, Floats]:
        """The class under which the words are likeliest."""
        scores = np.array([[self._likelihood(text, name) for name in self.classes] for text in texts]).reshape(
            -1, len(self.classes)
        )
        scores = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-1e9))
        return scores.argmax(axis=1).astype(np.int64), scores / scores.sum(axis=1, keepdims=True)

    def _likelihood(self, text: str, name: str) -> float:
        counts = self._words[name]
        total = counts.total() + 50
        return float(sum(np.log((counts[word] + 1) / total) for word in text.split()))


def train(rows: Rows) -> WordCounts:
    """A model of the labels of these rows."""
    words: dict[str, Counter[str]] = {}
    for text, label in zip(rows.texts, rows.labels or [], strict=False):
        if label is not None:
            words.setdefault(label, Counter()).update(text.split())
    if len(words) < 2:
        raise NotEnoughData("There are fewer than two classes.")
    return WordCounts(tuple(sorted(words)), words)
