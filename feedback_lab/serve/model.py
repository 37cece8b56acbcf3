"""What can be served."""

from __future__ import annotations

from typing import Protocol

from feedback_lab.records.rows import Floats, Ints, Texts


class Model(Protocol):
    """Anything that names a class for a text."""

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the k classes."""
        ...

    def predict(self, texts: Texts) -> tuple[Ints, Floats]:
        """Places in ``classes`` (n,), and scores (n, k) whose rows add up to 1. -1 stands for no valid answer."""
        ...
