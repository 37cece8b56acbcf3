"""Puts the learner on the request, so that every page asks the same question the same way."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from segue.accounts.actions import make_local_learner
from segue.accounts.models import Learner
from segue.accounts.queries import learner_of_user, local_learner

Respond = Callable[[HttpRequest], HttpResponse]
# Whoever asks after the health of the program wants an answer also where the database has none. A link to review something is
# for people without an account: who is signed in sees there what everybody sees.
WITHOUT_LEARNER = ("/static/", "/health/", "/review/")
FEED = "/plan/feed/"


def know_the_learner(get_response: Respond) -> Respond:
    """Single user: whoever reaches this loopback address is the learner. Otherwise: sign in first."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.learner = None  # type: ignore[attr-defined]
        if request.path.startswith(WITHOUT_LEARNER):
            return get_response(request)
        learner = _learner(request)
        if learner is None and _must_sign_in(request):
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _way_back(request)})}")
        request.learner = learner  # type: ignore[attr-defined]
        return get_response(request)

    return respond


def _must_sign_in(request: HttpRequest) -> bool:
    open_to_all = request.path == resolve_url(settings.LOGIN_URL) or _is_feed(request)
    return not request.user.is_authenticated and not open_to_all


def _is_feed(request: HttpRequest) -> bool:
    """The address of a calendar feed is its own secret."""
    return request.path.startswith(FEED) and request.path.endswith(".ics")


def _way_back(request: HttpRequest) -> str:
    """Where to go after signing in: what was asked for, unless it was a form that can't be sent twice."""
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"


def _learner(request: HttpRequest) -> Learner | None:
    if settings.SINGLE_USER:
        return local_learner() or make_local_learner()
    return learner_of_user(request.user)
