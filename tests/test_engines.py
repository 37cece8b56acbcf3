"""Engines: the same results in the same order whatever does the work, and a killed worker costs only its parts."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_lab.engines import POOL_ROWS, Engine, SerialExecutor, open_engine
from feedback_lab.errors import LabError
from tests.engines import work


@pytest.fixture(scope="module")
def pool() -> Iterator[Engine]:
    """Starting workers is what takes time, so one pool serves all tests."""
    with open_engine("pool", workers=2) as engine:
        yield engine


def serial() -> Engine:
    return Engine("serial", 1, SerialExecutor)


class Recording(Executor):
    """Notes how many calls wait at a time. Each is done only when its result is asked for."""

    def __init__(self) -> None:
        self.waiting = self.most = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        recording = self

        class Lazy(Future[Any]):
            def result(self, timeout: float | None = None) -> Any:
                recording.waiting -= 1
                return fn(*args, **kwargs)

        return Lazy()


@given(st.lists(st.integers(), max_size=30), st.integers(1, 4))
def test_results_come_in_order_while_few_are_under_way(numbers: list[int], workers: int) -> None:
    executor = Recording()
    engine = Engine("recording", workers, lambda: executor)
    assert list(engine.map(work.square, numbers)) == [number**2 for number in numbers]
    assert executor.most <= 2 * workers


def test_a_pool_gives_what_one_process_gives(pool: Engine) -> None:
    assert list(pool.map(work.square, range(40))) == list(serial().map(work.square, range(40)))
    assert list(pool.map(work.square, [])) == []


def test_parts_are_only_taken_when_needed(pool: Engine) -> None:
    """An endless source of parts; serial is not even one ahead."""
    taken = []

    def endless() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    assert list(islice(serial().map(work.square, endless()), 3)) == [0, 1, 4]
    assert len(taken) == 3
    assert list(islice(pool.map(work.square, endless()), 3)) == [0, 1, 4]
    assert len(taken) <= 3 + 3 + 2 * 2


def test_faults_cross_the_border_whole(pool: Engine) -> None:
    for engine in (serial(), pool):
        results = engine.map(work.refuse_three, range(9))
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(LabError) as caught:
            next(results)
        assert (caught.value.message, caught.value.hint, caught.value.row) == ("Three is refused.", "Leave it out.", 3)
    assert list(pool.map(work.square, [7])) == [49]  # and the pool is as good as before


def test_the_parts_of_a_killed_worker_are_done_again(tmp_path: Path) -> None:
    with open_engine("pool", workers=2) as engine:
        results = list(engine.map(work.die_once, [(tmp_path, number) for number in range(10)]))
    assert results == [number**2 for number in range(10)]
    assert (tmp_path / "was here").exists()


def test_a_part_that_kills_every_worker_is_given_up() -> None:
    with open_engine("pool", workers=1) as engine:
        with pytest.raises(LabError, match="killed 3 times") as caught:
            list(engine.map(work.die, range(6)))
        assert "serial" in caught.value.hint
        assert list(engine.map(work.square, [7])) == [49]


@pytest.mark.parametrize(
    ("kind", "workers", "rows", "name"),
    [
        ("serial", 4, 10**9, "serial"),
        ("auto", 4, POOL_ROWS - 1, "serial"),
        ("auto", 1, POOL_ROWS, "serial"),
        ("auto", 2, POOL_ROWS, "pool"),
    ],
)
def test_a_small_file_needs_no_pool(kind: str, workers: int, rows: int, name: str) -> None:
    with open_engine(kind, workers, rows) as engine:
        assert engine.name == name


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(LabError, match="no engine 'spark'") as caught, open_engine("spark"):
        pass
    assert "dask" in caught.value.hint
