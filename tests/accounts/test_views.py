"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from segue.accounts.models import Learner
from tests.browsing import press, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger(client_of: Callable[[Learner | None], Client], priya: Learner) -> Client:
    """A browser in which nobody is signed in, where Priya could be."""
    return client_of(None)


def test_signing_in_leads_where_one_wanted_to_go(stranger: Client) -> None:
    page = visit(stranger, "/glossary/?q=drift")
    assert page.heading == "Sign in"
    page = press(stranger, page, "Sign in", username="priya", password="right-horse")
    assert (page.heading, page.path) == ("Glossary", "/glossary/?q=drift")


def test_wrong_password_is_told_and_the_way_is_not_forgotten(stranger: Client) -> None:
    page = visit(stranger, "/readiness/")
    page = press(stranger, page, "Sign in", username="priya", password="wrong")
    assert page.heading == "Sign in"
    assert "Please enter a correct username and password." in page.text
    assert page.form("Sign in").values["username"] == "priya"
    assert page.form("Sign in").values["password"] == ""
    assert "wrong" not in page.html.replace("wrongly", "")
    page = press(stranger, page, "Sign in", password="right-horse")
    assert page.path == "/readiness/"


@pytest.mark.parametrize(("name", "password"), [("", ""), ("nobody", "right-horse"), ("priya", "")])
def test_no_way_in_without_both(stranger: Client, name: str, password: str) -> None:
    press(stranger, visit(stranger, "/account/sign-in/"), "Sign in", username=name, password=password)
    assert stranger.get("/").status_code == 302


def test_inactive_person_stays_outside(stranger: Client, priya: Learner) -> None:
    priya.user.is_active = False
    priya.user.save()
    press(stranger, visit(stranger, "/account/sign-in/"), "Sign in", username="priya", password="right-horse")
    assert stranger.get("/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        *("https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example"),
        *("javascript:alert(1)", "http:evil.example", "https:/evil.example", " //evil.example", "ftp://testserver/", ""),
    ],
)
def test_one_is_never_led_to_another_site(stranger: Client, elsewhere: str) -> None:
    data = {"username": "priya", "password": "right-horse", "next": elsewhere}
    response = stranger.post("/account/sign-in/", data)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"


def test_what_was_wanted_is_shown_as_text(stranger: Client) -> None:
    page = visit(stranger, "/account/sign-in/", {"next": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.html
    assert page.form("Sign in").values["next"] == '"><script>alert(1)</script>'


def test_signing_out_ends_the_session(page: Client) -> None:
    assert page.get("/").status_code == 200
    response = page.post("/account/sign-out/")
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert page.get("/").status_code == 302


def test_a_link_can_not_sign_anybody_out(page: Client) -> None:
    assert page.get("/account/sign-out/").status_code == 405
    assert page.get("/").status_code == 200


def test_there_is_no_sign_in_where_nobody_needs_it(client: Client, settings: Settings) -> None:
    settings.SINGLE_USER = True
    assert client.get("/account/sign-in/").status_code == 404
