"""Courses that a learner wrote down."""

from __future__ import annotations

import re
from typing import ClassVar

from django.db import models

from segue.accounts.models import Learner

OWN_KEY = re.compile(r"own-[0-9a-f]{10}")


class OwnCourse(models.Model):
    """A course that the catalogue does not have, or has with other hours.

    ``key`` is its id as the plan and the ledger know it. ``units`` is a list of objects with ``id``, ``title``, ``hours``,
    ``concepts`` (ids of the map) and ``sliced`` (worth the time where the whole is too much).
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="own_courses")
    key = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    provider = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=120, blank=True)
    needs = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    units = models.JSONField(default=list)
    as_of = models.DateField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["learner", "key"], name="course_key_of_a_learner_once")]

    def __str__(self) -> str:
        return self.title
