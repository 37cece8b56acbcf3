"""Reads: the learner behind a request."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest

from segue.accounts.models import Learner, User
from segue.core.errors import UserError

LOCAL_USERNAME = "me"


def local_learner() -> Learner | None:
    """The learner of single-user mode, where one was made."""
    return Learner.objects.select_related("user").filter(user__username=LOCAL_USERNAME).first()


def named_user(name: str) -> User:
    """Who signs in with a name. Raises ``UserError`` where nobody does."""
    user = User.objects.filter(username=User.normalize_username(name)).first()
    if user is not None:
        return user
    if name == LOCAL_USERNAME:
        raise UserError("Nobody has worked alone here.", "Say whose password it is: segue set-password NAME")
    raise UserError(f"Nobody here is called “{name}”.", "Look at how the name is written, or add them: segue add-person NAME")


def learner_of_user(user: User | AnonymousUser) -> Learner | None:
    """The learner profile of a signed-in user."""
    if isinstance(user, AnonymousUser):
        return None
    return Learner.objects.select_related("user").filter(user=user).first()


def learner_of(request: HttpRequest) -> Learner:
    """The learner whose page this is. A signed-in person without a programme gets 404: there is nothing of theirs here."""
    learner: Learner | None = getattr(request, "learner", None)
    if learner is None:
        raise Http404
    return learner
