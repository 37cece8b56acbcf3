"""A reviewer behind the link: what they see and send, what a guess learns, and what stays closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.evidence.actions import withdraw
from segue.evidence.actions.reviewing import ask_review, revoke
from segue.evidence.links import sealed_token
from segue.evidence.models import Channel, Confidentiality, Entry, ReviewRequest
from segue.evidence.views.answering import answer
from segue.shared import clock
from segue.shared.attempts import MOST
from tests.browsing import Page, press, visit
from tests.evidence.pieces import piece, stored
from tests.evidence.test_links import guesses

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAID = {"name": "Marco", "relation": "Works in my team", "role": "Data scientist", "years": "7", "practises_ai": "on"}


@pytest.fixture
def asked(priya: Learner) -> ReviewRequest:
    """Priya asks for a review of her charter, with a file."""
    file = stored("numbers.txt", b"4 of 8 classes")
    entry = piece(priya, confidentiality="redacted", files=(file,))
    return ask_review(priya, entry, for_name="Marco", note="Is the data need clear?", files=[file.sha256])


@pytest.fixture
def reviewer(client_of: Callable[[Learner | None], Client], asked: ReviewRequest) -> Client:
    """Marco's phone: nobody is signed in."""
    return client_of(None)


def url_of(asked: ReviewRequest) -> str:
    return reverse("review:answer", args=[sealed_token(asked)])


def send(browser: Client, asked: ReviewRequest, **more: Any) -> Page:
    """Sends the form as a reviewer fills it in: everything met."""
    marks = {f"mark_{criterion['id']}": "met" for criterion in asked.criteria}
    return press(browser, visit(browser, url_of(asked)), "Send the review", **{**SAID, **marks, "comment": "Clear.", **more})


def reviews(learner: Learner) -> list[Entry]:
    return list(learner.entries.filter(sort=Sort.REVIEW))


# --- what a reviewer does ---------------------------------------------------------------------------------------------------


def test_a_reviewer_sees_the_piece_and_what_it_is_judged_by(reviewer: Client, asked: ReviewRequest) -> None:
    page = visit(reviewer, url_of(asked))
    assert page.status == 200
    assert page.heading == "Marco, Priya asks for your review"
    for words in ("Is the data need clear?", "A charter", "Eight classes of message", "numbers.txt", "4 of 8 classes"):
        assert words in page.text
    assert all(criterion["text"] in page.text for criterion in asked.criteria)
    assert asked.criteria
    assert "Sign out" not in page.text
    assert "<nav" not in page.html


def test_what_is_sent_is_a_review_that_came_by_the_link(reviewer: Client, asked: ReviewRequest, priya: Learner) -> None:
    page = send(reviewer, asked, comment="Clear, but the risk is thin. 💡")
    assert (page.status, page.heading) == (200, "Thank you")
    (review,) = reviews(priya)
    assert (review.channel, review.subject, review.body) == (Channel.LINK, asked.entry, "Clear, but the risk is thin. 💡")
    assert (review.reviewer_name, review.reviewer_role, review.reviewer_years) == ("Marco", "Data scientist", 7)
    assert set(review.marks) == {criterion["id"] for criterion in asked.criteria}
    asked.refresh_from_db()
    assert asked.review == review
    assert asked.replied_at is not None


def test_sent_twice_it_is_thanked_for_twice_and_kept_once(reviewer: Client, asked: ReviewRequest, priya: Learner) -> None:
    open_page = visit(reviewer, url_of(asked))
    for _ in range(2):
        assert press(reviewer, open_page, "Send the review", **SAID, comment="Clear.").heading == "Thank you"
    assert len(reviews(priya)) == 1


def test_another_answer_is_refused_and_what_was_typed_comes_back(reviewer: Client, asked: ReviewRequest, priya: Learner) -> None:
    open_page = visit(reviewer, url_of(asked))
    press(reviewer, open_page, "Send the review", **SAID, comment="Clear.")
    page = press(reviewer, open_page, "Send the review", **SAID, comment="On second thought, no.")
    assert (page.status, page.heading) == (410, "This review was given")
    assert "On second thought, no." in page.html
    assert [review.body for review in reviews(priya)] == ["Clear."]


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"name": ""}, "Put your name in"),
        ({"role": " "}, "Say what your work is."),
        ({"relation": ""}, "Say how you know each other."),
        ({"years": "many"}, "Give a whole number of years."),
        ({"name": "Priya"}, "Nobody reviews themself."),
        ({"name": " priya "}, "Nobody reviews themself."),
    ],
)
def test_what_lacks_is_told_and_nothing_typed_is_lost(
    reviewer: Client, asked: ReviewRequest, priya: Learner, fields: Mapping[str, str], fault: str
) -> None:
    page = send(reviewer, asked, **{"comment": "Long <b>and</b> careful.", **fields})
    assert page.status == 422
    assert fault in page.text
    form = page.form("Send the review")
    kept = {**SAID, **fields}
    assert {name: form.values[name].strip() for name in ("name", "role", "relation")} == {
        name: kept[name].strip() for name in ("name", "role", "relation")
    }
    assert form.values["comment"] == "Long <b>and</b> careful."
    assert all(form.values[f"mark_{criterion['id']}"] == "met" for criterion in asked.criteria)
    assert "<b>and</b>" not in page.html
    assert reviews(priya) == []


def test_neither_a_mark_nor_a_word_is_no_review(reviewer: Client, asked: ReviewRequest, priya: Learner) -> None:
    page = press(reviewer, visit(reviewer, url_of(asked)), "Send the review", **SAID)
    assert (page.status, reviews(priya)) == (422, [])


def test_opening_is_noted_once_and_a_look_from_outside_is_none(reviewer: Client, asked: ReviewRequest) -> None:
    reviewer.head(url_of(asked))
    asked.refresh_from_db()
    assert asked.opened_at is None
    with clock.at(NOON):
        reviewer.get(url_of(asked))
    with clock.at(NOON + timedelta(hours=1)):
        reviewer.get(url_of(asked))
    asked.refresh_from_db()
    assert asked.opened_at == NOON


def test_the_page_is_kept_nowhere_and_told_to_nobody(reviewer: Client, asked: ReviewRequest) -> None:
    headers = reviewer.get(url_of(asked)).headers
    assert "no-store" in headers["Cache-Control"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def test_no_cookie_is_set_and_none_is_needed(client_of: Callable[[Learner | None], Client], asked: ReviewRequest) -> None:
    client_of(None)
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, asked).heading == "Thank you"
    assert not strict.cookies


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_a_form_of_another_site_is_refused(
    reviewer: Client, asked: ReviewRequest, priya: Learner, headers: Mapping[str, str]
) -> None:
    data = {**SAID, "comment": "Clear."}
    assert reviewer.post(url_of(asked), data, headers=dict(headers)).status_code == 403
    assert reviews(priya) == []


# --- who is signed in -------------------------------------------------------------------------------------------------------


def test_the_learner_sees_their_own_link_and_can_not_send(page: Client, asked: ReviewRequest, priya: Learner) -> None:
    shown = visit(page, url_of(asked))
    assert "This is your own request" in shown.text
    response = page.post(url_of(asked), {**SAID, "comment": "I am great."})
    assert response.status_code == 403
    assert "nobody reviews themself" in response.content.decode()
    assert reviews(priya) == []
    asked.refresh_from_db()
    assert asked.opened_at is None


def test_another_learner_is_a_reviewer_like_any_other(
    client_of: Callable[[Learner | None], Client], make_learner: Callable[..., Learner], asked: ReviewRequest, priya: Learner
) -> None:
    sam = make_learner("Sam")
    browser = client_of(sam)
    assert "<nav" not in visit(browser, url_of(asked)).html
    assert send(browser, asked, name="Sam").heading == "Thank you"
    assert len(reviews(priya)) == 1
    assert not sam.entries.exists()


def test_where_only_the_learner_gets_there_is_nobody_to_ask(reviewer: Client, asked: ReviewRequest, settings: Settings) -> None:
    settings.SINGLE_USER = True
    assert reviewer.get(url_of(asked)).status_code == 404
    assert reviewer.post(url_of(asked), {**SAID, "comment": "x"}).status_code == 404


# --- closed -----------------------------------------------------------------------------------------------------------------


def close(asked: ReviewRequest, how: str) -> None:
    """Ends a request in one of the ways that there are."""
    if how == "revoked":
        revoke(asked)
    elif how == "expired":
        ReviewRequest.objects.update(until=clock.today() - timedelta(days=1))
    elif how == "withdrawn":
        withdraw(asked.entry, clock.today(), "A mistake.")
    else:
        entry = piece(asked.learner, title="Between us", confidentiality=Confidentiality.PRIVATE)
        ReviewRequest.objects.update(entry=entry)


@pytest.mark.parametrize(
    ("how", "heading"),
    [
        ("revoked", "This request was taken back"),
        ("expired", "This request is over"),
        ("withdrawn", "There is nothing to review any more"),
        ("private", "There is nothing to review any more"),
    ],
)
def test_a_true_link_that_is_closed_says_so_and_names_nobody(
    reviewer: Client, asked: ReviewRequest, priya: Learner, how: str, heading: str
) -> None:
    close(asked, how)
    page = visit(reviewer, url_of(asked))
    assert (page.status, page.heading) == (410, heading)
    assert "the person who sent you the link" in page.text
    for word in ("Priya", "Marco", "charter", "Between us", "Eight classes"):
        assert word not in page.text
    sent = reviewer.post(url_of(asked), {**SAID, "comment": "Typed for a quarter of an hour."})
    assert sent.status_code == 410
    assert "Typed for a quarter of an hour." in sent.content.decode()
    assert "noindex" in sent.headers["X-Robots-Tag"]
    assert reviews(priya) == []
    asked.refresh_from_db()
    assert asked.opened_at is None


def test_an_answered_link_is_closed(reviewer: Client, asked: ReviewRequest) -> None:
    send(reviewer, asked)
    page = visit(reviewer, url_of(asked))
    assert (page.status, page.heading) == (410, "This review was given")
    assert "Priya" not in page.text
    assert reviewer.post(url_of(asked), {"name": ""}).status_code == 410


# --- guesses ----------------------------------------------------------------------------------------------------------------


def from_somewhere(number: int) -> dict[str, str]:
    """Another address for each number."""
    return {"REMOTE_ADDR": str(IPv4Address(number))}


def test_a_guess_is_answered_as_any_address_that_is_not_there(reviewer: Client, asked: ReviewRequest, page: Client) -> None:
    nowhere = reviewer.get("/review/a/b/")
    assert nowhere.status_code == 404
    assert page.get("/no-such-page/").content == nowhere.content
    tried = [token for token in guesses(asked, 300) if 0 < len(token) < 1000]
    for number, token in enumerate(tried):
        guess = reviewer.get(reverse("review:answer", args=[token]), **from_somewhere(number))  # type: ignore[arg-type]
        assert (guess.status_code, guess.content) == (404, nowhere.content), token
        assert dict(guess.headers) == dict(nowhere.headers)


@pytest.mark.parametrize("path", ["/review/", "/review//", "/review/%00/", "/review/%E2%80%AE/", "/review/" + "a" * 8000 + "/"])
def test_odd_addresses_are_not_there(reviewer: Client, path: str) -> None:
    assert reviewer.get(path).status_code == 404


def test_ten_thousand_guesses_open_nothing_and_each_costs_the_same(asked: ReviewRequest, settings: Settings) -> None:
    settings.SINGLE_USER = False
    make = RequestFactory()
    with CaptureQueriesContext(connection) as captured:
        for number, token in enumerate(guesses(asked, 10_000)):
            with pytest.raises(Http404):
                answer(make.get("/", **from_somewhere(number)), token)  # type: ignore[arg-type]
    assert len(captured) == 0


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_guess_asks_no_table_whoever_makes_it(page: Client, asked: ReviewRequest, method: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        response = getattr(page, method)(url_of(asked).replace(".", "x.", 1))
    assert (response.status_code, len(captured)) == (404, 0)


def test_after_twenty_guesses_a_true_link_is_not_there_either(reviewer: Client, asked: ReviewRequest) -> None:
    nowhere = reviewer.get("/review/a/b/").content
    with clock.at(NOON):
        for number in range(MOST):
            assert reviewer.get(url_of(asked)).status_code == 200
            reviewer.get(f"/review/guess-{number}/")
        with CaptureQueriesContext(connection) as captured:
            response = reviewer.get(url_of(asked))
        assert (response.status_code, response.content, len(captured)) == (404, nowhere, 0)
        assert reviewer.post(url_of(asked), {**SAID, "comment": "x"}).status_code == 404
        assert reviewer.get(url_of(asked), **from_somewhere(7)).status_code == 200  # type: ignore[arg-type]
    with clock.at(NOON + timedelta(minutes=10)):
        assert send(reviewer, asked).heading == "Thank you"


def test_guessed_links_and_guessed_passwords_are_counted_together(reviewer: Client, asked: ReviewRequest) -> None:
    for number in range(MOST):
        reviewer.get(f"/review/guess-{number}/")
    assert reviewer.post("/account/sign-in/", {"username": "priya", "password": "right-horse"}).status_code == 429


def test_a_link_that_is_opened_often_is_no_guess(reviewer: Client, asked: ReviewRequest) -> None:
    for _ in range(MOST + 5):
        assert reviewer.get(url_of(asked)).status_code == 200


# --- the learner gets the link ----------------------------------------------------------------------------------------------


def test_the_learner_finds_the_link(page: Client, reviewer: Client, asked: ReviewRequest, settings: Settings) -> None:
    settings.PUBLIC_URL = "http://testserver"
    shown = visit(page, reverse("evidence:show-request", args=[asked.pk]))
    link = re.search(r'<code id="review-link">(.*?)</code>', shown.html)
    assert link
    assert link[1] == f"http://testserver{url_of(asked)}"
    assert visit(reviewer, link[1]).heading == "Marco, Priya asks for your review"


def test_where_a_link_would_lead_nowhere_the_learner_is_told_why(page: Client, asked: ReviewRequest) -> None:
    shown = visit(page, reverse("evidence:show-request", args=[asked.pk]))
    assert "review-link" not in shown.html
    assert "only this computer reaches your Segue" in shown.text
