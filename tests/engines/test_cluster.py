"""A Dask cluster gives what one process gives, even when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path

import pytest

from feedback_lab.engines import Engine, open_engine
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


def _result_of_a_cluster() -> int:
    """Raises from a frame of the cluster's futures, as it does where a worker dies between a result and its state."""
    made: dict[str, object] = {"__name__": "distributed.cfexecutor"}
    exec("def result():\n    typ, exc, tb = 3\n", made)
    found = made["result"]
    assert callable(found)
    return int(found())


class Lost(Future[int]):
    """A future whose result is lost once."""

    def result(self, timeout: float | None = None) -> int:
        return _result_of_a_cluster()


class Plain(Executor):
    """Runs at once; the first result is lost."""

    def __init__(self) -> None:
        self.count = 0

    def submit(self, function: Callable[..., int], /, *given: object, **named: object) -> Future[int]:  # type: ignore[override]
        self.count += 1
        future: Future[int] = Lost() if self.count == 1 else Future()
        if self.count > 1:
            try:
                future.set_result(function(*given, **named))
            except TypeError as error:
                future.set_exception(error)
        return future


def test_a_result_that_the_cluster_lost_is_worked_out_again() -> None:
    executor = Plain()
    assert list(Engine("dask", 2, lambda: executor).map(work.square, range(3))) == [0, 1, 4]
    assert executor.count == 4


def refuse(number: int) -> int:
    raise TypeError("cannot unpack non-iterable int object")


def test_a_fault_of_the_work_itself_is_told() -> None:
    with pytest.raises(TypeError, match="cannot unpack"):
        list(Engine("dask", 2, Plain).map(refuse, [1, 2]))
