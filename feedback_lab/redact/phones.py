"""Finds telephone numbers: by their form, or by a word before them. Dates, prices, sizes and order numbers stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback_lab.redact.cues import cue_of, names_other_number
from feedback_lab.redact.numbers import is_date
from feedback_lab.redact.spans import Span

_OPEN = r"(?<![\w+])(?<!\d[.,:/-])(?<![$€£#])"
_CLOSE = r"(?:[ ,]{0,2}(?:x|ext\.?|extension)[ .:]{0,2}\d{1,6})?(?!\w|[.,:/]\d|-\d)"
_INTERNATIONAL = r"\+\d{1,15}(?:[ .\-/()]{1,3}\d{1,12}){0,6}"
_NORTH_AMERICAN = r"(?:\+?1[ .-]{0,2}|001[ .-]{0,2})?(?:\(\d{3}\)[ .-]{0,2}|\d{3}[ .-])\d{3}[ .-]\d{4}"
# At least nine digits: 03.12.26 is a date.
_NATIONAL = r"(?=\(?0(?:[ .\-/()]{0,3}\d){8})\(?0\d{1,4}\)?(?:[ .\-/]{1,3}\d{2,8}){1,5}"
_BRITISH_MOBILE = r"07\d{9}"
_THREE_TIMES_THREE = r"[1-9]\d{2} \d{3} (?!000)\d{3}"
_NORWEGIAN_MOBILE = r"[49]\d{2} \d{2} \d{3}"
_INDIAN_MOBILE = r"[6-9]\d{4} \d{5}"
_WITHOUT_CUE = (
    _INTERNATIONAL,
    _NORTH_AMERICAN,
    _NATIONAL,
    _BRITISH_MOBILE,
    _THREE_TIMES_THREE,
    _NORWEGIAN_MOBILE,
    _INDIAN_MOBILE,
)
_FORMATS = re.compile(f"{_OPEN}(?:{'|'.join(_WITHOUT_CUE)}){_CLOSE}", re.I | re.A)
_STREET_AFTER = re.compile(r" (?:[^\W\d_][\w'-]{0,24} ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr)\b", re.I)
_ANY = re.compile(_OPEN + r"[+(]{0,2}\d(?:[ ().\-/]{0,3}\d){6,14}" + _CLOSE, re.I | re.A)


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers of 7 to 15 digits (ITU-T E.164 allows 15)."""
    for found in _FORMATS.finditer(text):
        if 8 <= _digits(found) <= 20 and not is_date(found.group()) and not _is_other(text, found):
            yield Span("PHONE", found.start(), found.end())
    for found in _ANY.finditer(text):
        start = found.start()
        if not _is_list(found) and cue_of(text, start, found.end()) == "PHONE" and not names_other_number(text, start):
            yield Span("PHONE", start, found.end())


def _digits(found: re.Match[str]) -> int:
    """Digits without the extension."""
    return sum(character.isdigit() for character in re.split("[xe]", found.group(), maxsplit=1, flags=re.I)[0])


def _is_list(found: re.Match[str]) -> bool:
    """A date, or several numbers: 7.5 8.5 9.5."""
    groups = re.findall(r"\d+", found.group())
    return is_date(found.group()) or len(groups) > 7 or sum(len(group) == 1 for group in groups) > 2


def _is_other(text: str, found: re.Match[str]) -> bool:
    """Another sort of number: after "order number", or a postcode and a house number before their street."""
    if "+" in found.group():
        return False
    return names_other_number(text, found.start()) or _STREET_AFTER.match(text, found.end()) is not None
