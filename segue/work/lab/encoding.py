"""What short texts mean, by the Lab's sentence transformer: tens of them in tens of milliseconds, on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def available() -> bool:
    """Whether the parts that this needs are installed (the extra ``lab``)."""
    return all(find_spec(name) is not None for name in ("numpy", "onnxruntime", "tokenizers"))


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors, float32 (n, 384). The transformer knows English."""
    from feedback_lab.embed import teacher

    return teacher.teach(list(texts))
