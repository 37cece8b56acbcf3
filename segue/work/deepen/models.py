"""The sheets of month 5, analyses of cases, replays of drift, and the models that are looked after."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry


def new_key() -> str:
    """What names a row in an address and in an export."""
    return secrets.token_hex(8)


class Sheet(models.Model):
    """The working copy of a sheet, one of each sort a learner. Its versions are in the ledger.

    ``answers``: field name -> what was typed, as ``outline.Outline`` names fields. ``law``: id -> checksum of each rule that it
    rested on when it was kept last, so that a change of the law shows. ``recorded``: checksum of the text that was recorded.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="deepen_sheets")
    sort = models.CharField(max_length=30)
    answers = models.JSONField(default=dict, blank=True)
    window = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    law = models.JSONField(default=dict, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="deepen_sheets")
    recorded = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "sort"], name="one_sheet_of_a_sort")]

    def __str__(self) -> str:
        return f"{self.sort} of {self.learner_id}"


class CaseAnalysis(models.Model):
    """The learner's own analysis of a case. ``kept_at``: when it was finished; only then the reference can be seen.

    ``texts``: part -> what was typed. ``points``: part -> how it compares, one of ``cases.VERDICTS``. ``lesson``: what it means
    for the learner's own product. ``recorded``: checksum of the text that was recorded.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="case_analyses")
    case_id = models.CharField(max_length=40)
    texts = models.JSONField(default=dict, blank=True)
    window = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    points = models.JSONField(default=dict, blank=True)
    lesson = models.TextField(blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="case_analyses")
    recorded = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "case analyses"
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "case_id"], name="one_analysis_of_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id} by {self.learner_id}"


class Replay(models.Model):
    """A model of the Lab, replayed week by week on rows that it has not seen.

    ``analysis`` and ``version`` name the run, whose name and manifest are kept here so that they outlive its files. ``split``:
    ``time`` or ``seeded``. ``plan``: monitors and triggers, set before the first week is shown. ``weeks``: what was measured,
    week by week. ``decisions``: what was decided in which week, and why. ``shown``: how many weeks the learner has seen.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="replays")
    key = models.CharField(max_length=16)  # from ``new_key``
    analysis = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    split = models.CharField(max_length=10)
    shift = models.CharField(max_length=20, blank=True)
    seed = models.PositiveIntegerField(default=0)
    plan = models.JSONField(default=dict, blank=True)
    weeks = models.JSONField(default=list, blank=True)
    shown = models.PositiveSmallIntegerField(default=0)
    decisions = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="replays")
    recorded = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="one_replay_of_a_key")]

    def __str__(self) -> str:
        return f"replay of {self.file_name}"


class ModelState(models.TextChoices):
    """Where a model stands. There is no “done”: one that runs has a day on which it is looked at again."""

    TRIAL = "trial", "On trial"
    OPERATION = "operation", "In operation"
    PAUSED = "paused", "Switched off for now"
    RETIRED = "retired", "Retired"


class ModelItem(models.Model):
    """A model that somebody looks after: what it is, from which data, who owns it, when it is looked at next.

    ``analysis`` and ``lab_version`` name the run of the Lab that it comes from, 0 where it comes from elsewhere. ``history``:
    what changed, on which day: a list of ``{"on", "version", "state", "says"}``, the oldest first.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="model_items")
    key = models.CharField(max_length=16)  # from ``new_key``
    name = models.CharField(max_length=120)
    purpose = models.TextField(blank=True)
    version = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=ModelState)
    owner = models.CharField(max_length=120)
    next_review_on = models.DateField(null=True, blank=True)
    analysis = models.PositiveIntegerField(default=0)
    lab_version = models.PositiveIntegerField(default=0)
    data_sha256 = models.CharField(max_length=64, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    history = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "key"], name="one_model_of_a_key"),
            models.CheckConstraint(
                condition=models.Q(state="retired") | models.Q(next_review_on__isnull=False), name="a_model_is_looked_at_again"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
