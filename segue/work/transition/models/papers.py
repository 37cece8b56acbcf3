"""Résumés with their versions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry


class Resume(models.Model):
    """One variant of the résumé. ``document``: a ``resume.document.Document`` as JSON, whose bullets name entries by number.

    ``recorded``: checksum of the document that was recorded.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="resumes")
    key = models.CharField(max_length=16)  # from ``new_key``
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=60, blank=True)  # a role target of the programme
    document = models.JSONField(default=dict, blank=True)
    window = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="resumes")
    recorded = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-saved_at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="one_resume_of_a_key")]

    def __str__(self) -> str:
        return self.name


class ResumeVersion(models.Model):
    """What a résumé said on a day. ``is_final``: no bullet or number stood without evidence then. Never changed."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="resume_versions")
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="versions")
    key = models.CharField(max_length=16)  # from ``new_key``
    number = models.PositiveIntegerField()
    document = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    is_final = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["resume_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resume", "number"], name="one_resume_version_of_a_number"),
            models.UniqueConstraint(fields=["learner", "key"], name="one_resume_version_of_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.resume} {self.number}"
