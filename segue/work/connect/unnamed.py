"""Texts without the names of people: what is kept or shown to others says the role."""

from __future__ import annotations

import re
from collections.abc import Iterable

SOMEBODY = "somebody"
LEAST = 3  # letters of a name that stands alone: shorter ones are words, too
LEAST_SIGNS = 2  # the same of a script without capitals, such as Japanese


def without_name(text: str, name: str, instead: str = SOMEBODY) -> str:
    """A text in which a whole name, however it is capitalised, is replaced."""
    words = name.split()
    if not words:
        return text
    whole = _alone(r"\s+".join(map(re.escape, words)), name)
    return re.sub(whole, lambda _: instead, text, flags=re.IGNORECASE)


def without_names(text: str, named: Iterable[tuple[str, str]]) -> str:
    """A text in which names, whole or a part as it is written, are replaced. ``named``: each name and what to say instead."""
    pairs = [(name, instead) for name, instead in named if name.strip()]
    for name, instead in pairs:
        text = without_name(text, name, instead)
    for name, instead in pairs:
        for part in _parts(name):
            text = re.sub(_alone(re.escape(part), part), instead.replace("\\", r"\\"), text)
    return text


def _parts(name: str) -> Iterable[str]:
    """The parts by which somebody may be called, as a text writes them: a contact may come in small letters or in capitals."""
    words = name.split()
    if _has_no_capitals(name):
        return [word for word in words if len(word) >= LEAST_SIGNS]
    if name.islower():
        words = [words[0], words[-1]]  # those between are “van” and “der”
    long = [word for word in words if len(word) >= LEAST]
    capital = [word for word in long if word[0].isupper()]
    if name.islower() or name.isupper():
        capital += [word.title() for word in long]
    return dict.fromkeys(capital)


def _alone(pattern: str, name: str) -> str:
    """Not inside another word; scripts without capitals often write no spaces between words."""
    return pattern if _has_no_capitals(name) else rf"(?<!\w){pattern}(?!\w)"


def _has_no_capitals(name: str) -> bool:
    return not name.isascii() and name.lower() == name.upper()
