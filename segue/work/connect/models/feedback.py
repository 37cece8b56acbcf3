"""What people criticised in the project, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry
from segue.work.connect.models.meetings import Meeting
from segue.work.connect.models.people import Person


class Verdict(models.TextChoices):
    """The answer to a point."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class FeedbackPoint(models.Model):
    """One point of criticism, as said. It outlives the person, by ``role`` alone. ``run``: the Lab run that answers it.

    ``run`` is the number of the analysis and of its version, ``4:2``; empty where nothing was run.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="feedback_points")
    key = models.CharField(max_length=16)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="points")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="points")
    role = models.CharField(max_length=30, blank=True)
    on = models.DateField()
    text = models.TextField()
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.TextField(blank=True)
    change = models.TextField(blank=True)
    run = models.CharField(max_length=40, blank=True)
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="point_key_once")]

    def __str__(self) -> str:
        return f"point of {self.on}"


class FeedbackLog(models.Model):
    """The log of all points as it was recorded last; one a learner."""

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="feedback_log")
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="feedback_logs")
    recorded = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return "feedback log"
