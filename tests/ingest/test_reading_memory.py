from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from feedback_lab.ingest import look, looking, read, unpacking
from tests.ingest.made import written

ROWS = 60_000


@pytest.mark.parametrize("first", ["", '"never closed,3\n'])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str) -> None:
    monkeypatch.setattr(looking, "SAMPLE_ROWS", 100)
    monkeypatch.setattr(unpacking, "PIECE", 1 << 14)
    path = written(tmp_path, "text,rating\n" + first + "it took far too long and nobody told me why,3\n" * ROWS)
    found = look(path)  # once before, so that no import is counted
    tracemalloc.start()
    try:
        assert look(path) == found
        assert sum(map(len, read(path, found, 100))) == ROWS
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < path.stat().st_size / 3
