"""Texts without the names of people: what is kept or shown to others says the role."""

from __future__ import annotations

import re
from collections.abc import Iterable

SOMEBODY = "somebody"
LEAST = 3  # letters of a name that stands alone: shorter ones are words, too


def without_name(text: str, name: str, instead: str = SOMEBODY) -> str:
    """A text in which a whole name, however it is capitalised, is replaced."""
    words = name.split()
    if not words:
        return text
    whole = r"\s+".join(map(re.escape, words))
    return re.sub(rf"(?<!\w){whole}(?!\w)", lambda _: instead, text, flags=re.IGNORECASE)


def without_names(text: str, named: Iterable[tuple[str, str]]) -> str:
    """A text in which names, whole or a part as it is written, are replaced. ``named``: each name and what to say instead."""
    pairs = [(name, instead) for name, instead in named if name.strip()]
    for name, instead in pairs:
        text = without_name(text, name, instead)
    for name, instead in pairs:
        for part in name.split():
            if len(part) >= LEAST and part[0].isupper():
                text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", instead.replace("\\", r"\\"), text)
    return text
