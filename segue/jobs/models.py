"""Long work as rows of a table: what is asked for, who does it, how far it is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner


class State(models.TextChoices):
    """Where a job stands. The last three are final."""

    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class Job(models.Model):
    """One piece of long work. A worker claims it by an update, beats while it works, and leaves a result or an error.

    ``learner`` is whose job it is; null for upkeep of the whole installation. ``progress`` counts from 0 to 100.
    """

    kind = models.CharField(max_length=40)
    learner = models.ForeignKey(Learner, null=True, blank=True, on_delete=models.CASCADE, related_name="jobs")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="job_progress_is_a_percentage"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "kind", "id"], name="job_to_claim")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (State.DONE, State.FAILED, State.CANCELLED)

    @property
    def is_done(self) -> bool:
        """Whether it left a result."""
        return self.state == State.DONE
