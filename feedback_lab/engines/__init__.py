"""What does the work: one process, a pool of processes, or a Dask cluster, all behind ``Engine.map``.

The same function gets the same parts whatever the engine, so results are equal to the byte. A worker that is killed costs the
parts it held, which are done again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from typing import Any, TypeVar

from feedback_lab.errors import LabError

Item = TypeVar("Item")
Result = TypeVar("Result")

KINDS = ("auto", "serial", "pool", "dask")
TRIES = 3
# Below this many rows, starting a pool costs more than it saves.
POOL_ROWS = 20_000
# One thread for each worker: the pool is the parallelism. Waiting threads must not spin on a busy machine.
QUIET = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "OMP_WAIT_POLICY": "PASSIVE",
    "GOMP_SPINCOUNT": "0",
    "TOKENIZERS_PARALLELISM": "false",
}


class SerialExecutor(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """A future that is done already."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as fault:
            future.set_exception(fault)
        return future


class Engine:
    """Maps a function over parts. ``make`` opens an executor; it is called again when the executor broke.

    ``given_up`` is what an executor raises that does the parts of killed workers again itself, and has tried often enough.
    """

    def __init__(self, name: str, workers: int, make: Callable[[], Executor], given_up: tuple[type[Exception], ...] = ()) -> None:
        self.name = name
        self.workers = workers
        self._make = make
        self._given_up = given_up
        self._executor: Executor | None = None

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Results in the order of the items, while only a few items are under way at a time.

        ``function`` and items can be pickled. Raises what ``function`` raises, and ``LabError`` where an item killed its worker
        ``TRIES`` times.
        """
        waiting: deque[tuple[Item, Future[Result]]] = deque()
        for item in items:
            waiting.append((item, self._submit(function, item)))
            # One process has nothing to gain from working ahead.
            while len(waiting) >= (1 if self.name == "serial" else 2 * self.workers):
                yield self._next(function, waiting)
        while waiting:
            yield self._next(function, waiting)

    def _submit(self, function: Callable[[Item], Result], item: Item) -> Future[Result]:
        if self._executor is None:
            self._executor = self._make()
        try:
            return self._executor.submit(function, item)
        except BrokenProcessPool as broken:
            future: Future[Result] = Future()
            future.set_exception(broken)
            return future

    def _next(self, function: Callable[[Item], Result], waiting: deque[tuple[Item, Future[Result]]]) -> Result:
        fault: Exception | None = None
        for _ in range(TRIES):
            try:
                result = waiting[0][1].result()
            except BrokenProcessPool as broken:
                fault = broken
                self.close()
                renewed = [(item, self._submit(function, item)) for item, _ in waiting]
                waiting.clear()
                waiting.extend(renewed)
            except self._given_up as killed:
                fault = killed
                break
            except TypeError as error:
                if not _is_of_the_cluster(error):
                    raise
                fault = error
                waiting[0] = (waiting[0][0], self._submit(function, waiting[0][0]))
            else:
                waiting.popleft()
                return result
        raise LabError(
            f"A worker process was killed {TRIES} times over the same part.",
            "The machine may be short of memory; try --engine serial.",
        ) from fault

    def close(self) -> None:
        """Let go of the workers; what is under way is dropped."""
        if self._executor is not None:
            with suppress(Exception):
                self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = None


def _is_of_the_cluster(error: TypeError) -> bool:
    """Whether it comes of the cluster's own futures: they lose a result whose worker dies just after it was fetched."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return place is not None and place.tb_frame.f_globals.get("__name__") == "distributed.cfexecutor"


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def give_back() -> None:
    """Hand memory that was freed back to the system, where the C library (glibc) would keep it for later."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _quiet() -> None:
    os.environ.update(QUIET)


def _pool(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_quiet)


@contextmanager
def open_engine(kind: str = "auto", workers: int = 0, rows: int = 0, address: str = "") -> Iterator[Engine]:
    """An engine for about ``rows`` rows. ``auto`` is one process for a small file, else a pool with a worker for each core.

    ``address`` is a Dask scheduler's; without one, ``dask`` starts a cluster on this machine. Raises ``LabError`` for an
    unknown kind and where Dask is not installed.
    """
    count = workers or cores()
    if kind == "auto":
        kind = "pool" if rows >= POOL_ROWS and count > 1 else "serial"
    if kind == "serial":
        yield Engine("serial", 1, SerialExecutor)
        return
    if kind == "dask":
        from feedback_lab.engines.cluster import dask_engine

        with dask_engine(count, address) as engine:
            yield engine
        return
    if kind != "pool":
        raise LabError(f"There is no engine {kind!r}.", f"Choose one of {', '.join(KINDS)}.")
    engine = Engine("pool", count, lambda: _pool(count))
    try:
        yield engine
    finally:
        engine.close()
