"""Vectors of short texts from the Lab's transformer."""

from __future__ import annotations

import numpy as np

from segue.work.lab.encoding import available, encode


def test_like_texts_lie_near_each_other() -> None:
    assert available()
    vectors = encode(["My parcel came late.", "The delivery was delayed.", "I like the new colours."])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > far + 0.2
