"""A run that gets far too little memory ends as failed, with words, however its libraries take it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from segue.accounts.actions import make_local_learner
from segue.jobs.actions import MOST_ATTEMPTS, reap
from segue.jobs.limits import LEAST_MB, VARIABLE
from segue.jobs.models import State
from segue.work.lab.actions.runs import start, take_example
from tests.architecture.tree import ROOT
from tests.vault.conftest import empty_home, home, migrated

__all__ = ["empty_home", "home", "migrated"]  # fixtures

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")]


def test_a_run_without_memory_fails_in_words(home: Path) -> None:
    analysis = start(take_example(make_local_learner()), {})
    job = analysis.job
    assert job is not None
    given = {name: value for name, value in os.environ.items() if not name.startswith(("SEGUE", "DJANGO"))}
    given |= {"SEGUE_HOME": str(home), VARIABLE: str(LEAST_MB)}
    for _ in range(MOST_ATTEMPTS):
        subprocess.run([sys.executable, "-m", "segue", "worker", "--once"], cwd=ROOT, env=given, capture_output=True, timeout=120)
        reap(timedelta(0))  # as the server does when its worker has died
        job.refresh_from_db()
        if job.is_over:
            break
    assert job.state == State.FAILED
    assert "memory" in job.error
    assert "fewer rows" in job.error
