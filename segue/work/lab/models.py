"""Files of feedback that a learner brought to the Lab, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner
from segue.jobs.models import Job

EXAMPLE = "example"  # the permission of the made-up file that comes with the Lab


class Analysis(models.Model):
    """One file and its runs. The file as it came lies in the folder ``token`` until the first is over; then redacted rows do.

    ``wishes``: which column is what, where the learner decided. ``facts``: figures for lists, kept when the data is deleted.
    ``gone_on``: the day on which its folder was deleted. ``version``: the newest run that was finished, 0 before the first.
    ``settings``: what the next run is told, as ``queries.versions`` reads it. ``notes``: answers to the questions of card and
    datasheet, by the question's name. ``job``: the run that was asked for last.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="analyses")
    token = models.CharField(max_length=32, unique=True)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    question = models.CharField(max_length=300, blank=True)
    permission = models.CharField(max_length=10)
    keep_until = models.DateField()
    made_at = models.DateTimeField()
    wishes = models.JSONField(default=dict, blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="analyses")
    facts = models.JSONField(default=dict, blank=True)
    gone_on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    settings = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "analyses"

    def __str__(self) -> str:
        return self.file_name

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return self.file_name.rpartition(".")[0] or self.file_name

    @property
    def is_made_up(self) -> bool:
        """Whether it is the example that comes with the Lab, and nobody's feedback."""
        return self.permission == EXAMPLE


class Version(models.Model):
    """A run that was finished. Its folder stays as it was, so that its figures can be looked at beside those of a later one.

    ``facts``: a few figures for lists. ``inputs``: hashes of what the learner had decided by then, by name.
    """

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    facts = models.JSONField(default=dict, blank=True)
    inputs = models.JSONField(default=dict, blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["analysis", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.analysis}"


class Purpose(models.TextChoices):
    """What a mark on a row is for."""

    WALK = "walk", "Read by hand"
    OWN = "own", "Label"
    SECOND = "second", "Second labeller"
    SETTLED = "settled", "Settled label"
    ERROR = "error", "Error read"


class RowMark(models.Model):
    """What a person said of one row. Texts stay in the folder of the run; here are the row's number and the person's own words.

    ``value``: a label, a kind of fault, a kind of error; several are joined by line feeds. ``words``: a note. ``about``: of an
    error, which label was said in place of which.
    """

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="marks")
    purpose = models.CharField(max_length=10, choices=Purpose)
    row = models.PositiveIntegerField()
    value = models.CharField(max_length=400, blank=True)
    words = models.CharField(max_length=500, blank=True)
    about = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["analysis", "purpose", "row"], name="one_mark_of_a_purpose_a_row")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.row}: {self.value}"


class LabelPlan(models.Model):
    """How rows are labelled: ``classes`` in their order, and the guide, with the ``revision`` that tells two windows apart."""

    analysis = models.OneToOneField(Analysis, on_delete=models.CASCADE, related_name="label_plan")
    classes = models.JSONField(default=list, blank=True)
    guide = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return ", ".join(self.classes)


class LabellerSheet(models.Model):
    """A file for a second labeller: which ``rows`` it holds, under which ``token``, until when; what came back, and when."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="labeller_sheets")
    token = models.CharField(max_length=32, unique=True)
    rows = models.JSONField(default=list)
    classes = models.JSONField(default=list)
    made_on = models.DateField()
    name = models.CharField(max_length=120, blank=True)
    reply_sha256 = models.CharField(max_length=64, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{len(self.rows)} rows for a second labeller"


class EvalSet(models.Model):
    """Rows put aside to judge every later version by: no later run learns from them. ``pass_at``: macro-F1 from which one passes.

    ``version``: whose test rows they were. ``sha256``: of the file of texts and labels in the folder.
    """

    analysis = models.OneToOneField(Analysis, on_delete=models.CASCADE, related_name="eval_set")
    rows = models.JSONField(default=list)
    pass_at = models.FloatField()
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{len(self.rows)} rows, from {self.pass_at:g} on"


class Subject(models.TextChoices):
    """What an evaluation set was held against."""

    MODEL = "model", "A version of the model"
    ENDPOINT = "endpoint", "A language model"


class EvalRun(models.Model):
    """One judgement. ``figures``: score, interval, time, cost; ``answers``: the label said of each row, in the set’s order."""

    eval_set = models.ForeignKey(EvalSet, on_delete=models.CASCADE, related_name="runs")
    subject = models.CharField(max_length=10, choices=Subject)
    name = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField()
    pass_at = models.FloatField()
    says = models.TextField()
    figures = models.JSONField(default=dict)
    answers = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.name}: {self.says}"
