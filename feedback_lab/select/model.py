"""A trained model: texts in, classes and scores out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from feedback_lab.errors import NotEnoughData
from feedback_lab.records.models import Target
from feedback_lab.records.rows import Floats, Ints, Rows, Texts
from feedback_lab.select.features import Features, Reader, reader_of
from feedback_lab.select.legs import Leg
from feedback_lab.select.targets import examples
from feedback_lab.select.tempering import Temper

BATCH = 4_096


@dataclass(frozen=True)
class TextModel:
    """A candidate that has learnt. It can be pickled to cross the border of a process, and is stored by ``save`` only."""

    name: str
    target: Target
    reader: Reader
    legs: tuple[Leg, ...]
    temper: Temper

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the k classes."""
        return self.target.classes

    @property
    def spaces(self) -> frozenset[str]:
        """What it reads of a text."""
        return frozenset(space for leg in self.legs for space in leg.spaces)

    def predict(self, texts: Texts) -> tuple[Ints, Floats]:
        """The class of each text, int64 (n,) places in ``classes``, and scores float64 (n, k) whose rows add up to 1.

        The class is the one with the highest score. Sums run in one thread: the same texts give the same bytes.
        """
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):
            parts = [self._read(texts[begin : begin + BATCH]) for begin in range(0, len(texts), BATCH)]
        scores = np.concatenate(parts) if parts else np.zeros((0, len(self.classes)))
        return scores.argmax(1).astype(np.int64), scores

    def _read(self, texts: Texts) -> Floats:
        return self.scores(self.reader.read(texts, self.spaces))

    def scores(self, features: Features) -> Floats:
        """Scores float64 (n, k) of texts that were read already."""
        return self.temper.scores([leg.decide(features) for leg in self.legs])

    def refit(self, features: Features, labels: Ints, seed: int) -> TextModel:
        """The same kind of model with the same settings, learnt from other examples."""
        return replace(self, legs=tuple(leg.refit(features, labels, seed) for leg in self.legs))

    def save(self, folder: Path) -> None:
        """Write the model; the encoder, where it reads meaning, is not in it. See ``storing.save``."""
        from feedback_lab.select.storing import save

        save(self, folder)

    @classmethod
    def load(cls, folder: Path, encoder: Any = None) -> TextModel:
        """Read a model. See ``storing.load``."""
        from feedback_lab.select.storing import load

        return load(folder, encoder)


def retrain(model: TextModel, rows: Rows, seed: int = 0) -> TextModel:
    """A model of the same kind, with the same settings and classes, learnt from other rows.

    Raises ``NotEnoughData`` where these hold fewer than two of its classes.
    """
    from threadpoolctl import threadpool_limits

    texts, labels, _ = examples(rows, model.target)
    if len(np.unique(labels)) < 2:
        raise NotEnoughData(
            "The new rows hold fewer than two classes, so no model can be trained on them.", "Label more of them."
        )
    reader = reader_of(texts, model.reader.encoder) if "words" in model.spaces else model.reader
    with threadpool_limits(1):
        return replace(model, reader=reader).refit(reader.read(texts, model.spaces), labels, seed)
