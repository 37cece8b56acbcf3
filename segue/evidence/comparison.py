"""What changed between two texts, as pieces to read one after the other."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Beyond these a comparison takes longer than a page may, and nobody reads it.
MOST_LINES = 2_000
MOST_WORDS = 600
AROUND = 2  # unchanged lines shown before and after a change
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text. ``sort``: ``same``, ``gone``, ``new``, or ``left-out`` with the number of lines in ``lines``."""

    sort: str
    text: str = ""
    lines: int = 0


@dataclass(frozen=True)
class Comparison:
    """Two texts against each other; ``too_long`` where they were not compared."""

    pieces: tuple[Piece, ...]
    too_long: bool = False

    @property
    def differs(self) -> bool:
        return any(piece.sort in ("gone", "new") for piece in self.pieces)


def compare(old: str, new: str) -> Comparison:
    """Lines against lines, and words against words within lines that changed."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(before), len(after)) > MOST_LINES:
        return Comparison((), too_long=True)
    return Comparison(tuple(_pieces(before, after)))


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for i, (sort, a, b, c, d) in enumerate(blocks):
        if sort == "equal":
            yield from _unchanged(before[a:b], is_first=i == 0, is_last=i == len(blocks) - 1)
        else:
            yield from _changed("".join(before[a:b]), "".join(after[c:d]))


def _unchanged(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(lines) <= head + tail + 1:
        yield Piece("same", "".join(lines))
        return
    if head:
        yield Piece("same", "".join(lines[:head]))
    yield Piece("left-out", lines=len(lines) - head - tail)
    if tail:
        yield Piece("same", "".join(lines[-tail:]))


def _changed(old: str, new: str) -> Iterator[Piece]:
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if not before or not after or max(len(before), len(after)) > MOST_WORDS:
        yield from _gone_and_new(old, new)
        return
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:  # hardly a word in common: two texts read better than confetti
        yield from _gone_and_new(old, new)
        return
    for sort, a, b, c, d in matcher.get_opcodes():
        if sort == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            yield from _gone_and_new("".join(before[a:b]), "".join(after[c:d]))


def _gone_and_new(old: str, new: str) -> Iterator[Piece]:
    if old:
        yield Piece("gone", old)
    if new:
        yield Piece("new", new)
