"""The version in use, loaded and ready to answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from feedback_lab.errors import LabError
from feedback_lab.redact import redact_texts
from feedback_lab.serve.model import Model
from feedback_lab.serve.store import ModelStore, Version

Loader = Callable[[Path, Path | None], Model]


@dataclass(frozen=True)
class _Ready:
    version: Version
    model: Model


class ServedModel:
    """Answers with the version that its store has in use, and notices when that changes. May be asked from many threads.

    ``loader(model_folder, encoder_file_or_None)`` gives the model. Raises ``LabError`` where no version is in use,
    ``DamagedRun`` where its files are not as they were added.
    """

    def __init__(self, store: ModelStore, loader: Loader) -> None:
        self.store = store
        self._loader = loader
        self._switching = Lock()
        self._predicting = Lock()
        self.fault = ""
        current = store.current
        if current is None:
            raise LabError("No version of the model is in use.", "Add a model to the store and use it.")
        self._ready = self._load(current)

    def _load(self, name: str) -> _Ready:
        return _Ready(self.store.verify(name), self.store.load(name, self._loader))

    @property
    def version(self) -> Version:
        """The version that answers."""
        return self._at_hand().version

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes of the version that answers."""
        return self._at_hand().model.classes

    def _at_hand(self) -> _Ready:
        """The version in use. Where it can't be loaded, the one before goes on answering and ``fault`` says why."""
        with self._switching:
            try:
                current = self.store.current
                if current is not None and current != self._ready.version.name:
                    self._ready = self._load(current)
                self.fault = ""
            except LabError as fault:
                self.fault = fault.message
            return self._ready

    def ask(self, texts: Sequence[str]) -> tuple[str, list[dict[str, Any]]]:
        """The version's name, and for each text its label, confidence (0-1), and whether something in it was redacted first."""
        ready = self._at_hand()
        redacted, _, _ = redact_texts(texts)
        # One at a time: not every model may be asked by two threads at once, and two cores have enough to do with one.
        with self._predicting:
            places, scores = ready.model.predict(redacted)
        answers = [
            {
                "label": ready.model.classes[place],
                "confidence": float(f"{scores[at, place]:.6g}"),
                "redacted": redacted[at] != texts[at],
            }
            for at, place in enumerate(places.tolist())
        ]
        return ready.version.name, answers

    def roll_back(self) -> str:
        """Go back to the version before, and answer with it from now on. Raises as ``ModelStore.roll_back``."""
        self.store.roll_back()
        return self._at_hand().version.name
