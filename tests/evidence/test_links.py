"""The link to a request: made by this server only, and known to be so before a table is asked."""

from __future__ import annotations

import random
import string
from collections.abc import Callable

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from segue.accounts.models import Learner
from segue.evidence.links import link_of, request_behind, sealed_token
from segue.evidence.models import ReviewRequest
from tests.conftest import MONDAY
from tests.evidence.pieces import piece


@pytest.fixture
def asked(priya: Learner) -> ReviewRequest:
    """A request of Priya's."""
    return request_of(priya)


def request_of(learner: Learner, token: str = "a1" * 16) -> ReviewRequest:
    entry = piece(learner, confidentiality="public")
    return ReviewRequest.objects.create(learner=learner, entry=entry, token=token, secret="0" * 64, made_on=MONDAY, until=MONDAY)


def test_a_link_leads_to_its_request(asked: ReviewRequest, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://segue.example.org"
    link = link_of(asked)
    assert link.startswith("https://segue.example.org/review/")
    token = link.removeprefix("https://segue.example.org/review/").removesuffix("/")
    assert token == sealed_token(asked)
    assert request_behind(token) == asked
    assert set(token) <= set(string.ascii_letters + string.digits + "-_.")


def test_where_nobody_reaches_segue_there_is_no_link(asked: ReviewRequest, settings: Settings) -> None:
    settings.PUBLIC_URL = ""
    assert link_of(asked) == ""


def test_two_learners_with_one_token_have_two_links(asked: ReviewRequest, make_learner: Callable[..., Learner]) -> None:
    other = request_of(make_learner("Sam"), asked.token)
    assert request_behind(sealed_token(other)) == other
    assert request_behind(sealed_token(asked)) == asked


def test_a_request_that_is_gone_is_behind_no_link(asked: ReviewRequest) -> None:
    token = sealed_token(asked)
    asked.delete()
    assert request_behind(token) is None


def test_another_key_makes_other_links(asked: ReviewRequest, settings: Settings) -> None:
    token = sealed_token(asked)
    settings.SECRET_KEY = "another"
    assert request_behind(token) is None


def guesses(asked: ReviewRequest, count: int) -> list[str]:
    """Tokens as somebody might try them who knows all but the key: parts of a true one, one letter changed, and odd ones."""
    chance, true = random.Random(1), sealed_token(asked)
    value, _, mac = true.partition(".")
    letters = string.ascii_letters + string.digits + "-_."
    odd = [
        "",
        ".",
        "..",
        true[:-1],
        f"{true}=",
        f"{true}.",
        f" {true}",
        f"{true} ",
        true.upper(),
        value,
        mac,
        f"{value}.",
        f".{mac}",
    ]
    odd += [asked.token, asked.secret, str(asked.pk), f"{value}.{mac[::-1]}", f"{asked.learner_id + 1}-{asked.token}.{mac}"]
    odd += [
        "é" * 50,
        "\u202e💡",
        "\u0663-\u0661.x",
        "a" * 100_000,
        "%",
        "-.-",
        "null",
        "0",
        f"{asked.learner_id}.{mac}",
        f"{true}{true}",
    ]
    odd += [Signer(salt="segue.evidence.links", sep=".", key="guessed").sign(value), Signer(sep=".").sign(value)]
    made = set(odd) - {true}
    while len(made) < count:
        at, letter = chance.randrange(len(true)), chance.choice(letters)
        kinds = [
            true[:at] + letter + true[at + 1 :],
            true[:at] + true[at + 1 :],
            true[:at] + letter + true[at:],
            f"{chance.randrange(50)}-{chance.randbytes(16).hex()}.{mac}",
            f"{value}.{''.join(chance.choices(letters, k=43))}",
        ]
        made |= set(kinds) - {true}
    return sorted(made)[:count]


def test_ten_thousand_guesses_find_nothing_and_ask_no_table(asked: ReviewRequest) -> None:
    tried = guesses(asked, 10_000)
    assert len(set(tried)) == 10_000
    with CaptureQueriesContext(connection) as captured:
        assert not [token for token in tried if request_behind(token) is not None]
    assert len(captured) == 0
    assert request_behind(sealed_token(asked)) == asked


@given(st.text())
def test_no_text_is_too_strange(token: str) -> None:
    assert request_behind(token) is None
