"""What people type and paste, made safe to store: without what no keyboard types, otherwise as it came."""

from __future__ import annotations

import re
import unicodedata

# Everything below the space but tab and line feed, the delete character, and halves of surrogate pairs: PostgreSQL refuses
# NUL, UTF-8 refuses lone surrogates, and a text copied out of a PDF brings the others.
UNTYPED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def clean_text(text: str) -> str:
    """A text with line feeds as its only line ends, and without control characters."""
    return UNTYPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(clean_text(text).split())


def folded(text: str) -> str:
    """A text as it is compared in a search: neither capitals nor the way an accent is stored make a difference."""
    return unicodedata.normalize("NFKC", text).casefold()


def finds(query: str, *texts: str) -> bool:
    """Whether every word of a query is somewhere in the texts."""
    hay = "\n".join(folded(text) for text in texts)
    return all(word in hay for word in folded(query).split())


def short_title(text: str, most: int = 70) -> str:
    """The beginning of a text as a title: the first line with words, cut between words."""
    line = next((cleaned for raw in text.splitlines() if (cleaned := clean_line(raw).strip("#*->`_ ").strip())), "")
    if len(line) <= most:
        return line
    head = line[: most + 1].rsplit(" ", 1)[0] if " " in line[: most + 1] else line[:most]
    return f"{head[:most].rstrip(' ,;:.')}…"
