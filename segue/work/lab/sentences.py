"""What sentences mean, by the Lab's sentence transformer: a few tens of sentences in a few tens of milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedback_lab.records.rows import Vectors


@cache
def is_installed() -> bool:
    """Whether the parts of the Lab that this needs are there."""
    return all(find_spec(name) is not None for name in ("numpy", "onnxruntime", "tokenizers"))


def vectors_of(sentences: Sequence[str]) -> Vectors:
    """Unit vectors, float32 (n, 384). The transformer speaks English."""
    from feedback_lab.embed import teacher

    return teacher.teach(list(sentences))


def warm_up() -> None:
    """Loads the transformer in the background, so that whoever asks next need not wait half a second for it."""
    if is_installed():
        Thread(target=vectors_of, args=(["warm"],), daemon=True).start()
