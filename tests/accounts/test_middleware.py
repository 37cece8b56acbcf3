"""Who is the learner of a request: whoever sits at the machine, or who has signed in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from segue.accounts.models import Learner, User
from segue.schedule.queries import hours_of
from tests.browsing import visit

pytestmark = pytest.mark.django_db


def wanted_after_sign_in(location: str) -> str:
    parts = urlsplit(location)
    assert parts.path == "/account/sign-in/"
    return parse_qs(parts.query)["next"][0]


@pytest.mark.parametrize(
    "path",
    ["/", "/plan/", "/evidence/?kind=log&tier=E1", "/glossary/?q=a%26b%23c", "/activity/gap:c1-2-rule-e1/", "/no/such/page/"],
)
def test_anonymous_signs_in_first_and_is_led_back(client_of: Callable[[Learner | None], Client], path: str) -> None:
    response = client_of(None).get(path)
    assert response.status_code == 302
    assert wanted_after_sign_in(response.headers["Location"]) == path


@pytest.mark.parametrize("path", ["/plan/feed/renew/", "/plan/choose/skip/w01-diagnostic/", "/evidence/log-time/"])
def test_anonymous_form_leads_to_today_since_it_can_not_be_sent_again(
    client_of: Callable[[Learner | None], Client], path: str
) -> None:
    response = client_of(None).post(path)
    assert response.status_code == 302
    assert wanted_after_sign_in(response.headers["Location"]) == "/"


def test_address_with_a_line_break_can_not_add_a_header(client_of: Callable[[Learner | None], Client]) -> None:
    response = client_of(None).get("/plan/%0d%0aSet-Cookie:%20a=b/")
    assert response.status_code == 302
    assert "\n" not in response.headers["Location"]
    assert "a" not in response.cookies


def test_feed_and_health_need_no_sign_in(client_of: Callable[[Learner | None], Client], priya: Learner) -> None:
    hours = hours_of(priya)
    assert hours is not None
    browser = client_of(None)
    assert browser.get(f"/plan/feed/{hours.feed_token}.ics").status_code == 200
    assert browser.get("/health/").status_code == 200


def test_signed_in_without_a_programme_finds_nothing(client_of: Callable[[Learner | None], Client]) -> None:
    browser = client_of(None)
    browser.force_login(User.objects.create_user(username="marco"))
    assert browser.get("/").status_code == 404
    assert browser.get("/glossary/").status_code == 200


def test_single_user_is_the_learner_at_once(client: Client, settings: Settings) -> None:
    settings.SINGLE_USER = True
    page = visit(client, "/")
    assert page.path == "/start/"
    assert visit(client, "/plan/").path == "/start/"
    assert User.objects.count() == Learner.objects.count() == 1


def test_single_user_is_not_the_one_who_signed_in(client: Client, settings: Settings, priya: Learner) -> None:
    settings.SINGLE_USER = True
    client.force_login(priya.user)
    assert visit(client, "/").path == "/start/"


def test_static_files_need_neither_learner_nor_session(client: Client, settings: Settings) -> None:
    settings.SINGLE_USER = True
    client.get("/static/shared/nothing.css")
    assert not Learner.objects.exists()
