"""What every answer carries, and which requests are refused before a view sees them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from segue.core.errors import UserError
from segue.shared import errors

Respond = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ENCRYPTED = "max-age=31536000"  # a year in which a browser asks this host by https only
_SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
_OWN_SITES = frozenset(("same-origin", "none"))  # "none": typed into the address bar, a bookmark


def security_headers(get_response: Respond) -> Respond:
    """Adds the headers that a response does not set itself; pages are never kept by a cache."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if settings.DEBUG and response.status_code in (404, 500):
            return response  # Django's own debug pages need inline styles.
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", ENCRYPTED)
        return response

    return respond


def plain_paths(get_response: Respond) -> Respond:
    """Answers 404 to a path with a NUL in it: no page has such an address, and PostgreSQL refuses it in a query."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path:
            return errors.not_found(request, Http404())
        return get_response(request)

    return respond


def _is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent this. Programs that are no browser send neither header."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in _OWN_SITES:
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def same_origin(get_response: Respond) -> Respond:
    """Refuses writes that come from another site. A program on loopback has no login to hide behind."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.method not in _SAFE and _is_foreign(request):
            return errors.wrong_origin(request)
        return get_response(request)

    return respond


class UserErrors:
    """Turns a ``UserError`` that a view lets through into a page that says what is wrong and how to mend it."""

    def __init__(self, get_response: Respond) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a ``UserError``; anything else is a bug and takes its way."""
        return errors.user_error(request, exception) if isinstance(exception, UserError) else None


user_errors = UserErrors
