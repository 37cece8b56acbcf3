"""Error pages: what went wrong, in plain words, and what to do."""

from __future__ import annotations

import logging
import secrets
import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import format_html

from segue.core.errors import UserError
from segue.shared.addresses import own_address
from segue.shared.storage import explain

logger = logging.getLogger("segue.incident")

_BARE = (
    "<!doctype html><html lang='en-GB'><meta charset='utf-8'><title>Something broke</title><h1>Something broke</h1>"
    "<p>Your saved work is safe. Incident {}. Go back, reload the page, and try again.</p>"
)


def _page(template: str, status: int, **words: object) -> HttpResponse:
    """A page rendered without request: no context processor, no database, no session is asked."""
    return HttpResponse(render_to_string(f"shared/{template}", words), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent can't be read; 413 where it was more text than a form takes."""
    if isinstance(exception, RequestDataTooBig):
        words = {
            "message": "That was more text than a form can take.",
            "hint": "Go back with your browser, take the text out of the form, and attach it as a file instead.",
        }
        return _page("user_error.html", 413, **words, back=_way_back(request))
    return _page("400.html", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    return _page("404.html", 404, path=request.path)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug. The incident id on the page finds the traceback in the log. 503: the disk or the database refuses."""
    refusal = _refusal(sys.exc_info()[1])
    if refusal is not None:
        logger.error("%s %s: %s", request.method, request.path, refusal, exc_info=sys.exc_info())
        return user_error(request, refusal, 503)
    incident = secrets.token_hex(4)
    logger.error("incident %s: %s %s", incident, request.method, request.path, exc_info=sys.exc_info())
    try:
        return _page("500.html", 500, incident=incident)
    except Exception:
        logger.exception("incident %s: the error page failed as well", incident)
        return HttpResponse(format_html(_BARE, incident), status=500)


def _refusal(error: BaseException | None) -> UserError | None:
    """A full disk, a locked database and the like, in words. A file that is missing is a bug: whoever expects that says so."""
    if error is None or isinstance(error, FileNotFoundError):
        return None
    return explain(error, Path(settings.HOME))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or old. What was typed can be fetched back by the browser's Back."""
    logger.warning("form refused at %s: %s", request.path, reason)
    return _page("csrf.html", 403)


def wrong_origin(request: HttpRequest) -> HttpResponse:
    """403: another web site tried to send something here."""
    return _page("403.html", 403)


def _way_back(request: HttpRequest) -> str:
    """The page one came from, where it is one of ours; else the first page."""
    return own_address(request, request.headers.get("Referer", "")) or "/"


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def user_error(request: HttpRequest, error: UserError, status: int = 400) -> HttpResponse:
    """400: something that the person can put right. htmx gets the notice alone, a script that asks for JSON gets JSON."""
    if _wants_json(request):
        return JsonResponse({"message": error.message, "hint": error.hint}, status=status)
    words = {"message": error.message, "hint": error.hint}
    if request.headers.get("HX-Request") == "true":
        return _page("_user_error.html", status, **words)
    return _page("user_error.html", status, **words, back=_way_back(request))
