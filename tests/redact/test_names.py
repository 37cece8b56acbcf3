from __future__ import annotations

import pytest

from feedback_lab.redact import redact


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("My name is Aantje Mourik but all call me", "My name is [NAME] but all call me"),
        ("my name is sarah miller.", "my name is [NAME]."),
        ("My name's Ana de la Cruz.", "My name's [NAME]."),
        ("Name:    Abby M. Laidlaw\nLate", "Name:    [NAME]\nLate"),
        ("Dear Mr. Smith,", "Dear Mr. [NAME],"),
        ("Dear Priya, it broke", "Dear [NAME], it broke"),
        ("Hi Kevin, it broke", "Hi [NAME], it broke"),
        ("It broke.\nRegards,\nJohn Smith", "It broke.\nRegards,\n[NAME]"),
        ("Hello, this is Anna from accounting", "Hello, this is [NAME] from accounting"),
        ("this is Dr. Kyle Kuefer.", "this is Dr. [NAME]."),
        ("Mrs Kuefer's parcel", "Mrs [NAME]'s parcel"),
        ("I spoke to Sarah yesterday", "I spoke to [NAME] yesterday"),
        ("my sister Jane loves it", "my sister [NAME] loves it"),
        ("Please call me Marco", "Please call me [NAME]"),
    ],
)
def test_name(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    "text",
    [
        "Levi's jeans, Calvin Klein and Kate Spade",
        "Dr. Martens, Dr. Scholl's, Dr Pepper, Mr. Clean, Miss Sixty",
        "Hello Kitty, nice",
        "Hi there, hi all, hello team",
        "Dear Customer Service,",
        "Dear Retailer, more of these",
        "Thanks, Retailer",
        "this is URGENT, please. This is Great!",
        "hard to believe this is anna sui.",
        "my name is not on the list; my name is misspelled",
        "call me ASAP, call me Monday",
        "I spoke to Apple about the manager",
        "MS Word",
    ],
)
def test_stays(text: str) -> None:
    assert redact(text).text == text
