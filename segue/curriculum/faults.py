"""What is wrong with the content, and where. All faults of all files are told at once, never one at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# More than this in one message would hide the first ones; `segue check` prints them all.
SHOWN = 20


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to put right. ``path`` is relative to the content folder, with ``/``; ``line`` and ``column`` start at 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class ContentError(Exception):
    """The content can't be used. ``faults`` holds every fault of every file, sorted by path, line and column."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:SHOWN]]
        more = len(self.faults) - SHOWN
        return "\n".join([*lines, f"... and {more} more"] if more > 0 else lines)
