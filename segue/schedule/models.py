"""What the plan is computed from. The plan itself is never stored: it follows from these, the programme and the ledger."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner


class Hours(models.Model):
    """When somebody works, one row a learner. ``weekday_minutes`` has seven numbers, Monday first.

    ``agreed_on`` is the day on which the plan was last agreed: what it said then is what slipping is measured against.
    """

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="hours")
    starts_on = models.DateField()
    weekday_minutes = models.JSONField(default=list)
    session_at = models.TimeField(default="19:00", help_text="When a session usually begins; used in the calendar.")
    agreed_on = models.DateField()
    feed_token = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "hours"

    def __str__(self) -> str:
        return f"from {self.starts_on}"


class TimeOff(models.Model):
    """Days without Segue, the first and the last included. A pause is time off too."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="time_off")
    first = models.DateField()
    last = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["first"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="time_off_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class ChoiceSort(models.TextChoices):
    """What a learner may decide about one activity."""

    PIN = "pin", "Pinned to a day"
    SKIP = "skip", "Skipped"
    DEFER = "defer", "Not before"
    SPLIT = "split", "Split into parts"
    COURSE = "course", "A course beside the programme"


class Choice(models.Model):
    """One decision about one activity (or course); at most one of each sort. Undoing it deletes the row."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="choices")
    sort = models.CharField(max_length=10, choices=ChoiceSort)
    activity_id = models.CharField(max_length=120)
    on = models.DateField(null=True, blank=True)
    parts = models.PositiveSmallIntegerField(null=True, blank=True)
    scope = models.CharField(max_length=10, blank=True, help_text="Of a course: slice or whole.")
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "sort", "activity_id"], name="choice_of_a_sort_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.activity_id}"
