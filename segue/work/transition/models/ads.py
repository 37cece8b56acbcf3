"""Job ads, and what was done about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.work.transition.models.papers import ResumeVersion


class JobAd(models.Model):
    """The text of an ad, as it was pasted. What it asks for is worked out from the text, never stored.

    ``claimed``: ids of terms that stood in the papers without evidence when the ad came in: they were not copied from it.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="job_ads")
    key = models.CharField(max_length=16)  # from ``new_key``
    title = models.CharField(max_length=200)
    company = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=1000, blank=True)
    text = models.TextField()
    found_on = models.DateField()
    claimed = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["-found_on", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="one_ad_of_a_key")]

    def __str__(self) -> str:
        return self.title


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    THINKING = "thinking", "Thinking about it"
    APPLIED = "applied", "Applied"
    TALKING = "talking", "In interviews"
    OFFER = "offer", "Offer"
    DECLINED = "declined", "I declined"
    REJECTED = "rejected", "They declined"
    SILENT = "silent", "No answer"


class Application(models.Model):
    """What was done about an ad, with which version of the résumé, and who is met there.

    ``history``: a list of ``{"on", "state", "says"}``, the oldest first.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="applications")
    ad = models.OneToOneField(JobAd, on_delete=models.CASCADE, related_name="application")
    state = models.CharField(max_length=10, choices=ApplicationState)
    version = models.ForeignKey(ResumeVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="applications")
    who = models.CharField(max_length=200, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True, blank=True)
    history = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.ad}: {self.state}"
