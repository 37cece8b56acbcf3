"""Only addresses of our own are followed."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from segue.shared.addresses import own_address

REQUEST = RequestFactory(headers={"host": "127.0.0.1:8765"}).get("/")


@pytest.mark.parametrize("url", ["/plan/", "/plan/?week=2", "http://127.0.0.1:8765/plan/", "//127.0.0.1:8765/"])
def test_ours(url: str) -> None:
    assert own_address(REQUEST, url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "javascript:alert(1)",
        "http://127.0.0.1:9/",
        "/\\elsewhere.example",
    ],
)
def test_not_ours(url: str) -> None:
    assert own_address(REQUEST, url) == ""


def test_the_first_that_is_ours_counts() -> None:
    assert own_address(REQUEST, "", "//elsewhere.example/", "/plan/", "/evidence/") == "/plan/"
    assert own_address(REQUEST) == ""


def test_where_it_travels_encrypted_nothing_leads_out_of_it() -> None:
    secure = RequestFactory(headers={"host": "localhost"}).get("/", secure=True)
    assert own_address(secure, "http://localhost/plan/") == ""
    assert own_address(secure, "https://localhost/plan/") == "https://localhost/plan/"
    assert own_address(secure, "/plan/") == "/plan/"
