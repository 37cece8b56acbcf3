from __future__ import annotations

import pytest

from feedback_lab.redact import redact

# Letters and digits as wide as Chinese characters.
WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("4111111111111111", "[CARD]"),
        ("4111 1111 1111 1111 exp 12/25", "[CARD] exp 12/25"),
        ("4111-1111-1111-1111.", "[CARD]."),
        ("3782 822463 10005", "[CARD]"),
        ("my 1234 5678 9012 3456 is lost", "my [CARD] is lost"),
        ("card 503890547220 and cc 123456789012", "card [CARD] and cc [CARD]"),
        ("What is your credit card? 30582693301054", "What is your credit card? [CARD]"),
        ("4735615260219382870", "[CARD]"),
        ("4111111111111111 4111111111111111", "[CARD] [CARD]"),
        ("4111\u200b1111\u200b1111\u200b1111", "[CARD]"),
        ("0\u200b4111111111111111", "0\u200b[CARD]"),
        ("4111111111111111".translate(WIDE), "[CARD]"),
    ],
)
def test_card(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("from GB29NWBK60161331926819 to other accounts", "from [IBAN] to other accounts"),
        ("GB29 NWBK 6016 1331 9268 19 to other", "[IBAN] to other"),
        ("gb29nwbk60161331926819", "[IBAN]"),
        ("AA00 GB29NWBK60161331926819", "AA00 [IBAN]"),
        ("GB29NWBK60161331926819²", "[IBAN]²"),
        ("iban DE00 1234 5678 9012 3456 78", "iban [IBAN]"),
    ],
)
def test_iban(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("853-37-1694", "[SSN]"),
        ("my ssn is 853371694", "my ssn is [SSN]"),
        ("ssn 853 37 1694", "ssn [SSN]"),
        ("QQ 12 34 56 C", "QQ 12 34 56 C"),  # Q is never used
        ("NI number AB 12 34 56 C", "NI number [SSN]"),
        ("853 37 1694", "853 37 1694"),
    ],
)
def test_security_number(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("my driver's license number is 2270-66-1551", "my driver's license number is [ID]"),
        ("passport no. X1234567", "passport no. [ID]"),
        ("account 12345678 is blocked", "account [ID] is blocked"),
        ("customer id: 99887", "customer id: [ID]"),
        ("sort code 12-34-56", "sort code [ID]"),
        ("the PIN is 1234 and cvv: 123", "the PIN is [ID] and cvv: [ID]"),
        ("router 00:1B:44:11:3A:B7", "router [ID]"),
    ],
)
def test_document_number(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    "text",
    [
        "order number 123-4567890-1234567",
        "Order 1234567890123456 is late; tracking 1Z999AA10123456784",
        "order #12345678901, invoice 2026-000123456789",
        "sizes 10 12 14 16 18 20 22 24",
        "between 2018 2019 2020 2021",
        "an account in 2019, account 2019, my account for 30 days",
        "customers since 2019 paid 12000",
        "0.1234567890123456",
        "AB12CDEFGHIJKLMNO",
        "policy of 30 days",
    ],
)
def test_stays(text: str) -> None:
    assert redact(text).text == text
