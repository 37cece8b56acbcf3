"""The project of month 3: its charter, what came in and went out of it, its decisions, its case study."""

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


class Verdict(models.TextChoices):
    """How a decision looks in the light of what came after it."""

    HELD = "held", "It held"
    PARTLY = "partly", "Partly"
    WRONG = "wrong", "It was wrong"
    EARLY = "early", "Too early to say"


class LoggedDecision(models.Model):
    """A decision, what it was to bring about, and the day to look at it again.

    ``options`` are short lines, what was chosen not among them. ``way``: the sort of outcome, as the ledger's kind asks.
    ``looked_on``: the day on which it was found to have held or not; until then it can be changed.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="logged_decisions")
    made_on = models.DateField()
    title = models.CharField(max_length=120)
    choice = models.TextField()
    way = models.CharField(max_length=10, blank=True)
    options = models.JSONField(default=list, blank=True)
    why = models.TextField()
    expects = models.TextField()
    revisit_on = models.DateField()
    outcome = models.TextField(blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="logged_decisions")

    class Meta:
        ordering: ClassVar = ["-made_on", "-id"]

    def __str__(self) -> str:
        return self.title


class CaseStudy(models.Model):
    """The case study as it is being written, one a learner.

    ``texts`` are the fields of its form as they were typed. ``figures`` are those of version ``version`` of the run ``analysis``,
    kept here so that they outlive its files. ``guarded``: words that must not leave. ``recorded``: checksum of what was recorded.
    """

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="case_study")
    texts = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    analysis = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict, blank=True)
    guarded = models.JSONField(default=list, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="case_studies")
    recorded = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "case studies"

    def __str__(self) -> str:
        return f"case study of {self.learner_id}"
