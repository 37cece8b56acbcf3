from __future__ import annotations

import pytest

from feedback_lab.redact import redact


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("He lives at 12 Main St, Springfield, IL 62704. Nice.", "He lives at [ADDRESS]. Nice."),
        ("send it to 45 Baker Street, London NW1 6XE please", "send it to [ADDRESS] please"),
        ("at 60 Balsham Road", "at [ADDRESS]"),
        ("i live at 12 elm street", "i live at [ADDRESS]"),
        ("PO Box 123", "[ADDRESS]"),
        ("PSC 1437, Box 3833\nAPO AA 66791", "[ADDRESS]"),
        ("go to Rue de Piétrain 371", "go to [ADDRESS]"),
        ("go to 33 avenue de Provence", "go to [ADDRESS]"),
        ("it refers to Loorenstrasse 149", "it refers to [ADDRESS]"),
        ("25615 Tawastintie 72 Apt. 004\nKNIVSTA", "[ADDRESS]"),
        ("Király u. 15.", "[ADDRESS]"),
        ("near ul. Zamkowa 33", "near [ADDRESS]"),
        ("my zip is 90210", "my zip is [ADDRESS]"),
        ("postcode SW1A 1AA", "postcode [ADDRESS]"),
        ("Springfield, IL 62704", "[ADDRESS]"),
        ("the corner of Elm Street 5 and Oak Road", "the [ADDRESS]"),
        ("Billing address: Sara Schwarz\n  28245 Puruntie 82 Apt. 595\n LAPPEENRANTA", "Billing address: [NAME]\n  [ADDRESS]"),
    ],
)
def test_address(text: str, after: str) -> None:
    assert redact(text).text == after


@pytest.mark.parametrize(
    "text",
    [
        "3 blocks down the road, a 24 hour drive, 2 way street",
        "the zipper broke after 12345 times",
        "I ordered 2 Blue Dresses in Small at 7 Pm",
        "meet me at 7 PM on the square",
        "delivered to 3 stores",
        "I live in Springfield, Illinois",
        "moved to 5 Stars",
        "post 4-baby body",
    ],
)
def test_stays(text: str) -> None:
    assert redact(text).text == text
