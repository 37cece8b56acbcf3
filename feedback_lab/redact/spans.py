"""A place in a text that holds personal data, and the placeholder that stands for it."""

from __future__ import annotations

import re
from typing import NamedTuple

# In the order in which they win where two overlap: the more certain first.
KINDS = ("URL", "EMAIL", "IBAN", "CARD", "SSN", "IP", "PHONE", "ID", "HANDLE", "ADDRESS", "NAME")
# Kinds that are known by their form and not by the words around them.
STRUCTURED = frozenset({"EMAIL", "IBAN", "CARD", "SSN", "IP", "PHONE"})
PLACEHOLDER = re.compile(r"\[(?:" + "|".join(KINDS) + r")\]")


class Span(NamedTuple):
    """``kind`` is one of ``KINDS``; characters ``start`` up to, not including, ``end``."""

    kind: str
    start: int
    end: int


def placeholder(kind: str) -> str:
    """What stands in the text instead, such as ``[EMAIL]``."""
    return f"[{kind}]"
