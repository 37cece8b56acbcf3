"""The end of the six months: gaps with a day, the decision, and what goes into the portfolio."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry


class GapTask(models.Model):
    """A gap with the evidence that would close it, and a day. ``subject``: a competency such as ``C6``, or ``term:`` and its id.

    ``activity_id``: the activity of the plan that closes it, where there is one. ``closed_on``: given up or found closed.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="gap_tasks")
    key = models.CharField(max_length=16)  # from ``new_key``
    subject = models.CharField(max_length=60)
    what = models.CharField(max_length=300)
    hours = models.FloatField(null=True, blank=True)
    person = models.CharField(max_length=120, blank=True)
    due_on = models.DateField()
    activity_id = models.CharField(max_length=120, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="one_gap_task_of_a_key")]

    def __str__(self) -> str:
        return self.what


class Closing(models.Model):
    """The readiness report and the decision of week 26: one row a learner.

    ``right``: competency -> which view is probably right, and why. ``holds``: the one gap that holds most. ``decision``: field ->
    what was typed. ``report``, ``plan``, ``decided``: the newest entries of the ledger, with checksums in ``recorded`` by name.
    """

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="closing")
    right = models.JSONField(default=dict, blank=True)
    holds = models.TextField(blank=True)
    decision = models.JSONField(default=dict, blank=True)
    window = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    report = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="closing_reports")
    plan = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="closing_plans")
    decided = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="closing_decisions")
    recorded = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"closing of {self.learner_id}"


class Portfolio(models.Model):
    """What goes into the portfolio: one row a learner.

    ``pieces``: a list of ``{"number", "says", "hidden"}`` in order: the entry, five lines on it, words to be masked in it.
    """

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="portfolio")
    title = models.CharField(max_length=200, blank=True)
    about = models.TextField(blank=True)
    hardest = models.TextField(blank=True)
    pieces = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    window = models.CharField(max_length=20, blank=True)
    saved_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="portfolios")
    recorded = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"portfolio of {self.learner_id}"
