"""Reads of jobs."""

from __future__ import annotations

from django.http import Http404

from segue.accounts.models import Learner
from segue.jobs.models import Job, State


def job_of(learner: Learner, job_id: int) -> Job:
    """A job of this learner; 404 for anybody else's, and for upkeep."""
    job = Job.objects.filter(learner=learner, pk=job_id).first()
    if job is None:
        raise Http404
    return job


def open_job(learner: Learner, kind: str) -> Job | None:
    """The learner's job of a kind that is waiting or running, where there is one."""
    return Job.objects.filter(learner=learner, kind=kind, state__in=(State.QUEUED, State.RUNNING)).first()


def waiting_before(job: Job) -> int:
    """How many jobs will be done before a waiting one."""
    return Job.objects.filter(state__in=(State.QUEUED, State.RUNNING), pk__lt=job.pk).count()
