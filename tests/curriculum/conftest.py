from __future__ import annotations

from pathlib import Path

import pytest

from tests.curriculum.sample import Sample


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample.write(tmp_path)
