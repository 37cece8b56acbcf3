from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from segue.accounts.models import Learner
from segue.jobs.actions import (
    LOST_AFTER,
    MOST_ATTEMPTS,
    JobCancelled,
    beat,
    cancel,
    cancel_all,
    claim,
    enqueue,
    fail,
    finish,
    give_back,
    reap,
    report_progress,
)
from segue.jobs.models import Job, State
from segue.shared import clock

pytestmark = pytest.mark.django_db
KINDS = ("export", "backup")


@pytest.fixture
def claimed() -> Job:
    enqueue("export", payload={"x": 1})
    job = claim("worker", KINDS)
    assert job is not None
    return job


def silent_for(job: Job, silence: timedelta) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat_at=clock.now() - silence)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_the_oldest_first_each_once_and_only_kinds_that_one_knows() -> None:
    first, second, _other = enqueue("export"), enqueue("backup"), enqueue("paint")
    assert [job and job.pk for job in (claim("a", KINDS), claim("b", KINDS), claim("a", KINDS))] == [first.pk, second.pk, None]
    assert (now(first).worker, now(second).worker) == ("a", "b")
    assert claim("a", ()) is None


def test_claiming_says_who_when_and_how_often(claimed: Job) -> None:
    assert (claimed.state, claimed.worker, claimed.attempts) == (State.RUNNING, "worker", 1)
    assert claimed.claimed_at == claimed.heartbeat_at
    assert claimed.payload == {"x": 1}


def test_one_that_another_worker_took_in_between_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second worker looked before the first one claimed."""
    first, second = enqueue("export"), enqueue("export")
    looked = clock.now

    def first_takes_it() -> object:
        monkeypatch.setattr(clock, "now", looked)
        Job.objects.filter(pk=first.pk).update(state=State.RUNNING, worker="quicker")
        return looked()

    monkeypatch.setattr(clock, "now", first_takes_it)
    job = claim("slower", KINDS)
    assert job is not None
    assert job.pk == second.pk
    assert now(first).worker == "quicker"


def test_progress_and_the_end(claimed: Job) -> None:
    for given, kept in ((-5, 0), (42, 42), (400, 100)):
        report_progress(claimed, given, "Packing " + "x" * 300)
        assert (now(claimed).progress, len(now(claimed).step)) == (kept, 200)
    finish(claimed, {"name": "x"})
    job = now(claimed)
    assert (job.state, job.progress, job.step, job.result) == (State.DONE, 100, "", {"name": "x"})
    assert job.is_over
    assert job.is_done


def test_failing_leaves_a_sentence(claimed: Job) -> None:
    fail(claimed, "The disk is full.")
    assert (now(claimed).state, now(claimed).error) == (State.FAILED, "The disk is full.")
    assert now(claimed).is_over
    assert not now(claimed).is_done


def test_beating_renews_the_heartbeat(claimed: Job) -> None:
    silent_for(claimed, timedelta(hours=1))
    beat(claimed)
    assert reap() == 0


@pytest.mark.parametrize("state", [State.QUEUED, State.RUNNING])
def test_what_is_not_over_can_be_cancelled(claimed: Job, state: State) -> None:
    Job.objects.update(state=state)
    assert cancel(claimed)
    assert now(claimed).state == State.CANCELLED
    assert not cancel(claimed)


@pytest.mark.parametrize("state", [State.DONE, State.FAILED])
def test_what_is_over_can_not(claimed: Job, state: State) -> None:
    Job.objects.update(state=state)
    assert not cancel(claimed)
    assert now(claimed).state == state


def test_cancel_all_leaves_what_is_over() -> None:
    jobs = {state: enqueue("export") for state in State}
    for state, job in jobs.items():
        Job.objects.filter(pk=job.pk).update(state=state)
    assert cancel_all() == 2
    assert {state: now(job).state for state, job in jobs.items()} == {
        **{state: state for state in State},
        State.QUEUED: State.CANCELLED,
        State.RUNNING: State.CANCELLED,
    }


def writes(job: Job) -> list[str]:
    """Which writes of its worker are refused."""
    tries: dict[str, Callable[[], None]] = {
        "beat": lambda: beat(job),
        "report": lambda: report_progress(job, 1),
        "finish": lambda: finish(job, {}),
        "fail": lambda: fail(job, "x"),
    }
    refused = []
    for name, write in tries.items():
        try:
            write()
        except JobCancelled:
            refused.append(name)
    return refused


def test_a_worker_whose_job_was_cancelled_can_change_nothing_any_more(claimed: Job) -> None:
    cancel(claimed)
    before = Job.objects.filter(pk=claimed.pk).values().get()
    assert writes(claimed) == ["beat", "report", "finish", "fail"]
    give_back(claimed)
    assert Job.objects.filter(pk=claimed.pk).values().get() == before


def test_a_worker_whose_job_went_to_another_can_change_nothing_any_more(claimed: Job) -> None:
    silent_for(claimed, LOST_AFTER)
    assert reap() == 1
    again = claim("other", KINDS)
    assert again is not None
    assert writes(claimed) == ["beat", "report", "finish", "fail"]
    finish(again, {"by": "other"})
    assert now(claimed).result == {"by": "other"}


def test_the_same_worker_that_woke_from_a_long_sleep_can_not_either(claimed: Job) -> None:
    silent_for(claimed, LOST_AFTER)
    reap()
    assert claim("worker", KINDS) is not None
    assert writes(claimed) == ["beat", "report", "finish", "fail"]


def test_a_job_given_back_waits_again_and_the_attempt_does_not_count(claimed: Job) -> None:
    report_progress(claimed, 50, "Half")
    give_back(claimed)
    job = now(claimed)
    assert (job.state, job.attempts, job.progress, job.step, job.worker) == (State.QUEUED, 0, 0, "", "")


def test_a_silent_worker_loses_its_job_until_the_last_attempt(claimed: Job) -> None:
    silent_for(claimed, LOST_AFTER - timedelta(seconds=5))
    assert reap() == 0
    for attempt in range(1, MOST_ATTEMPTS):
        silent_for(claimed, LOST_AFTER)
        assert reap() == 1
        assert (now(claimed).state, now(claimed).attempts) == (State.QUEUED, attempt)
        assert claim("worker", KINDS) is not None
    silent_for(claimed, LOST_AFTER)
    assert reap() == 1
    assert now(claimed).state == State.FAILED
    assert "interrupted 3 times" in now(claimed).error
    assert "Start it again" in now(claimed).error
    assert reap() == 0


def test_only_running_jobs_are_reaped() -> None:
    for state in State:
        job = enqueue("export")
        Job.objects.filter(pk=job.pk).update(state=state, heartbeat_at=clock.now() - timedelta(days=1))
    assert reap() == 1


def test_a_job_belongs_to_its_learner(priya: Learner) -> None:
    assert enqueue("export", priya).learner == priya
    assert enqueue("daily-backup").learner is None
