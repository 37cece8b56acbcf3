"""The charter of the project as it stands, and what came in and went out of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry


class Charter(models.Model):
    """The working copy, one a learner: ``sheet`` as ``build.sheet`` writes it, empty until it is first kept.

    ``typed`` is what stands in the form and is not kept yet, with its ``revision``, so that a second window is noticed.
    ``entry``: the version of it that was recorded last, when the sheet was as ``recorded``.
    """

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="charter")
    sheet = models.JSONField(default=dict, blank=True)
    typed = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="charters")
    recorded = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.sheet.get("title", "")) or "not kept yet"


class ScopeChange(models.Model):
    """A day on which the charter changed in size: what came in, what went out, and the score after it."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="scope_changes")
    on = models.DateField()
    came_in = models.JSONField(default=list, blank=True)
    went_out = models.JSONField(default=list, blank=True)
    score = models.CharField(max_length=10)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.on}: {self.score}"
