"""A job that eats memory until none is left, in a worker of its own: it fails in words, and the worker goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from segue.jobs.actions import enqueue
from segue.jobs.models import State
from tests.architecture.tree import ROOT
from tests.vault.conftest import empty_home, home, migrated

__all__ = ["empty_home", "home", "migrated"]  # fixtures

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such limit")]

# It eats in small bites, so that nothing is left for saying so, in a list and in objects that hold each other.
GREEDY = """
import django
django.setup()
from segue.jobs.limits import limit_memory
from segue.jobs.worker import Worker

class Crumb:
    pass

def eat(job, report):
    eaten = []
    report(10, "eating")
    while True:
        crumb = Crumb()
        crumb.itself, crumb.more = crumb, bytes(job.payload["bite"])
        eaten.append(crumb)

limit_memory(256)
Worker({"eat": eat, "fast": lambda job, report: {}}, should_stop=lambda: False, sleep=lambda seconds: None).run(once=True)
"""


@pytest.mark.parametrize("bite", [1, 400, 40_000_000])
def test_a_job_that_eats_all_memory_fails_in_words_and_the_next_one_is_done(home: Path, bite: int) -> None:
    greedy, modest = enqueue("eat", payload={"bite": bite}), enqueue("fast")
    given = {name: value for name, value in os.environ.items() if not name.startswith("SEGUE")}
    given |= {"SEGUE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "segue.settings"}
    done = subprocess.run([sys.executable, "-c", GREEDY], cwd=ROOT, env=given, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    greedy.refresh_from_db()
    modest.refresh_from_db()
    assert (greedy.state, greedy.attempts, modest.state) == (State.FAILED, 1, State.DONE)
    assert greedy.error.startswith("It needed more memory than the 256 MiB")
