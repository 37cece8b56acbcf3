from __future__ import annotations

import pytest

from feedback_lab.redact import redact


@pytest.mark.parametrize(
    "number",
    [
        "541-714-1388",
        "(898)666-3621x0135",
        "(602) 272-9781 ext. 12",
        "259.735.7502x459",
        "+1-903-140-4508x769",
        "001-253-366-9781",
        "+41 (0)71 526 99 04",
        "+447700 921 916",
        "+447700921916",
        "03.93.92.16.85",
        "0688 872 49 99",
        "079 0442 1744",
        "0961-7596216",
        "07700900123",
        "699 956 915",
        "432 03 163",
        "98765 43210",
    ],
)
def test_known_by_form(number: str) -> None:
    assert redact(f"ask for Lost Property, {number}, please").text == "ask for Lost Property, [PHONE], please"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("call me at 9498777106", "call me at [PHONE]"),
        ("my registered 668 5702.", "my registered [PHONE]."),
        ("Mobile: 99 577450\nFax: 668 5702", "Mobile: [PHONE]\nFax: [PHONE]"),
        ("9498777106 is my phone number", "[PHONE] is my phone number"),
        ("668 5702 (home)", "[PHONE] (home)"),
        ("my number is 6685702", "my number is [PHONE]"),
        ("call ٠١٢٣٤٥٦٧٨٩", "call [PHONE]"),
    ],
)
def test_known_by_a_word(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    "text",
    [
        "I'm 5'8, 34DD, 36-28-38, 135 lbs",
        "paid $1,299.00, then 1299.99 EUR, 1 000 000 in all, $541-714-1388",
        "on 2026-10-12 at 22:49:16, or 12.10.2026, 03/12/2024 10:30",
        "I called on 12.10.2026 and 2026-10-12",
        "order 541-714-1388, model 123-456-7890, ISBN 978-3-16-148410-0",
        "my order, number 12345678, is late",
        "a number of blouses in 2006-2010",
        "I called 3 times between 2019 and 2024 about size 10-12",
        "ring size 7.5 8.5 9.5 10.5",
        "WH-1000XM4, Galaxy S23, 3840x2160",
        "9498777106",
    ],
)
def test_stays(text: str) -> None:
    assert redact(text).text == text
