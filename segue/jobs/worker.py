"""The worker: takes one job after the other and does it. It may be killed at any moment; what it was doing is done again.

Which function does which kind of job is handed in by whoever starts it, so that this module knows nothing of what lies above it.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from django.db import DatabaseError, close_old_connections, connections

from segue.core.errors import UserError
from segue.jobs.actions import JobCancelled, beat, claim, fail, finish, give_back, reap, report_progress
from segue.jobs.limits import keep_back, let_go, shortage_of
from segue.jobs.models import Job

Report = Callable[[int, str], None]
Handler = Callable[[Job, Report], Mapping[str, Any]]
Sleep = Callable[[float], object]

POLL_SECONDS = 1.0
BEAT_SECONDS = 15.0
CHORES_EVERY = 60  # polls

logger = logging.getLogger("segue.jobs")


class Stopping(Exception):
    """The worker is asked to end: the job at hand goes back into the queue."""


class Beating:
    """Beats for a job from a thread of its own, so that one long step is not taken for a dead worker."""

    def __init__(self, job: Job, seconds: float = BEAT_SECONDS) -> None:
        self._job = job
        self._seconds = seconds
        self._over = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"beating for {job.pk}", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self.thread.join()

    def _run(self) -> None:
        try:
            while not self._over.wait(self._seconds):
                self._beat()
        finally:
            connections.close_all()

    def _beat(self) -> None:
        try:
            beat(self._job)
        except JobCancelled:
            self._over.set()  # the job itself notices at its next report
        except (DatabaseError, MemoryError):
            logger.warning("%s: no heartbeat this time", self._job, exc_info=True)


class Worker:
    """Does jobs until ``should_stop`` says so. ``chores`` is called now and then while nothing is to be done."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        *,
        should_stop: Callable[[], bool],
        sleep: Sleep,
        chores: Callable[[], object] = lambda: None,
    ) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._handlers = handlers
        self._should_stop = should_stop
        self._sleep = sleep
        self._chores = chores
        self._kept_back = b""

    def run(self, *, once: bool = False) -> int:
        """Works. ``once``: until nothing waits. How many jobs it took."""
        taken = idle = 0
        while not self._should_stop():
            try:
                job = self._next(idle)
            except DatabaseError as error:
                logger.warning("the database can't be used just now (%s); trying again", error)
                job = None
            if job is not None:
                self._do(job)
                taken += 1
            elif once:
                break
            else:
                self._sleep(POLL_SECONDS)
            idle = 0 if job is not None else idle + 1
        return taken

    def _next(self, idle: int) -> Job | None:
        close_old_connections()
        if idle % CHORES_EVERY == 0:
            reap()
            self._chores()
        return claim(self.name, self._handlers)

    def _do(self, job: Job) -> None:
        self._kept_back = self._kept_back or keep_back()
        try:
            with Beating(job):
                result = self._handlers[job.kind](job, lambda percent, step: self._report(job, percent, step))
            finish(job, result)
        except JobCancelled:
            logger.info("%s was cancelled", job)
        except Stopping:
            give_back(job)
        except Exception as error:
            self._kept_back = b""
            self._fail(job, error)

    def _report(self, job: Job, percent: int, step: str) -> None:
        if self._should_stop():
            raise Stopping
        report_progress(job, percent, step)

    def _fail(self, job: Job, error: Exception) -> None:
        shortage = shortage_of(error)
        if shortage is not None:
            let_go(error)
            logger.error("%s failed: %s (%s: %s)", job, shortage.message, type(error).__name__, error)
            words = str(shortage)
        elif isinstance(error, UserError):
            words = str(error)
        else:
            logger.exception("%s failed", job)
            words = f"A bug in Segue stopped it ({type(error).__name__}). Your data is unchanged; the log has the details."
        try:
            fail(job, words)
        except (JobCancelled, DatabaseError):
            logger.warning("%s: its failure could not be kept", job, exc_info=True)
