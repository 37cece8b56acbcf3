"""Numbers in a text, and whether the evidence has them.

A number is one with digits. Years, parts of names (F1, GPT-4, ISO 42001, A 0-to-1 product) and ordinals of a list are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

NUMBER = re.compile(
    r"(?<![\w.,])(?<![A-Za-z]-)(?P<digits>\d{1,3}(?:[,\u2009\u202f\u00a0’']\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<unit>\s?(?:%|percent\b|per cent\b|k\b|bn\b|m\b|million\b|billion\b|thousand\b))?",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"\b(?:ISO(?:/IEC)?|IEC|RFC|Article|Art\.|Web|Level|Tier|Phase|Industry)\s?\d+(?:[.:-]\d+)*|\b\d-to-\d\b|\b24/7\b", re.I
)
TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000}
HUNDREDTHS = ("%", "percent", "per cent")
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True)
class Figure:
    """A number as it is written, and what it says. ``is_share``: it is so many in a hundred."""

    words: str
    value: Decimal
    is_share: bool = False
    after: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it may be a year of the calendar rather than a count."""
        return self.words.isdigit() and len(self.words) == 4 and FIRST_YEAR <= self.value <= LAST_YEAR


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The numbers of a text, in its order; remembered, since the texts of the ledger never change."""
    return tuple(_figures(NAMES.sub(lambda match: "x" * len(match[0]), text)))


def _figures(text: str) -> Iterator[Figure]:
    for match in NUMBER.finditer(text):
        end = match.end()
        if not match["unit"] and end < len(text) and text[end].isalpha() and not re.match(r"(?:x|h|d|s|ms)\b", text[end:], re.I):
            continue  # part of a word, such as 3rd or 2B
        value = _value(match["digits"])
        unit = (match["unit"] or "").strip().casefold()
        if value is not None:
            after = text[end : end + 20].strip().casefold()
            yield Figure(match[0].strip(), value * TIMES.get(unit, 1), unit in HUNDREDTHS, after)


def _value(digits: str) -> Decimal | None:
    plain = re.sub(r"[\u2009\u202f\u00a0’']", "", digits)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def facts_in(facts: Mapping[str, float | str]) -> tuple[Decimal, ...]:
    """The figures of an entry as numbers."""
    return tuple(Decimal(str(value)) for value in facts.values() if isinstance(value, int | float))


def is_shown(figure: Figure, said: Iterable[Figure], facts: Iterable[Decimal]) -> bool:
    """Whether the evidence has the number, at the digits with which it is written: 0.8134 shows 0.81 and 81%."""
    if any(_agree(figure, other.value, other.is_share) for other in said):
        return True
    return any(_agree(figure, value, False) or _agree(figure, value, True) for value in facts)


def _agree(figure: Figure, value: Decimal, is_share: bool) -> bool:
    if figure.is_share and not is_share:
        value = value * 100
    elif is_share and not figure.is_share:
        value = value / 100
    return figure.value == value or (abs(figure.value - value) < 1 and figure.value == _as_exact_as(figure, value))


def _as_exact_as(figure: Figure, value: Decimal) -> Decimal:
    """A value rounded to the places of the number, where the number has places or is a share."""
    places = -int(figure.value.as_tuple().exponent)
    if places <= 0 and not figure.is_share:
        return value
    try:
        return round(value, max(places, 0))
    except InvalidOperation:
        return value
