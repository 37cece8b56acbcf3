"""Writes: asking for a job, and what a worker does to it.

Each write is one conditional update, so that it is right with any number of workers on SQLite and on PostgreSQL: it changes the
row only while the row is still in the state that the writer believes it to be in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F

from segue.accounts.models import Learner
from segue.jobs.models import Job, State
from segue.shared import clock

LOST_AFTER = timedelta(seconds=60)
MOST_ATTEMPTS = 3


class JobCancelled(Exception):
    """The job is no longer this worker's: it was cancelled, or given to another one. Stop, and leave nothing behind."""


def enqueue(kind: str, learner: Learner | None = None, payload: Mapping[str, Any] | None = None) -> Job:
    """Asks for a job."""
    return Job.objects.create(kind=kind, learner=learner, payload=dict(payload or {}), created_at=clock.now())


def claim(worker: str, kinds: Collection[str]) -> Job | None:
    """Takes the oldest waiting job of these kinds, or ``None``. Two workers never get the same one."""
    waiting = Job.objects.filter(state=State.QUEUED, kind__in=kinds)
    now = clock.now()
    for job_id in waiting.values_list("pk", flat=True)[:5]:
        taken = waiting.filter(pk=job_id).update(
            state=State.RUNNING, worker=worker, claimed_at=now, heartbeat_at=now, attempts=F("attempts") + 1
        )
        if taken:
            return Job.objects.get(pk=job_id)
    return None


def beat(job: Job) -> None:
    """Says that the worker still works on it. Raises ``JobCancelled`` where it is not its job any more."""
    _change(job, heartbeat_at=clock.now())


def report_progress(job: Job, percent: int, step: str = "") -> None:
    """Says how far it is. Raises ``JobCancelled`` where it is not the worker's job any more."""
    _change(job, heartbeat_at=clock.now(), progress=max(0, min(100, percent)), step=step[:200])


def finish(job: Job, result: Mapping[str, Any]) -> None:
    """Leaves the result. Raises ``JobCancelled`` where it is not the worker's job any more."""
    _change(job, state=State.DONE, progress=100, step="", result=dict(result))


def fail(job: Job, error: str) -> None:
    """Leaves a sentence that says why it could not be done. Raises ``JobCancelled`` where it is not the worker's job any more."""
    _change(job, state=State.FAILED, error=error)


def give_back(job: Job) -> None:
    """Puts it back into the queue, as a worker does that is asked to stop; the attempt does not count."""
    Job.objects.filter(**_mine(job)).update(state=State.QUEUED, worker="", progress=0, step="", attempts=F("attempts") - 1)


def cancel(job: Job) -> bool:
    """Cancels a job that is not over. Whether there was anything to cancel."""
    open_jobs = Job.objects.filter(pk=job.pk, state__in=(State.QUEUED, State.RUNNING))
    return bool(open_jobs.update(state=State.CANCELLED, step=""))


def cancel_all() -> int:
    """Cancels every job that is not over, as after a restore: those jobs are of another time. How many there were."""
    return Job.objects.filter(state__in=(State.QUEUED, State.RUNNING)).update(state=State.CANCELLED, step="")


def reap(lost_after: timedelta = LOST_AFTER) -> int:
    """Takes jobs from workers that fell silent: back into the queue, or failed after the last attempt. How many there were."""
    silent = Job.objects.filter(state=State.RUNNING, heartbeat_at__lte=clock.now() - lost_after)
    failed = silent.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.FAILED,
        step="",
        error=f"It was interrupted {MOST_ATTEMPTS} times before it was finished. Start it again; your data is unchanged. "
        "Where nobody ended it, it ran out of memory: take fewer rows, or close other programs.",
    )
    return failed + silent.update(state=State.QUEUED, worker="", progress=0, step="")


def _mine(job: Job) -> dict[str, Any]:
    return {"pk": job.pk, "state": State.RUNNING, "worker": job.worker, "attempts": job.attempts}


def _change(job: Job, **values: Any) -> None:
    if not Job.objects.filter(**_mine(job)).update(**values):
        raise JobCancelled(f"{job.kind} {job.pk}")
