"""Explanations being written and kept, topics put off, and tests taken."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from segue.accounts.models import Learner
from segue.evidence.models import Entry


class Explanation(models.Model):
    """A text that explains a concept without notes. Open until it is kept: then it is the ``entry`` of the ledger.

    ``seconds`` the box was open; ``passed``: whether the clarity check was met when it was kept. ``revision`` grows with each
    save, so that a second tab is noticed.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="explanations")
    concept_id = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="explanations")
    passed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["saved_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "concept_id"], condition=Q(entry=None), name="one_open_explanation"),
        ]

    def __str__(self) -> str:
        return f"{self.concept_id} {self.saved_at:%Y-%m-%d}"


class ParkedTopic(models.Model):
    """A concept put off until a day."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="parked_topics")
    concept_id = models.CharField(max_length=60)
    until = models.DateField()

    class Meta:
        ordering: ClassVar = ["until", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "concept_id"], name="topic_parked_once")]

    def __str__(self) -> str:
        return f"{self.concept_id} until {self.until}"


class Sitting(models.Model):
    """A tier test. ``questions``: ids of items, each with the order its options were shown in; ``answers``: item id -> option.

    ``entry`` is its evidence once it is finished.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="sittings")
    tier = models.PositiveSmallIntegerField()
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="sittings")
    score = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Share of right answers in percent.")

    class Meta:
        ordering: ClassVar = ["begun_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "tier"], condition=Q(entry=None), name="one_open_sitting"),
        ]

    def __str__(self) -> str:
        return f"tier {self.tier}, {self.begun_at:%Y-%m-%d}"
