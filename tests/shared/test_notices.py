"""Messages on the next page, and the way to take something back."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from segue.shared.notices import kind_of, offer_undo, say, undo_url


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize("kind", ["info", "good", "care", "problem"])
def test_a_notice_keeps_its_kind(request_: HttpRequest, kind: str) -> None:
    say(request_, "The file has <17> rows.", kind)
    (message,) = get_messages(request_)
    assert kind_of(message) == kind
    assert undo_url(message) == ""
    html = render_to_string("shared/_messages.html", {"messages": [message]})
    assert f"notice--{kind}" in html
    assert "&lt;17&gt;" in html


def test_undo_is_a_form_that_posts(request_: HttpRequest) -> None:
    offer_undo(request_, "Moved to Friday 4 December 2026.", "/plan/undo/7/")
    (message,) = get_messages(request_)
    assert undo_url(message) == "/plan/undo/7/"
    html = render_to_string("shared/_messages.html", {"messages": [message]}, request_)
    assert '<form class="post" method="post" action="/plan/undo/7/">' in html
    assert "csrfmiddlewaretoken" in html


def test_an_unknown_kind_is_a_mistake_of_the_page(request_: HttpRequest) -> None:
    with pytest.raises(KeyError):
        say(request_, "x", "great")
