"""What a person wants differently from what is guessed, and finding the column they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from feedback_lab.errors import LabError
from feedback_lab.records.rows import Segment

NAMES_SHOWN = 20
# Characters of a name.
NAME_SHOWN = 40


@dataclass(frozen=True)
class Wishes:
    """Overrides. None means "guess"; "" (for ``segments``: an empty tuple) means "none".

    ``segments``: column names, or ``Segment`` where the edges of a column of numbers are given. ``delimiter``: one character,
    "tab", or "" for a file of one column. ``encoding``: a name Python knows, such as "windows-1252". ``sheet``: of a workbook.
    """

    text: str | None = None
    time: str | None = None
    rating: str | None = None
    label: str | None = None
    segments: tuple[str | Segment, ...] | None = None
    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None


def find_name(wish: str, names: Sequence[str], what: str = "column") -> str:
    """The name that is meant: the same, or the same but for case and outer spaces.

    Raises ``LabError`` that names what there is, the closest first.
    """
    if wish in names:
        return wish
    folded = {name.strip().casefold(): name for name in reversed(names)}
    if wish.strip().casefold() in folded:
        return folded[wish.strip().casefold()]
    close = get_close_matches(wish.strip().casefold(), list(folded), n=1, cutoff=0.5)
    meant = f"Did you mean “{folded[close[0]]}”? " if close else ""
    raise LabError(f"There is no {what} “{wish}”.", f"{meant}There {are(names, what)}.")


def are(names: Sequence[str], what: str = "column") -> str:
    """How many names there are and which, for a sentence that starts with "There"."""
    shown = ", ".join(name if len(name) <= NAME_SHOWN else f"{name[:NAME_SHOWN]}…" for name in names[:NAMES_SHOWN])
    shown += f" and {len(names) - NAMES_SHOWN:,} more" if len(names) > NAMES_SHOWN else ""
    return f"is one {what}: {shown}" if len(names) == 1 else f"are {len(names):,} {what}s: {shown}"
