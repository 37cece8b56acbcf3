"""Signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from segue.accounts.actions import change_password
from segue.accounts.models import Learner
from segue.shared import clock
from tests.browsing import press, visit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


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


@pytest.mark.parametrize("word", ["glossary", "plan:nowhere", "segue.nowhere.page"])
def test_a_word_is_an_address_and_never_the_name_of_a_page(stranger: Client, word: str) -> None:
    response = stranger.post("/account/sign-in/", {"username": "priya", "password": "right-horse", "next": word})
    assert response.status_code == 302
    assert response.headers["Location"] in {word, "/"}


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


def wrong(browser: Client, times: int, **more: str) -> list[int]:
    """The statuses of as many wrong passwords."""
    data = {"username": "priya", "password": "wrong"}
    return [browser.post("/account/sign-in/", data, **more).status_code for _ in range(times)]  # type: ignore[arg-type]


def test_after_twenty_wrong_passwords_not_even_the_right_one_is_looked_at(stranger: Client) -> None:
    with clock.at(NOON):
        assert set(wrong(stranger, 20)) == {200}
        page = visit(stranger, "/account/sign-in/?next=/plan/")
        assert (page.status, page.heading) == (429, "Sign in")
        assert "Wait 10 minutes, then sign in." in page.text
        page = press(stranger, page, "Sign in", username="priya", password="right-horse")
        assert page.status == 429
        assert (page.form("Sign in").values["username"], page.form("Sign in").values["next"]) == ("priya", "/plan/")
        assert "right-horse" not in page.html
        assert stranger.get("/account/sign-in/").headers["Retry-After"] == "600"
    with clock.at(NOON + timedelta(minutes=10)):
        assert press(stranger, page, "Sign in", username="priya", password="right-horse").path == "/plan/"


def test_others_sign_in_meanwhile(stranger: Client) -> None:
    wrong(stranger, 20)
    data = {"username": "priya", "password": "right-horse"}
    assert stranger.post("/account/sign-in/", data, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_field_left_empty_is_no_guess(stranger: Client) -> None:
    for _ in range(30):
        stranger.post("/account/sign-in/", {"username": "priya", "password": ""})
    assert stranger.post("/account/sign-in/", {"username": "priya", "password": "right-horse"}).status_code == 302


def test_a_new_password_ends_the_sessions_under_the_old_one(page: Client, priya: Learner) -> None:
    assert page.get("/").status_code == 200
    change_password(priya.user, "a staple for seven mornings")
    assert page.get("/").status_code == 302


def test_who_is_signed_in_is_named_beside_the_way_out(page: Client, priya: Learner) -> None:
    shown = visit(page, "/")
    assert shown.form("Sign out").action == "/account/sign-out/"
    assert "\nPriya\n" in shown.text
    assert press(page, shown, "Sign out").heading == "Sign in"


def test_where_nobody_signs_in_nobody_signs_out(client: Client, settings: Settings) -> None:
    settings.SINGLE_USER = True
    assert "Sign out" not in visit(client, "/plan/").text
