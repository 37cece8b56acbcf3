"""Cells that a spreadsheet program shows as text and never runs as a formula."""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """The value as a cell. An apostrophe goes before what a spreadsheet would take for a formula; numbers stay numbers."""
    text = "" if value is None else str(value)
    if not text.startswith(STARTS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def bare_cell(text: str) -> str:
    """The value behind a safe cell."""
    return text[1:] if text.startswith("'") and text[1:].startswith(STARTS) else text
