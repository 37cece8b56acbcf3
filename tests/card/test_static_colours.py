"""Colours that carry words or marks: every pair on paper and at night."""

from __future__ import annotations

import re

import pytest

from feedback_lab.card.page import style

WORDS, MARKS = 4.5, 3.0
ON_PAPER = ["ink", "soft", "accent"]
PAIRS = [
    *((word, "paper", WORDS) for word in ON_PAPER),
    *((word, "sunk", WORDS) for word in ("ink", "soft")),
    *((word, "care-soft", WORDS) for word in ("ink", "soft")),
    ("ink", "heat-1", WORDS),
    ("ink", "heat-2", WORDS),
    ("on-heat-3", "heat-3", WORDS),
    ("on-dark", "heat-4", WORDS),
    ("on-dark", "heat-5", WORDS),
    *(
        (mark, "paper", MARKS)
        for mark in ("bar", "edge", "accent", "care", "series-0", "series-2", "series-3", "series-4", "series-5")
    ),
]


def tokens(night: bool) -> dict[str, str]:
    day, _, dark = style().partition("@media screen and (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", day))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark.partition("*, *::before")[0])) if night else found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(front: str, back: str, least: float, night: bool) -> None:
    known = tokens(night)
    lighter, darker = sorted((luminance(known[front]), luminance(known[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_every_colour_is_a_token() -> None:
    rules = style().partition("*, *::before")[2]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rules)) <= {"#ffffff"}
    assert set(re.findall(r"var\(--([\w-]+)\)", rules)) <= set(re.findall(r"--([\w-]+):", style()))
