"""Texts that are about to leave: personal data in them, and words of customers that they repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from segue.accounts.models import Learner
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.reading import is_installed, spoken
from segue.work.lab.rows import parts_of, texts_in

RUN_OF_WORDS = 8  # so many words in a row are a quotation
SHORT_ROW = 5  # a row of fewer words says what anybody may say
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def found_in(text: str) -> tuple[tuple[str, str], ...] | None:
    """Personal data in a text: its kind and the piece, in order. ``None`` where the parts that look for it are not installed."""
    if not is_installed():
        return None
    from feedback_lab.redact import redact

    return tuple((span.kind, text[span.start : span.end]) for span in redact(text).spans)


def surely_personal(kind: str) -> bool:
    """Whether data of this kind is known by its form, and not by the words around it."""
    from feedback_lab.redact import STRUCTURED

    return kind in STRUCTURED


def quoted_from(analysis: Analysis, version: int, *texts: str) -> tuple[tuple[str, ...], ...] | None:
    """For each text its passages that stand in a row of a run too, each once; ``None`` where no row is there to look at.

    Raises ``UserError`` where the rows can't be read.
    """
    found = parts_of(run_folder(analysis, version))
    if not found or not is_installed():
        return None
    return _quoted(tuple((part, part.stat().st_mtime_ns) for part in found), texts)


def quoted_anywhere(learner: Learner, *texts: str) -> tuple[tuple[str, ...], ...] | None:
    """The same for the newest rows of all analyses of a learner; ``None`` where none has any. Raises ``UserError``."""
    every = [quoted_from(analysis, 0, *texts) for analysis in learner.analyses.filter(gone_on=None).order_by("pk")]
    looked = [each for each in every if each is not None]
    if not looked:
        return None
    return tuple(tuple(dict.fromkeys(piece for pieces in several for piece in pieces)) for several in zip(*looked, strict=True))


@dataclass(frozen=True)
class _Said:
    """A text as words: where each stands, which run of them begins where, and which of them are part of a quotation."""

    text: str
    words: tuple[re.Match[str], ...]
    places: dict[tuple[str, ...], int]
    known: frozenset[str]
    marked: list[bool]

    @classmethod
    def of(cls, text: str) -> _Said:
        words = tuple(_WORD.finditer(text))
        said = [match[0].casefold() for match in words]
        places: dict[tuple[str, ...], int] = {}
        for size in range(SHORT_ROW, RUN_OF_WORDS + 1):
            for start in range(len(said) - size + 1):
                places.setdefault(tuple(said[start : start + size]), start)
        return cls(text, words, places, frozenset(said), [False] * len(said))

    def mark(self, row: list[str]) -> None:
        for start, end in _shared(row, self.places, self.known):
            self.marked[start:end] = [True] * (end - start)

    def passages(self) -> tuple[str, ...]:
        found = (self.text[self.words[first].start() : self.words[last].end()] for first, last in _stretches(self.marked))
        return tuple(dict.fromkeys(found))


@lru_cache(maxsize=64)  # a page asks again and again for the same texts, and rows seldom change
def _quoted(parts: tuple[tuple[Path, int], ...], texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    several = [_Said.of(text) for text in texts]
    with spoken():
        for _, row in texts_in(part for part, _ in parts):
            words = _WORD.findall(row.casefold())
            for said in several:
                said.mark(words)
    return tuple(said.passages() for said in several)


def _shared(row: list[str], places: dict[tuple[str, ...], int], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where words of a row stand in the text: a whole row that is short, or a run of words of a longer one.

    A run can't reach over a word that the text does not have, so the look goes on behind the last such word in it.
    """
    size = min(len(row), RUN_OF_WORDS)
    if size < SHORT_ROW:
        return
    start = 0
    while start + size <= len(row):
        strange = next((at for at in range(start + size - 1, start - 1, -1) if row[at] not in known), None)
        if strange is not None:
            start = strange + 1
            continue
        found = places.get(tuple(row[start : start + size]))
        if found is not None:
            yield found, found + size
        start += 1


def _stretches(marked: Iterable[bool]) -> Iterator[tuple[int, int]]:
    first = None
    for place, is_marked in enumerate([*marked, False]):
        if is_marked and first is None:
            first = place
        elif not is_marked and first is not None:
            yield first, place - 1
            first = None
