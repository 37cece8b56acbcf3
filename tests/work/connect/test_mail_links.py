"""Links to a mail program."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from segue.work.connect.mail_links import MOST, mail_link


def test_a_text_travels_as_it_is() -> None:
    text = "Hello Inês,\n\n50% & more? #1 + 2 = “3”\n\nPriya\n"
    link = mail_link("ines+ai@example.org", "Half an hour?", text)
    head, _, body = link.partition("&body=")
    assert head == "mailto:ines%2Bai@example.org?subject=Half%20an%20hour%3F"
    assert unquote(body) == text.strip().replace("\n", "\r\n")
    assert not set(body) & set('&?# +"<>\n')


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ines",
        "a@b@c",
        "ines@example.org?bcc=all@example.org",
        "ines@example.org&cc=b@c",
        "a b@c",
        "<a@b>",
        "a@b,c@d",
        "a%0a@b",
    ],
)
def test_what_is_no_address_gets_no_link(email: str) -> None:
    assert mail_link(email, "Hello", "Text") == ""


def test_a_long_text_gets_no_link() -> None:
    assert mail_link("a@b.org", "Hello", "word " * MOST) == ""
    assert mail_link("a@b.org", "Hello", "é" * (MOST // 6 + 1)) == ""
