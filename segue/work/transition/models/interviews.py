"""Stories for interviews, and mock interviews."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry


class Story(models.Model):
    """A story by situation, task, action, result. ``entries``: numbers of the evidence behind it. ``questions``: ids it answers.

    ``texts``: part (``situation``, ``task``, ``action``, ``result``, ``learnt``) -> what was typed.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="stories")
    key = models.CharField(max_length=16)  # from ``new_key``
    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=30, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    entries = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)
    window = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories")
    recorded = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "stories"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="one_story_of_a_key")]

    def __str__(self) -> str:
        return self.title


class Mock(models.Model):
    """A mock interview. ``asked``: question ids in order. ``scores``: question id -> dimension of the rubric -> 0 to 4.

    ``seconds``: question id -> how long the answer took. ``partner``: who asked, empty where one asked oneself.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="mocks")
    key = models.CharField(max_length=16)  # from ``new_key``
    round = models.CharField(max_length=30)
    held_on = models.DateField()
    partner = models.CharField(max_length=120, blank=True)
    asked = models.JSONField(default=list, blank=True)
    scores = models.JSONField(default=dict, blank=True)
    seconds = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    weakest = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="mocks")
    recorded = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-held_on", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="one_mock_of_a_key")]

    def __str__(self) -> str:
        return f"{self.round} on {self.held_on}"
