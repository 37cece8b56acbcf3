"""The ledger and what hangs on it. Entries are only ever appended: a trigger in the database refuses to change one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.core.evidence import Entry as CoreEntry
from segue.core.evidence import Reviewer, Sort


class Confidentiality(models.TextChoices):
    """Who may see an artefact. Only the first two can reach a portfolio."""

    PUBLIC = "public", "Public"
    REDACTED = "redacted", "Shareable when redacted"
    PRIVATE = "private", "Private"


class Channel(models.TextChoices):
    """How a review came: typed in by the learner with the reviewer's own words attached, or straight from the reviewer."""

    RECORDED = "recorded", "Recorded by the learner, the reviewer's words attached"
    FILE = "file", "Given by the reviewer in the file that was sent to them"
    LINK = "link", "Given by the reviewer behind the link that was sent to them"


class Entry(models.Model):
    """One line of the ledger. ``number`` counts from 1 for each learner, names the entry on every page and in every export."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    sort = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Sort])
    on = models.DateField(help_text="The day of the work, of the review, of the withdrawal.")
    recorded_at = models.DateTimeField()
    content_version = models.CharField(max_length=40)

    kind = models.CharField(max_length=60, blank=True)
    activity_id = models.CharField(max_length=120, blank=True)
    competencies = models.JSONField(default=list)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    link = models.CharField(max_length=1000, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    confidentiality = models.CharField(max_length=10, choices=Confidentiality, default=Confidentiality.PRIVATE)

    revises = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="revisions")
    subject = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="words_about")

    reviewer_name = models.CharField(max_length=120, blank=True)
    reviewer_relation = models.CharField(max_length=120, blank=True)
    reviewer_role = models.CharField(max_length=120, blank=True)
    reviewer_years = models.PositiveSmallIntegerField(null=True, blank=True)
    reviewer_practises_ai = models.BooleanField(default=False)
    marks = models.JSONField(default=dict)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)

    class Meta:
        ordering: ClassVar = ["learner_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "number"], name="entry_number_once"),
            models.CheckConstraint(condition=models.Q(minutes__lte=24 * 60), name="entry_minutes_fit_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["learner", "on"], name="entry_by_day")]

    def __str__(self) -> str:
        return f"{self.number} {self.title or self.sort}"

    def to_core(self, files: int, numbers: dict[int, int]) -> CoreEntry:
        """The entry as the rules see it. ``files`` attached; ``numbers`` maps primary keys to numbers."""
        reviewer = None
        if self.reviewer_name:
            reviewer = Reviewer(self.reviewer_name, self.reviewer_relation, self.reviewer_role, self.reviewer_practises_ai)
        return CoreEntry(
            id=self.number,
            sort=Sort(self.sort),
            on=self.on,
            kind=self.kind,
            activity_id=self.activity_id,
            competencies=tuple(self.competencies),
            minutes=self.minutes,
            words=self.words,
            files=files,
            facts=self.facts,
            revises=numbers[self.revises_id] if self.revises_id else None,
            subject=numbers[self.subject_id] if self.subject_id else None,
            reviewer=reviewer,
            marks=self.marks,
        )


class Attachment(models.Model):
    """A file of an entry. Its bytes lie in the data folder under their SHA-256, written once, never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """Text being written, saved as it is typed. ``revision`` grows with each save, so that a second tab is noticed."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-saved_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="draft_key_once")]

    def __str__(self) -> str:
        return self.key


class KeptText(models.Model):
    """What a second tab wrote while the first had saved: both texts are kept, and the learner chooses."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="kept")
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kept_at"]

    def __str__(self) -> str:
        return f"kept beside {self.draft_id}"


class ReviewRequest(models.Model):
    """A request to one person to review one version of an artefact. What they are asked about never changes once it is made.

    ``token`` names it in a reply, ``secret`` is the key with which a file signs its reply (hex, 32 bytes). ``criteria``: id and
    text of each, as published on that day; ``files``: the checksums of the attachments that go with it. ``reply``: as
    ``evidence.replies`` writes it. ``review``: the entry it became.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="review_requests")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="review_requests")
    token = models.CharField(max_length=32)
    secret = models.CharField(max_length=64)
    for_name = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    criteria = models.JSONField(default=list, blank=True)
    files = models.JSONField(default=list, blank=True)
    activity_id = models.CharField(max_length=120, blank=True)
    made_on = models.DateField()
    until = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    reply = models.JSONField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    review = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="answered_requests")

    class Meta:
        ordering: ClassVar = ["-made_on", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "token"], name="review_token_once")]

    def __str__(self) -> str:
        return f"review asked on {self.made_on}"
