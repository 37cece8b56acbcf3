"""What is remembered of each card, and every review."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner


class CardState(models.Model):
    """What the scheduler knows of a card: its own dictionary as ``memory``. ``reviews`` tells windows apart."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="card_states")
    card_id = models.CharField(max_length=100)
    memory = models.JSONField()
    due_at = models.DateTimeField()
    reviews = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "card_id"], name="one_state_a_card")]

    def __str__(self) -> str:
        return f"{self.card_id} due {self.due_at:%Y-%m-%d}"


class Review(models.Model):
    """One look at a card. ``before`` is the memory that it had, ``None`` for a new one; ``undone`` ones count no more."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="card_reviews")
    card_id = models.CharField(max_length=100)
    rating = models.PositiveSmallIntegerField(help_text="1 again, 2 hard, 3 good, 4 easy.")
    reviewed_at = models.DateTimeField()
    before = models.JSONField(null=True)
    undone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["reviewed_at", "id"]

    def __str__(self) -> str:
        return f"{self.card_id}: {self.rating}"


class OwnCard(models.Model):
    """A card from the learner's own notes. ``key`` follows from its front; one that is not ``kept`` is asked no more."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="own_cards")
    key = models.CharField(max_length=16)
    front = models.CharField(max_length=500)
    back = models.CharField(max_length=2000)
    concept_id = models.CharField(max_length=100, blank=True)
    kept = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="one_card_a_front")]

    def __str__(self) -> str:
        return self.front


class RecallPause(models.Model):
    """Nothing is asked before this day."""

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, related_name="recall_pause")
    until = models.DateField()

    def __str__(self) -> str:
        return f"until {self.until}"
