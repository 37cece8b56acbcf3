"""Wrong guesses are counted by where they come from, for a while, and in bounded memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from threading import Thread

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from segue.shared import clock
from segue.shared.attempts import Attempts, address_of

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def asked_from(address: str) -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def guess(attempts: Attempts, address: str, times: int = 1) -> None:
    for _ in range(times):
        attempts.count(asked_from(address))


def test_twenty_are_free_and_then_the_address_is_spent() -> None:
    attempts = Attempts()
    guess(attempts, "192.0.2.1", 19)
    assert not attempts.are_spent(asked_from("192.0.2.1"))
    guess(attempts, "192.0.2.1")
    assert attempts.are_spent(asked_from("192.0.2.1"))
    assert not attempts.are_spent(asked_from("192.0.2.2"))


def test_ten_minutes_after_the_first_it_is_forgotten() -> None:
    attempts = Attempts(most=2)
    with clock.at(NOON):
        guess(attempts, "192.0.2.1", 2)
    with clock.at(NOON + timedelta(minutes=9, seconds=59)):
        assert attempts.are_spent(asked_from("192.0.2.1"))
    with clock.at(NOON + timedelta(minutes=10)):
        assert not attempts.are_spent(asked_from("192.0.2.1"))
        assert len(attempts) == 0


def test_a_clock_that_is_put_back_locks_nobody_out() -> None:
    attempts = Attempts(most=1)
    with clock.at(NOON):
        guess(attempts, "192.0.2.1")
    with clock.at(NOON - timedelta(days=1)):
        assert not attempts.are_spent(asked_from("192.0.2.1"))


def test_asking_alone_counts_nothing() -> None:
    attempts = Attempts(most=1)
    for _ in range(50):
        assert not attempts.are_spent(asked_from("192.0.2.1"))
    assert len(attempts) == 0


def test_many_addresses_do_not_fill_it_and_the_newest_stay_counted() -> None:
    attempts = Attempts(most=1, most_addresses=100)
    for number in range(10_000):
        guess(attempts, str(IPv4Address(number)))
        assert len(attempts) <= 100
    assert attempts.are_spent(asked_from(str(IPv4Address(9_999))))
    assert attempts.are_spent(asked_from(str(IPv4Address(9_900))))
    assert not attempts.are_spent(asked_from(str(IPv4Address(9_899))))


def test_clearing_forgets_all() -> None:
    attempts = Attempts(most=1)
    guess(attempts, "192.0.2.1")
    attempts.clear()
    assert not attempts.are_spent(asked_from("192.0.2.1"))


def test_threads_lose_no_count() -> None:
    attempts = Attempts(most=400)
    threads = [Thread(target=guess, args=(attempts, "192.0.2.1", 100)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert attempts.are_spent(asked_from("192.0.2.1"))


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
        ("x" * 5000, "x" * 64),
    ],
)
def test_one_household_is_one_address(told: str, counted: str) -> None:
    assert address_of(asked_from(told)) == counted


@given(st.text())
def test_no_address_is_too_strange(text: str) -> None:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = text
    assert len(address_of(request)) <= 64


def test_a_request_without_an_address_is_counted_too() -> None:
    assert address_of(HttpRequest()) == ""
