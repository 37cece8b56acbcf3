from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError

from segue.core.errors import UserError
from segue.jobs import worker as module
from segue.jobs.actions import LOST_AFTER, JobCancelled, cancel, claim, enqueue
from segue.jobs.models import Job, State
from segue.jobs.worker import CHORES_EVERY, Beating, Handler, Report, Worker
from segue.shared import clock

pytestmark = pytest.mark.django_db


def make(handlers: Mapping[str, Handler], *, polls: int = 0, chores: Callable[[], object] = lambda: None) -> Worker:
    """A worker that ends after so many idle polls; it never really sleeps."""
    naps: list[float] = []
    return Worker(handlers, should_stop=lambda: len(naps) > polls, sleep=naps.append, chores=chores)


def paint(job: Job, report: Report) -> Mapping[str, Any]:
    report(50, "Half")
    return {"colour": job.payload["colour"]}


@pytest.fixture(autouse=True)
def same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's transaction must stay, and no thread may beat in it."""
    monkeypatch.setattr(module, "close_old_connections", lambda: None)


def state_of(job: Job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_does_what_waits_in_order_and_leaves_the_results() -> None:
    done: list[str] = []

    def remember(job: Job, report: Report) -> Mapping[str, Any]:
        done.append(job.payload["colour"])
        return paint(job, report)

    jobs = [enqueue("paint", payload={"colour": colour}) for colour in ("red", "blue")]
    assert make({"paint": remember}).run(once=True) == 2
    assert done == ["red", "blue"]
    assert [Job.objects.get(pk=job.pk).result for job in jobs] == [{"colour": "red"}, {"colour": "blue"}]
    assert all(state_of(job) == State.DONE for job in jobs)


def test_leaves_kinds_that_it_does_not_know() -> None:
    job = enqueue("sing")
    assert make({"paint": paint}).run(once=True) == 0
    assert state_of(job) == State.QUEUED


def test_waits_for_more_until_it_is_stopped() -> None:
    asked: list[Job] = []

    def chores() -> None:
        if not asked:
            asked.append(enqueue("paint", payload={"colour": "red"}))

    assert make({"paint": paint}, polls=3, chores=chores).run() == 1
    assert state_of(asked[0]) == State.DONE


def test_chores_are_done_now_and_then() -> None:
    done: list[int] = []
    make({}, polls=2 * CHORES_EVERY, chores=lambda: done.append(1)).run()
    assert len(done) == 3


def test_jobs_of_a_dead_worker_are_done_again() -> None:
    job = enqueue("paint", payload={"colour": "red"})
    claim("dead", ["paint"])
    Job.objects.update(heartbeat_at=clock.now() - LOST_AFTER - timedelta(seconds=1))
    assert make({"paint": paint}).run(once=True) == 1
    assert state_of(job) == State.DONE


def test_what_a_person_can_mend_is_said_in_words() -> None:
    def refuse(job: Job, report: Report) -> Mapping[str, Any]:
        raise UserError("The disk is full.", "Free some space.")

    job = enqueue("paint")
    make({"paint": refuse}).run(once=True)
    assert Job.objects.get(pk=job.pk).error == "The disk is full. Free some space."


def test_a_bug_fails_its_job_goes_to_the_log_and_the_worker_lives_on(caplog: pytest.LogCaptureFixture) -> None:
    def stumble(job: Job, report: Report) -> Mapping[str, Any]:
        if job.payload["colour"] == "red":
            raise ZeroDivisionError("secret path")
        return {}

    red, blue = (enqueue("paint", payload={"colour": colour}) for colour in ("red", "blue"))
    make({"paint": stumble}).run(once=True)
    red.refresh_from_db()
    assert (red.state, state_of(blue)) == (State.FAILED, State.DONE)
    assert "A bug in Segue stopped it (ZeroDivisionError)" in red.error
    assert "secret path" not in red.error
    assert "secret path" in caplog.text


def test_a_cancelled_job_stops_at_its_next_report() -> None:
    reached: list[str] = []

    def work(job: Job, report: Report) -> Mapping[str, Any]:
        report(10, "Begun")
        cancel(job)
        report(20, "Further")
        reached.append("the end")
        return {}

    job = enqueue("paint")
    make({"paint": work}).run(once=True)
    assert state_of(job) == State.CANCELLED
    assert reached == []


def test_one_cancelled_after_its_last_report_stays_cancelled() -> None:
    def work(job: Job, report: Report) -> Mapping[str, Any]:
        cancel(job)
        return {"late": True}

    job = enqueue("paint")
    make({"paint": work}).run(once=True)
    job.refresh_from_db()
    assert (job.state, job.result) == (State.CANCELLED, {})


def test_asked_to_stop_it_gives_the_job_back() -> None:
    stop = threading.Event()

    def work(job: Job, report: Report) -> Mapping[str, Any]:
        stop.set()
        report(50, "Half")
        pytest.fail("went on")

    job = enqueue("paint")
    Worker({"paint": work}, should_stop=stop.is_set, sleep=lambda _: None).run()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.QUEUED, 0)


def test_a_database_that_is_away_for_a_while_does_not_end_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = iter([OperationalError("database is locked"), None, None])

    def flaky(worker: str, kinds: object) -> None:
        answer = next(answers, None)
        if answer:
            raise answer

    monkeypatch.setattr(module, "claim", flaky)
    assert make({}, polls=2).run() == 0
    assert "trying again" in caplog.text


# --- beating ----------------------------------------------------------------------------------------------------------------


class Beats:
    """Stands in for the heartbeat; ends the wait of the test at the beat that it waits for."""

    def __init__(self, *answers: Exception | None) -> None:
        self.answers = iter(answers)
        self.count = 0
        self.over = threading.Event()

    def __call__(self, job: Job) -> None:
        self.count += 1
        answer = next(self.answers, None)
        if answer is None:
            self.over.set()
            return
        raise answer


def test_beats_while_a_long_step_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    beats = Beats(OperationalError("locked"), None)
    monkeypatch.setattr(module, "beat", beats)
    with Beating(Job(kind="paint"), seconds=0):
        assert beats.over.wait(10), "goes on after a failure"
    count = beats.count
    assert count >= 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("beating")]


def test_stops_beating_for_a_job_that_is_no_longer_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    beats = Beats(JobCancelled())
    monkeypatch.setattr(module, "beat", beats)
    beating = Beating(Job(kind="paint"), seconds=0)
    beating.__enter__()
    beating.thread.join(10)
    assert not beating.thread.is_alive()
    assert beats.count == 1
    beating.__exit__(None, None, None)


# --- memory -----------------------------------------------------------------------------------------------------------------


def test_a_job_that_needs_too_much_memory_fails_at_once_with_the_mend(caplog: pytest.LogCaptureFixture) -> None:
    def spend(job: Job, report: Report) -> Mapping[str, Any]:
        report(10, "Spending")
        if job.payload["colour"] == "red":
            raise MemoryError
        return {}

    red, blue = (enqueue("paint", payload={"colour": colour}) for colour in ("red", "blue"))
    assert make({"paint": spend}).run(once=True) == 2
    red.refresh_from_db()
    assert (red.state, red.attempts, state_of(blue)) == (State.FAILED, 1, State.DONE)
    assert "memory" in red.error
    assert "Take fewer rows" in red.error
    assert "bug" not in red.error
    assert "MemoryError" in caplog.text


def test_a_heartbeat_without_memory_is_missed_not_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    beats = Beats(MemoryError(), None)
    monkeypatch.setattr(module, "beat", beats)
    with Beating(Job(kind="paint"), seconds=0):
        assert beats.over.wait(10)
