"""The one gate between words of others and a page: everything that is shown goes through here."""

from __future__ import annotations

import html
import unicodedata

# No place in a page have control characters (C0 but for tab and line feed, delete, C1) and those that turn the reading direction
# of what comes after them; right-to-left words need none.
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
ELLIPSIS = "…"


def escape(text: object) -> str:
    """Text as HTML shows it, also inside a double-quoted attribute. Control characters go, half surrogates become ``?``."""
    return html.escape(clean(text))


def clean(text: object) -> str:
    """Text that can be written as UTF-8, without control characters and overrides of direction."""
    return str(text).translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def width(text: str) -> int:
    """Columns that a text takes in a fixed font: 2 for wide East Asian characters and emoji, 0 for combining marks."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shorten(text: str, columns: int) -> str:
    """On one line, cut with an ellipsis where it is wider than so many columns, between words if one ends near the cut."""
    line = " ".join(clean(text).split())
    if width(line) <= columns:
        return line
    taken = 0
    for place, character in enumerate(line):
        taken += _columns(character)
        if taken > columns - 1:
            head = line[:place]
            before, space, _ = head.rpartition(" ")
            return (before if space and len(before) > len(head) * 2 // 3 else head).rstrip() + ELLIPSIS
    return line
