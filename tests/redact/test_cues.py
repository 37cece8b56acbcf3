from __future__ import annotations

import pytest

from feedback_lab.redact.cues import cue_of, names_other_number, names_version


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("my card # 1", "CARD"),
        ("about my card, call me at 1", "PHONE"),
        ("[CARD] 1", None),  # a placeholder says nothing of what follows
        ("my number is 1", "PHONE"),
        ("my account number is 1", None),
        ("a number of 1", None),
        ("the server 1", "IP"),
        ("card " + "x" * 80 + " 1", None),
    ],
)
def test_cue_of(text: str, cue: str | None) -> None:
    assert cue_of(text, len(text) - 1, len(text)) == cue


@pytest.mark.parametrize(
    ("text", "other"), [("order no. 1", True), ("$1", True), ("SKU: 1", True), ("ordered 1", False), ("1", False)]
)
def test_names_other_number(text: str, other: bool) -> None:
    assert names_other_number(text, len(text) - 1) is other


@pytest.mark.parametrize(("text", "version"), [("v1", True), ("app version 1", True), ("blocked 1", False)])
def test_names_version(text: str, version: bool) -> None:
    assert names_version(text, len(text) - 1) is version
