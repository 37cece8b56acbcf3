"""Headers on every answer, writes from other sites refused, errors that a person can mend shown as a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from segue.core.errors import UserError
from segue.shared.middleware import HEADERS, POLICY, plain_paths, same_origin, security_headers, user_errors

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

MAKE = RequestFactory(headers={"host": "127.0.0.1:8000"})
ERROR = UserError("Row 17 has 9 <columns>.", "Put the text of row 17 in quotes.")


def page(_: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>hello</p>")


def test_every_page_has_the_headers() -> None:
    response = security_headers(page)(MAKE.get("/"))
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["script-src", "style-src", "connect-src", "default-src"])
def test_the_policy_lets_nothing_in_but_our_own_files(name: str) -> None:
    directives = dict(directive.split(" ", 1) for directive in POLICY.split("; "))
    assert directives[name] == "'self'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


@pytest.mark.parametrize("name", ["frame-ancestors", "base-uri", "object-src"])
def test_the_policy_forbids_what_nobody_needs(name: str) -> None:
    assert f"{name} 'none'" in POLICY


def test_a_view_may_say_otherwise() -> None:
    def cached(_: HttpRequest) -> HttpResponse:
        return HttpResponse("<p>x</p>", headers={"Cache-Control": "max-age=60"})

    def download(_: HttpRequest) -> HttpResponse:
        return HttpResponse("a,b", content_type="text/csv")

    assert security_headers(cached)(MAKE.get("/")).headers["Cache-Control"] == "max-age=60"
    assert "Cache-Control" not in security_headers(download)(MAKE.get("/")).headers


@pytest.mark.parametrize(("debug", "status", "has_policy"), [(True, 500, False), (True, 200, True), (False, 500, True)])
def test_only_the_debug_page_goes_without(settings: Settings, debug: bool, status: int, has_policy: bool) -> None:
    settings.DEBUG = debug
    response = security_headers(lambda _: HttpResponse("x", status=status))(MAKE.get("/"))
    assert ("Content-Security-Policy" in response.headers) is has_policy


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Origin": "http://127.0.0.1.evil.example:8000"},
        {"Origin": "http://127.0.0.1:8000@evil.example"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8000"},
    ],
)
def test_writes_from_elsewhere_are_refused(method: str, headers: dict[str, str]) -> None:
    response = same_origin(page)(MAKE.generic(method, "/", headers=headers))
    assert response.status_code == 403
    assert b"another site" in response.content  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_writes_pass(headers: dict[str, str]) -> None:
    assert same_origin(page)(MAKE.post("/", headers=headers)).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_passes_from_everywhere(method: str) -> None:
    request = MAKE.generic(method, "/", headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
    assert same_origin(page)(request).status_code == 200


def answer(**headers: str) -> HttpResponse:
    request = MAKE.post("/lab/", headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = user_errors(page).process_exception(request, ERROR)
    assert response is not None
    assert response.status_code == 400
    return response


def test_an_error_to_mend_is_a_page_with_its_hint_and_a_way_back() -> None:
    html = answer(Referer="http://127.0.0.1:8000/lab/").content.decode()
    assert "Row 17 has 9 &lt;columns&gt;." in html
    assert ERROR.hint in html
    assert 'href="http://127.0.0.1:8000/lab/">Go back' in html
    assert "<html" in html


@pytest.mark.parametrize("referer", ["https://evil.example/x", "javascript:alert(1)", "//evil.example", ""])
def test_the_way_back_leads_nowhere_else(referer: str) -> None:
    assert 'href="/">Go back' in answer(Referer=referer).content.decode()


def test_htmx_gets_the_notice_alone() -> None:
    html = answer(HX_Request="true").content.decode()
    assert "Row 17" in html
    assert "<html" not in html


def test_a_script_gets_json() -> None:
    assert json.loads(answer(Accept="application/json").content) == {"message": ERROR.message, "hint": ERROR.hint}


@pytest.mark.parametrize("bug", [ValueError("x"), Http404("x"), KeyError("x")])
def test_a_bug_takes_its_way(bug: Exception) -> None:
    assert user_errors(page).process_exception(MAKE.get("/"), bug) is None


def test_other_answers_pass() -> None:
    assert user_errors(page)(MAKE.get("/")).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/plan/feed/a\x00b.ics", 404), ("/\x00", 404), ("/plan/", 200)])
def test_no_page_has_an_address_with_a_nul(path: str, status: int) -> None:
    request = RequestFactory().get("/")
    request.path = path
    assert plain_paths(lambda _: HttpResponse("here"))(request).status_code == status


def test_only_what_came_by_https_ties_the_browser_to_it() -> None:
    assert "Strict-Transport-Security" not in security_headers(page)(MAKE.get("/")).headers
    assert security_headers(page)(MAKE.get("/", secure=True)).headers["Strict-Transport-Security"] == "max-age=31536000"
