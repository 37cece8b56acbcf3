"""Texts that are about to leave: personal data in them, and words of customers that they repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.reading import is_installed, spoken

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


def quoted_from(analysis: Analysis, version: int, text: str) -> tuple[str, ...]:
    """Passages of a text that stand in a row of a run too, each once. None where its rows are gone. Raises ``UserError``."""
    words = [match for match in _WORD.finditer(text)]
    folder = run_folder(analysis, version) / "rows"
    if not words or not folder.is_dir():
        return ()
    said = [match[0].casefold() for match in words]
    places: dict[tuple[str, ...], int] = {}
    for size in {RUN_OF_WORDS, *range(SHORT_ROW, RUN_OF_WORDS)}:
        for start in range(len(said) - size + 1):
            places.setdefault(tuple(said[start : start + size]), start)
    marked = [False] * len(said)
    for row in _rows(analysis, version):
        for start, end in _shared([match[0].casefold() for match in _WORD.finditer(row)], places):
            marked[start:end] = [True] * (end - start)
    return tuple(dict.fromkeys(text[words[first].start() : words[last].end()] for first, last in _stretches(marked)))


def _rows(analysis: Analysis, version: int) -> Iterator[str]:
    from feedback_lab.parts import read_rows

    with spoken():
        for part in sorted((run_folder(analysis, version) / "rows").glob("part-*.parquet")):
            yield from read_rows(part).texts


def _shared(row: list[str], places: dict[tuple[str, ...], int]) -> Iterator[tuple[int, int]]:
    """Where words of a row stand in the text: a whole row that is short, or a run of words of a longer one."""
    size = min(len(row), RUN_OF_WORDS)
    if size < SHORT_ROW:
        return
    for start in range(len(row) - size + 1):
        found = places.get(tuple(row[start : start + size]))
        if found is not None:
            yield found, found + size


def _stretches(marked: Iterable[bool]) -> Iterator[tuple[int, int]]:
    first = None
    for place, is_marked in enumerate([*marked, False]):
        if is_marked and first is None:
            first = place
        elif not is_marked and first is not None:
            yield first, place - 1
            first = None
