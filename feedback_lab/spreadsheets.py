"""Cells that a spreadsheet program shows as text and never runs as a formula."""

from __future__ import annotations

# The last four are the wide signs of East Asian keyboards, which some programs take for the plain ones.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: object) -> str:
    """The value as a cell. An apostrophe goes before what a spreadsheet would take for a formula; numbers stay numbers.

    It also goes before a value that begins as a safe cell does, so that ``bare_cell`` gives every value back.
    """
    text = "" if value is None else str(value)
    if not text.lstrip("'").startswith(STARTS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def bare_cell(text: str) -> str:
    """The value behind a safe cell."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text
