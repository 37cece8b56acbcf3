"""Figures of a run in a text: tokens such as ``{score}``, and numbers that were typed by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

TOKEN = re.compile(r"\{([^\W\d][\w.:-]*)\}")
MONTHS = (  # with a capital, since one may say that 65 may be enough
    "(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
# What looks like a number and measures nothing: days, months with a day or a year, and the places of a plan or a document.
_ASIDE = re.compile(
    rf"\b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b|\b\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d{{2}})\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.? +(?:of +)?(?:{MONTHS})\b\.?(?:,? +\d{{4}}\b)?"
    rf"|\b(?:{MONTHS})\.? +\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? +\d{{4}}\b)?"
    r"|\b(?:weeks?|version|months?|part|step|chapter|page|day) +\d+(?: +(?:to|and) +\d+)?\b"
    r"|\b9[05] ?(?:%|percent|per cent)(?= *-?(?:confidence|intervals?|range))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
    r"(?P<percent> ?%| percent\b| per cent\b)?(?!\w)"
)
_YEAR, _MOST_COUNTED = re.compile(r"(?:19|20)\d\d"), 12
_BEFORE_YEAR = re.compile(rf"(?:\b(?:in|since|until)|\b{MONTHS}\.?,?)\s+\Z", re.IGNORECASE)
_COUNTED = re.compile(  # "1950 rows", "1950 test rows", but "in all of 2024 the reviews"
    r"[\s*_]+(?:(?!(?:the|our|their|these|those|all|most|many|some|few|no|and|to)\b)[\w-]+\s+)?"
    r"(?:rows|reviews|comments|texts|labels|customers|people|users|answers|responses|messages|tickets|complaints|returns|orders"
    r"|records|items|entries|examples|documents|sentences|words|cases|errors|pairs)\b",
    re.IGNORECASE,
)


def tokens_in(text: str) -> tuple[str, ...]:
    """The tokens of a text, each once, in order."""
    return tuple(dict.fromkeys(TOKEN.findall(text)))


def unknown_in(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Tokens for which there is no figure."""
    return tuple(name for name in tokens_in(text) if name not in known)


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with its figures put in, in one go: a figure that looks like a token stays as it is. Unknown tokens stay too."""
    return TOKEN.sub(lambda found: known.get(found[1], found[0]), text)


def typed_numbers(text: str, figures: Sequence[str]) -> tuple[str, ...]:
    """Numbers that somebody typed and that no figure (as it is printed) has: each once, in order.

    Years, days, weeks and whole numbers up to twelve are left alone. A percentage is held against the share that it says.
    """
    said = [value for figure in figures for value, _ in _values(figure)]
    plain = _ASIDE.sub(" ", TOKEN.sub(" ", text))
    found = {match[0].strip(): None for match in _NUMBER.finditer(plain) if _measures(match) and not _is_of(match, said)}
    return tuple(found)


def _values(text: str) -> Iterator[tuple[float, int]]:
    for match in _NUMBER.finditer(text):
        yield from _read(match)


def _read(match: re.Match[str]) -> list[tuple[float, int]]:
    """The ways in which a number may be meant, each with its decimals: ``65%`` is 0.65 too, ``0,65`` is 0.65."""
    digits = match["digits"]
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    digits = digits.replace(",", ".")
    value, decimals = float(digits), len(digits.partition(".")[2])
    return [(value, decimals)] + ([(value / 100, decimals + 2)] if match["percent"] else [])


def _measures(match: re.Match[str]) -> bool:
    value, decimals = _read(match)[0]
    if match["percent"] or decimals:
        return True
    return value > _MOST_COUNTED and not _is_year(match)


def _is_year(match: re.Match[str]) -> bool:
    """Whether four digits are a year: after a word that goes before one, or where nothing follows that is counted."""
    if not _YEAR.fullmatch(match["digits"]):
        return False
    text, start = match.string, match.start()
    return bool(_BEFORE_YEAR.search(text[max(0, start - 20) : start])) or not _COUNTED.match(text, match.end())


def _is_of(match: re.Match[str], said: Sequence[float]) -> bool:
    """Whether a figure, rounded to as many decimals, is this number."""
    return any(abs(round(one, decimals) - value) < 1e-9 for value, decimals in _read(match) for one in said)
