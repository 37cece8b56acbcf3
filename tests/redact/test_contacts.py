from __future__ import annotations

import pytest

from feedback_lab.redact import redact

# Letters and digits as wide as Chinese characters.
WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Write to jo@example.com.", "Write to [EMAIL]."),
        ("jo.o'brien+shop@mail.example.co.uk, thanks", "[EMAIL], thanks"),
        ("JO_99@EXAMPLE.COM", "[EMAIL]"),
        ("mail jo@gmail or jo @ gmail.com", "mail [EMAIL] or [EMAIL]"),
        ("jo (at) example.com", "[EMAIL]"),
        ("jo [at] example [dot] com", "[EMAIL]"),
        ("jo dot smith at mail dot com", "[EMAIL]"),
        ("jo@example.com".translate(WIDE), "[EMAIL]"),
        ("jo\u200b@exam\u200bple.com!", "[EMAIL]!"),
        ("josé@exämple.de", "[EMAIL]"),
        ("<jo@example.com>", "<[EMAIL]>"),
    ],
)
def test_email(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("See https://example.com/u/123?id=4.", "See [URL]."),
        ("(www.example.com/a)", "([URL])"),
        ("on example.com/users/jo today", "on [URL] today"),
        ("ftp://example.com/x", "[URL]"),
        ("http://example.com/?to=jo@example.com", "[URL]"),
    ],
)
def test_url(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("blocked from 41.173.96.26 today", "blocked from [IP] today"),
        ("|106.31.73.20|", "|[IP]|"),
        ("my ip is 1.2.3.4", "my ip is [IP]"),
        ("6e40:4041:c617:e898:c11:40d2:c669:2eb4", "[IP]"),
        ("fe80::1ff:fe23:4567:890a.", "[IP]."),
    ],
)
def test_ip(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("@jo_b you lost my bag", "[HANDLE] you lost my bag"),
        ("thanks @jo.", "thanks [HANDLE]."),
        ("ask u/some-body", "ask [HANDLE]"),
    ],
)
def test_handle(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    "text",
    [
        "it was 5'4\" @ 120 lbs",
        "meet @ 7",
        "version 1.2.3.4 and v192.168.1.10 and firmware 41.173.96.26",
        "10.0.19041.1 or 1.2.3.4.5",
        "at 10:30:45 std::vector a::b",
        "I like example.com and and/or 24/7",
        "look at my dot com",
    ],
)
def test_stays(text: str) -> None:
    assert redact(text).text == text
