"""Sheets that carry explanations to a listener, and what comes back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry


class ListenerSheet(models.Model):
    """A file for one listener. What stands in it never changes once it is made, so a reply is about exactly these texts.

    ``ideas``: concept id, name and text of each; ``said_back`` beside them once the learner compared. ``reply``: as
    ``replies.Reply`` has it, without the token, and ``block``, the listener's own words as they came. ``entry``: the evidence.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="listener_sheets")
    token = models.CharField(max_length=32)
    ideas = models.JSONField(default=list)
    made_on = models.DateField()
    until = models.DateField()
    reply = models.JSONField(null=True, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="listener_sheets")

    class Meta:
        ordering: ClassVar = ["-made_on", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "token"], name="one_sheet_a_token")]

    def __str__(self) -> str:
        return f"sheet of {self.made_on}"

    @property
    def names(self) -> list[str]:
        """The names of its ideas."""
        return [idea["name"] for idea in self.ideas]
