"""Files of feedback that a learner brought to the Lab, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.jobs.models import Job


class Analysis(models.Model):
    """One file and its run. The file as it came lies in the folder ``token`` until the run is over; then only redacted rows do.

    ``wishes``: which column is what, where the learner decided. ``facts``: figures for lists, kept when the data is deleted.
    ``gone_on``: the day on which its folder was deleted.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="analyses")
    token = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    question = models.CharField(max_length=300, blank=True)
    permission = models.CharField(max_length=10)
    keep_until = models.DateField()
    made_at = models.DateTimeField()
    wishes = models.JSONField(default=dict, blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="analyses")
    facts = models.JSONField(default=dict, blank=True)
    gone_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "analyses"

    def __str__(self) -> str:
        return self.file_name
