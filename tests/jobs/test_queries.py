from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import Http404

from segue.accounts.models import Learner
from segue.jobs.actions import enqueue
from segue.jobs.models import Job, State
from segue.jobs.queries import job_of, open_job, waiting_before


def test_a_learner_sees_only_their_own(priya: Learner, make_learner: Callable[..., Learner]) -> None:
    mine, theirs, upkeep = enqueue("export", priya), enqueue("export", make_learner("Sam")), enqueue("daily-backup")
    assert job_of(priya, mine.pk) == mine
    for other in (theirs, upkeep):
        with pytest.raises(Http404):
            job_of(priya, other.pk)


@pytest.mark.parametrize(
    ("state", "is_open"),
    [(State.QUEUED, True), (State.RUNNING, True), (State.DONE, False), (State.FAILED, False), (State.CANCELLED, False)],
)
def test_which_job_is_open(priya: Learner, state: State, is_open: bool) -> None:
    job = enqueue("export", priya)
    enqueue("backup", priya)
    Job.objects.filter(pk=job.pk).update(state=state)
    assert (open_job(priya, "export") == job) is is_open


def test_how_many_come_before(priya: Learner) -> None:
    jobs = [enqueue("export", priya) for _ in range(3)]
    assert [waiting_before(job) for job in jobs] == [0, 1, 2]
    Job.objects.filter(pk=jobs[0].pk).update(state=State.DONE)
    assert waiting_before(jobs[2]) == 1
