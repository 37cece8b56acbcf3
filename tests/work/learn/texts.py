"""Explanations for tests."""

from __future__ import annotations

CLEAR = (
    "You learnt which tomatoes are sweet by tasting hundreds of them, not from a rule book. This works the same way: instead of "
    "writing rules, we show a program many past cases with how each one ended, and it finds out which signs go with which end. "
    "For instance, in our app we show it old comments, each marked with what the customer was unhappy about. Then it can guess "
    "about a new one. But it only knows what it has seen: a new kind of complaint goes into an old box."
)
JARGON = CLEAR + " We check its precision and its recall, and an embedding helps."
