"""Word pieces: bounded however long the text, from artefacts that are what they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from feedback_lab.embed import tokens
from feedback_lab.embed.tokens import MOST_PIECES, artefact, bags, pieces, table, unit
from feedback_lab.errors import DamagedRun


@pytest.fixture
def unchecked() -> Iterator[None]:
    """Nothing counts as checked already, before the test and after it."""
    tokens._checked.cache_clear()
    yield
    tokens._checked.cache_clear()


@pytest.mark.parametrize("name", ["teacher.onnx", "tokenizer.json", "tokens.npy", "scales.npy"])
@pytest.mark.usefixtures("unchecked")
def test_a_changed_artefact_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert artefact(name).name == name
    tokens._checked.cache_clear()
    monkeypatch.setattr(tokens, "sha256_of", lambda _: "0" * 64)
    with pytest.raises(DamagedRun, match=name):
        artefact(name)


@pytest.mark.usefixtures("unchecked")
def test_a_missing_artefact_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = artefact("tokens.npy").parent / "provenance.json"
    tokens._checked.cache_clear()
    (tmp_path / "artefacts").mkdir()
    (tmp_path / "artefacts" / "provenance.json").write_bytes(known.read_bytes())
    monkeypatch.setattr(tokens, "files", lambda _: tmp_path)
    with pytest.raises(DamagedRun, match=r"tokens\.npy"):
        artefact("tokens.npy")


def test_a_megabyte_is_as_much_work_as_a_page() -> None:
    assert [len(found) for found in pieces(["late " * 200_000, "late", ""])] == [MOST_PIECES, 1, 0]


def test_bags_count_pieces() -> None:
    counts = bags(["late late parcel", "", "👍"])
    assert counts.shape == (3, len(table()))
    assert sorted(counts[[0]].data) == [1, 2]
    assert counts[[1]].nnz == 0
    assert bags([]).shape == (0, len(table()))


def test_unit_leaves_zeros() -> None:
    assert unit(np.array([[3, 4], [0, 0]], np.float32)).tolist() == [pytest.approx([0.6, 0.8]), [0, 0]]
