from __future__ import annotations

import pytest

from feedback_lab.redact.checksums import IBAN_LENGTH, iban_valid, luhn_valid


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("4111111111111111", True), ("4111111111111112", False), ("378282246310005", True), ("79927398713", True), ("0", True)],
)
def test_luhn(digits: str, valid: bool) -> None:
    assert luhn_valid(digits) is valid


@pytest.mark.parametrize(
    ("iban", "valid"),
    [
        ("GB29NWBK60161331926819", True),
        ("GB28NWBK60161331926819", False),
        ("NO9386011117947", True),
        ("FR1420041010050500013M02606", True),
    ],
)
def test_iban(iban: str, valid: bool) -> None:
    assert iban_valid(iban) is valid
    assert len(iban) == IBAN_LENGTH[iban[:2]]
