"""Ratings as people write them: 4, 4.5, 4,5, "4 stars", 4/5, "4 out of 5", 80%, ★★★★☆."""

from __future__ import annotations

import math
import re

# How tables say that there is nothing.
MISSING = frozenset({"", "nan", "null", "none", "n/a", "na", "-", "--", "?", "\\n", "<na>", "nat", "#n/a"})
# A text of its own may well be "none" or "n/a": answers to "What could be better?". These are no answers.
NO_TEXT = frozenset({"", "nan", "NaN", "NULL", "null", "\\N", "<NA>", "#N/A"})
# A value of a group or a label may be "NA" (North America) or "none".
NO_VALUE = frozenset({"", "nan", "NaN", "NULL", "null", "\\N", "<NA>", "#N/A", "N/A", "n/a"})

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_RATING = re.compile(
    r"([-+]?[0-9]+(?:[.,][0-9]+)?)\s*(?:(?:/|out of|of|von|sur|de)\s*[0-9]+)?\s*(?:%|stars?|points?|pts?|★|⭐\ufe0f?)?\.?",
    re.IGNORECASE,
)
_STARS = re.compile(r"((?:[★⭐🌟]\ufe0f?)*)([½]?)[☆✩]*")


def number(value: str) -> float | None:
    """A plain number with a decimal point or comma, or with commas between thousands; None for anything else and for infinity."""
    plain = value.strip()
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif not _NUMBER.fullmatch(plain):
        return None
    found = float(plain.replace(",", "."))
    return found if math.isfinite(found) else None


def rating(value: str) -> float | None:
    """The rating that is meant, of "4/5" the 4; None for words and anything else that is no rating."""
    found = number(value)
    if found is not None:
        return found
    plain = value.strip()
    if match := _RATING.fullmatch(plain):
        return number(match[1])
    match = _STARS.fullmatch(plain)
    if not plain or match is None:
        return None
    return sum(star in "★⭐🌟" for star in match[1]) + (0.5 if match[2] else 0.0)


def is_missing(value: str) -> bool:
    """Whether a cell of dates or numbers says that there is nothing."""
    return value.strip().casefold() in MISSING
