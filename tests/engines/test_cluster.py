"""A Dask cluster gives what one process gives, even when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from feedback_lab.engines import open_engine
from feedback_lab.errors import LabError
from tests.engines import work

pytest.importorskip("distributed", reason="needs the extra scale")


@pytest.mark.slow
def test_a_killed_worker_changes_nothing(tmp_path: Path) -> None:
    from distributed import get_client

    with open_engine("dask", workers=3) as engine:
        assert (engine.name, engine.workers) == ("dask", 3)
        results = engine.map(work.square, range(60))
        begun = [next(results) for _ in range(10)]
        pids = get_client().run(os.getpid)
        os.kill(next(iter(pids.values())), signal.SIGKILL)
        assert begun + list(results) == [number**2 for number in range(60)]
        assert list(engine.map(work.die_once, [(tmp_path, number) for number in range(9)])) == [n**2 for n in range(9)]
        with pytest.raises(LabError, match="killed"):
            list(engine.map(work.die, range(6)))
        results = engine.map(work.refuse_three, [3])
        with pytest.raises(LabError, match="Three is refused"):
            next(results)


@pytest.mark.slow
def test_a_second_run_at_the_same_time_is_no_trouble() -> None:
    """Dask's usual port for its own pages is taken, as by another run."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):  # somebody else has it: as good
            taken.bind(("127.0.0.1", 8787))
            taken.listen()
        with open_engine("dask", workers=1) as engine:
            assert list(engine.map(work.square, range(5))) == [0, 1, 4, 9, 16]


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback_lab.engines.cluster.ANSWER_SECONDS", 0.2)
    with pytest.raises(LabError, match=r"tcp://127\.0\.0\.1:9"), open_engine("dask", address="tcp://127.0.0.1:9"):
        pass
