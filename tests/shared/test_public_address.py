"""The address under which others reach Segue: what it may be, and what is said where it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segue.core.errors import UserError
from segue.shared.public_address import PublicAddress, public_address


@pytest.mark.parametrize("told", ["", "  ", "\n"])
def test_without_one_nobody_else_reaches_it(told: str) -> None:
    assert public_address(told) is None


@pytest.mark.parametrize(
    ("told", "url", "host"),
    [
        ("https://segue.example.org", "https://segue.example.org", "segue.example.org"),
        (" HTTPS://Segue.Example.ORG/ ", "https://segue.example.org", "segue.example.org"),
        ("https://segue.example.org:443", "https://segue.example.org", "segue.example.org"),
        ("http://segue.test:8899", "http://segue.test:8899", "segue.test"),
        ("http://segue.test:80/", "http://segue.test", "segue.test"),
        ("https://bücher.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080", "[2001:db8::1]"),
        ("http://192.0.2.7", "http://192.0.2.7", "192.0.2.7"),
    ],
)
def test_it_is_kept_as_browsers_name_it(told: str, url: str, host: str) -> None:
    assert public_address(told) == PublicAddress(url, host)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("segue.example.org", "does not begin with https:// or http://"),
        ("ftp://segue.example.org", "does not begin with https:// or http://"),
        ("https://", "names no host"),
        ("https://*", "names no host"),
        ("https://.example.org", "names no host"),
        ("https://a b.example", "names no host"),
        ("https://a..example", "names no host"),
        ("https://" + "é" * 80 + ".example", "names no host"),
        ("https://me:secret@segue.example.org", "holds a name or a password"),
        ("https://segue.example.org/segue", "has something behind the host"),
        ("https://segue.example.org/?a=b", "has something behind the host"),
        ("https://segue.example.org/#top", "has something behind the host"),
        ("https://segue.example.org:99999", "is no address"),
        ("https://segue.example.org:0", "names port 0"),
        ("https://[::1", "is no address"),
    ],
)
def test_what_is_none_is_refused_with_its_name_and_the_mend(told: str, fault: str) -> None:
    with pytest.raises(UserError) as caught:
        public_address(told)
    assert caught.value.message.startswith(f"SEGUE_PUBLIC_URL {fault}")
    assert "secret" not in str(caught.value)
    assert "https://segue.example.org" in caught.value.hint


@given(st.text())
def test_whatever_is_told_no_host_that_nobody_named_is_let_in(text: str) -> None:
    try:
        address = public_address(f"https://{text}")
    except UserError:
        return
    assert address is not None
    assert "*" not in address.host
    assert not address.host.startswith(".")
    assert public_address(address.url) == address
