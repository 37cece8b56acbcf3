"""Who: the user who signs in, and the learner whose programme it is."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who can sign in. In single-user mode there is one, made at the first start."""


class Learner(models.Model):
    """The profile of a learner. Everything they own points here."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="learner")
    name = models.CharField(max_length=120, blank=True)
    role_target = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True, help_text="When the first hour ended with a plan.")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name or self.user.get_username()
