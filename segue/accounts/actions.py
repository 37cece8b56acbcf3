"""Writes: making the local learner, changing a profile."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from segue.accounts.models import Learner, User
from segue.accounts.passwords import check_name, check_password
from segue.accounts.queries import LOCAL_USERNAME, local_learner


@transaction.atomic
def make_local_learner() -> Learner:
    """The learner of single-user mode, made where missing. Safe to call twice."""
    found = local_learner()
    if found is not None:
        return found
    user, _ = User.objects.get_or_create(username=LOCAL_USERNAME, defaults={"password": make_password(None)})
    return Learner.objects.get_or_create(user=user)[0]


@transaction.atomic
def add_learner(name: str, password: str) -> Learner:
    """Somebody who can sign in, with a programme of their own. Raises ``UserError`` for a name or a password that won't do."""
    name = check_name(name)
    check_password(password, name)
    return Learner.objects.create(user=User.objects.create_user(username=name, password=password))


@transaction.atomic
def change_password(user: User, password: str) -> None:
    """Another password; it ends the sessions under the old one. Raises ``UserError`` for one that won't do."""
    check_password(password, user.username)
    user.set_password(password)
    user.save(update_fields=["password"])


def describe_learner(learner: Learner, *, name: str, role_target: str, why: str) -> None:
    """Keep what the learner said about themself."""
    learner.name, learner.role_target, learner.why = name, role_target, why
    learner.save(update_fields=["name", "role_target", "why"])


def keep_email(user: User, email: str) -> None:
    """Keeps the address under which others answer."""
    user.email = email
    user.save(update_fields=["email"])


def mark_started(learner: Learner, at: datetime) -> None:
    """The first hour ended with a plan; a second run of it keeps the first date."""
    if learner.started_at is None:
        learner.started_at = at
        learner.save(update_fields=["started_at"])
