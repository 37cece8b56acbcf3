"""Asking, meeting, what one learns from it, and what was promised."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.evidence.models import Entry
from segue.work.connect.models.people import Person


class Purpose(models.TextChoices):
    """What a talk is for, in the words of the ledger's conversation."""

    WORKFLOW = "workflow", "How they work"
    PROJECT = "project-feedback", "Criticism of my project"
    INFORMATIONAL = "informational", "The job of an AI product manager"
    OTHER = "other", "Something else"


class Answer(models.TextChoices):
    """What came of an ask."""

    YES = "yes", "They said yes"
    NO = "no", "They said no"
    SILENT = "silent", "No answer"


class Ask(models.Model):
    """Asking one person for one thing. It is a draft until ``sent_on``. ``needed_on``: when the plan needs what is asked for.

    ``entry``: the text as evidence (kind ``request``).
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="asks")
    key = models.CharField(max_length=16)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="asks")
    activity_id = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.WORKFLOW)
    text = models.TextField(blank=True)
    made_on = models.DateField()
    needed_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="asks")

    class Meta:
        ordering: ClassVar = ["-made_on", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="ask_key_once")]

    def __str__(self) -> str:
        return f"ask of {self.made_on}"


class Meeting(models.Model):
    """A talk with one person, planned or held. ``starts_at`` is the moment; ``zone`` the IANA name in which it was fixed.

    ``uid`` and ``sequence`` name it in calendars: the UID stays, the sequence rises with each change that was sent.
    ``preparation`` is the prep sheet, ``notes`` what was written during the talk, with ``revision`` so that a second window is
    noticed. ``held_on`` is set once it took place; ``thanked_at`` when thanks went out. ``entry``: the conversation as evidence,
    ``prep_entry`` the prep sheet.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="meetings")
    key = models.CharField(max_length=16)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="meetings")
    ask = models.ForeignKey(Ask, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings")
    activity_id = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.WORKFLOW)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    zone = models.CharField(max_length=60)
    place = models.CharField(max_length=500, blank=True)
    agenda = models.TextField(blank=True)
    uid = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    preparation = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    held_on = models.DateField(null=True, blank=True)
    thanks = models.TextField(blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings")
    prep_entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="prepared_meetings")

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["learner", "key"], name="meeting_key_once"),
            models.UniqueConstraint(fields=["learner", "uid"], name="meeting_uid_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["learner", "starts_at"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.title


class About(models.TextChoices):
    """What an insight is about."""

    WORKFLOW = "workflow", "How they work"
    PIPELINE = "pipeline", "The data pipeline"
    DEPLOYMENT = "deployment", "Getting a model to users"
    PAIN = "pain", "What hurts"
    OTHER = "other", "Something else"


class Direction(models.TextChoices):
    """Whether an insight came from them or went to them."""

    RECEIVED = "received", "I learnt it"
    GIVEN = "given", "I passed it on"


class Insight(models.Model):
    """One thing learnt from a person, or passed on to one. ``concepts``: ids of the concepts it belongs to."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="insights")
    key = models.CharField(max_length=16)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="insights")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="insights")
    on = models.DateField()
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.RECEIVED)
    about = models.CharField(max_length=12, choices=About, default=About.WORKFLOW)
    text = models.TextField()
    concepts = models.JSONField(default=list, blank=True)
    for_project = models.BooleanField(default=False)
    entry = models.ForeignKey(Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="insights")

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="insight_key_once")]

    def __str__(self) -> str:
        return f"insight of {self.on}"


class Owed(models.TextChoices):
    """Who promised."""

    ME = "me", "I promised"
    THEM = "them", "They promised"


class Commitment(models.Model):
    """Something promised, by one's self or by the other."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="commitments")
    key = models.CharField(max_length=16)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="commitments")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments")
    by = models.CharField(max_length=4, choices=Owed, default=Owed.ME)
    what = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="commitment_key_once")]

    def __str__(self) -> str:
        return self.what


class TouchSort(models.TextChoices):
    """What a contact was. Asking and giving make the balance; all of them move the next touch."""

    TALK = "talk", "We talked"
    MESSAGE = "message", "A message"
    ASKED = "asked", "I asked for something"
    GAVE = "gave", "I gave something"
    THANKS = "thanks", "I said thanks"


class Touch(models.Model):
    """A contact with somebody on a day."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="touches")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="touches")
    on = models.DateField()
    sort = models.CharField(max_length=10, choices=TouchSort)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        indexes: ClassVar = [models.Index(fields=["person", "on"], name="touch_by_day")]

    def __str__(self) -> str:
        return f"{self.sort} on {self.on}"
