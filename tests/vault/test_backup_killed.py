"""What ``benchmarks/faults.py`` does 50 times, a few times: killed while saving, while backing up, while restoring."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TIMES = 5


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is another matter on Windows")
@pytest.mark.parametrize("scenario", ["saves", "backups", "restores"])
def test_nothing_that_was_acknowledged_is_lost(scenario: str) -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/faults.py", "--times", str(TIMES), "--only", scenario],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    row = re.search(r"\| kill -9 while \w+(?: \w+)? \| (\d+) \| (\d+) \| (\d+) \| 0 \|", done.stdout)
    assert row, done.stdout
    kills, hit, _acknowledged = map(int, row.groups())
    assert kills == TIMES
    assert hit > 0, "no kill hit anything: the test would see nothing"
