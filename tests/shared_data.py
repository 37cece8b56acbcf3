"""Real data beside the project. It is not part of it, so a test that needs it is skipped where it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file of the shared data, such as ``banking77/train.csv``; skips the test where it does not exist."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"needs the shared data: {name} is not there")
    return path
