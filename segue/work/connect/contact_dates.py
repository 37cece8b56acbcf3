"""Days as exports of contacts write them, in several languages and orders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

DAY_FIRST, MONTH_FIRST = "day", "month"
MOST_SIGNS = 80

# The beginnings that tell the months apart, by language; accents and full stops are gone before they are compared.
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec",  # English; German, Dutch, Swedish where they agree
    "januar februar marz april mai juni juli august september oktober november dezember",
    "janv fevr mars avr mai juin juil aout sept oct nov dec",
    "ene feb mar abr may jun jul ago sept oct nov dic",
    "gen febbr mar apr magg giu lugl ago set ott nov dic",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "jan feb mrt apr mei juni juli aug sep okt nov dec",
)
MONTHS = {word: number for line in _MONTHS for number, word in enumerate(line.split(), 1)}
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일]?(?:[T\s,].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\w*)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?:[,\s].*)?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:[,\s].*)?")
_DAY_WORD = re.compile(
    r"(\d{1,2})(?:\.|er|º|st|nd|rd|th)?[\s-]+(?:de\s+)?([^\W\d_]+)\.?[\s,-]+(?:de\s+)?(\d{4}|\d{2})(?:[,\s].*)?"
)
_WORD_DAY = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:[,\s].*)?")


def order_of(days: Iterable[str]) -> str:
    """What comes first in days such as 03/04/2017: ``DAY_FIRST``, ``MONTH_FIRST``, or empty where none of them tells."""
    for text in days:
        found = _SLASHED.fullmatch(text.strip())
        if found and int(found[1]) > 12:
            return DAY_FIRST
        if found and int(found[2]) > 12:
            return MONTH_FIRST
    return ""


def is_ambiguous(text: str) -> bool:
    """Whether a day is written so that day and month can be taken for each other."""
    found = _SLASHED.fullmatch(text.strip())
    return bool(found and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2])


@lru_cache(maxsize=8192)
def read_day(text: str, order: str = DAY_FIRST) -> date | None:
    """The day that a text names; ``None`` where it names none. Only days such as 03/04/2017 depend on the ``order``."""
    text = unicodedata.normalize("NFKC", text[:MOST_SIGNS]).strip()
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _DOTTED.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _SLASHED.fullmatch(text):
        return _day(found[3], found[1], found[2]) if order == MONTH_FIRST else _day(found[3], found[2], found[1])
    return _worded(text)


def _worded(text: str) -> date | None:
    if found := _DAY_WORD.fullmatch(text):
        return _day(found[3], str(_month(found[2])), found[1])
    if found := _WORD_DAY.fullmatch(text):
        return _day(found[3], str(_month(found[1])), found[2])
    return None


def _month(word: str) -> int:
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    for length in range(len(bare), 2, -1):
        if number := MONTHS.get(bare[:length]):
            return number
    return 0


def _day(year: str, month: str, day: str) -> date | None:
    whole = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) >= 70 else 0)
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None
