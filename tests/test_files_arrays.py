"""Arrays come back as written, and whatever happened to their file is said to be damage."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from feedback_lab.errors import DamagedRun
from feedback_lab.files import read_arrays

HINT = "Run the step again."
ARRAYS: dict[str, NDArray[Any]] = {
    "numbers": np.arange(6, dtype=np.float32).reshape(2, 3),
    "none": np.zeros((0, 4)),
    "word": np.array("größe"),
    "one": np.array(7),
}


def written(packed: bool = False, **arrays: Any) -> bytes:
    file = io.BytesIO()
    (np.savez_compressed if packed else np.savez)(file, **arrays)
    return file.getvalue()


def read(content: bytes) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.npz").write_bytes(content)
        return {name: array.tolist() for name, array in read_arrays(Path(folder) / "a.npz", HINT).items()}


WHOLE = {packed: written(packed, **ARRAYS) for packed in (False, True)}
EXPECTED = {name: array.tolist() for name, array in ARRAYS.items()}


@pytest.mark.parametrize("packed", [False, True])
def test_arrays_come_back_and_have_the_same_bytes(packed: bool) -> None:
    assert read(WHOLE[packed]) == EXPECTED
    assert written(packed, **ARRAYS) == WHOLE[packed]


@given(st.booleans(), st.data())
def test_a_cut_file_is_damaged(packed: bool, data: st.DataObject) -> None:
    keep = data.draw(st.integers(0, len(WHOLE[packed]) - 1))
    with pytest.raises(DamagedRun, match=r"a\.npz is damaged"):
        read(WHOLE[packed][:keep])


@given(st.booleans(), st.integers(0), st.integers(1, 255))
def test_a_changed_byte_is_damage_or_does_no_harm(packed: bool, place: int, flip: int) -> None:
    content = bytearray(WHOLE[packed])
    content[place % len(content)] ^= flip
    try:
        found = read(bytes(content))
    except DamagedRun:
        return
    # Names and dates in the directory of the archive are not under its checksum.
    assert all(value in EXPECTED.values() for value in found.values())


def single() -> bytes:
    file = io.BytesIO()
    np.save(file, np.arange(3))
    return file.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", single(), written(a=np.array([{}], object)), b"\x80\x04N."])
def test_a_foreign_file_is_damaged_and_nothing_of_it_is_run(content: bytes) -> None:
    with pytest.raises(DamagedRun) as caught:
        read(content)
    assert caught.value.hint == HINT


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedRun, match=r"a\.npz"):
        read_arrays(tmp_path / "a.npz", HINT)
