"""The words by which an ad is taken apart: its headings, what marks must and nice, and what every firm writes at the end.

The words are data (``content/ad_words.yaml``), English and German.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "content" / "ad_words.yaml"
MUST, NICE, DUTIES, REST, NOT_COUNTED = "must", "nice", "duties", "rest", "not-counted"

GERMAN = frozenset(
    ("und", "der", "die", "das", "mit", "für", "wir", "sie", "du", "ihre", "deine", "von", "im", "eine", "als", "bei")
)
ENGLISH = frozenset(
    ("and", "the", "with", "for", "we", "you", "your", "our", "of", "to", "in", "a", "an", "or", "as", "at", "is")
)
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_GERMAN = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")
NUMBERS = {word: number for words in (_ENGLISH, _GERMAN) for number, word in enumerate(words, 1)}
YEARS = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(NUMBERS)})\s{{0,2}}(?:\+|plus|or more|oder mehr)?(?:\s?(?:[-–]|to|bis)\s?\d{{1,2}}\s?\+?)?"
    r"\s{0,2}(?:years?|yrs?|jahren?)\b[’']?\s?(.{0,60})",
    re.IGNORECASE,
)
_LEVELS = (
    ("head", "Head of product or higher", r"head of|director|VP|vice president|chief|CPO|leiter(?:in)?|leitung"),
    ("lead", "Lead, principal or group", r"lead|principal|staff|group product|group PM"),
    ("senior", "Senior", r"senior|sr\.?|experienced|erfahrener?"),
    ("junior", "Junior or associate", r"junior|associate|graduate|entry[- ]level|intern|trainee|werkstudent(?:in)?|apm"),
)
SENIORITIES = tuple((name, words, re.compile(rf"\b(?:{each})(?!\w)", re.IGNORECASE)) for name, words, each in _LEVELS)


@cache
def _told() -> Mapping[str, Any]:
    import yaml

    told: Mapping[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
    return told


def _either(words: Sequence[str]) -> str:
    return "|".join(words)


@cache
def headings() -> Sequence[tuple[str, re.Pattern[str]]]:
    """The sections that headings open, the more telling first: “preferred qualifications” are no minimum."""
    return tuple((name, re.compile(f"(?:{_either(words)})", re.IGNORECASE)) for name, words in _told()["headings"].items())


@cache
def cue(name: str) -> re.Pattern[str]:
    """Words that stand for themselves: ``nice_before``, ``nice_after``, ``must``."""
    return re.compile(rf"(?<!\w)(?:{_either(_told()[name])})(?!\w)", re.IGNORECASE)


@cache
def sign(name: str) -> re.Pattern[str]:
    """Words and parts of words: ``boilerplate``, ``of_work``, ``not_of_work``."""
    return re.compile(_either(_told()[name]), re.IGNORECASE)
