"""Work over parts that can be killed and taken up again: the result of each part is noted on disk when it is finished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feedback_lab.engines import Engine
from feedback_lab.errors import LabError
from feedback_lab.files import read_json, write_json

Plain = dict[str, Any]


def map_noted(
    engine: Engine,
    function: Callable[[Any], Plain],
    tasks: Iterable[tuple[Path, Any]],
    on_done: Callable[[Plain], None] | None = None,
) -> list[Plain]:
    """Results in the order of the tasks.

    A task is the path of its note and what ``function`` gets; where a note is there and can be read, the task is not done again.
    Results are plain values as JSON knows them, with strings as keys.

    ``function`` writes its own files before it returns, so a note never stands for something half done.
    """
    noted: dict[Path, Plain | None] = {}

    def tell(result: Plain) -> Plain:
        if on_done:
            on_done(result)
        return result

    def still_to_do() -> Iterator[tuple[Path, Any]]:
        for note, task in tasks:
            found = _noted(note)
            noted[note] = None if found is None else tell(found)
            if found is None:
                yield note, task

    for note, result in engine.map(_Noting(function), still_to_do()):
        noted[note] = tell(result)
    return [result for result in noted.values() if result is not None]


def _noted(note: Path) -> Plain | None:
    """What is noted; None where it can't be read, for then the part is done again."""
    try:
        found: Plain = read_json(note)
    except LabError:
        return None
    return found


@dataclass(frozen=True)
class _Noting:
    """Calls a function in the worker and writes the note there."""

    function: Callable[[Any], Plain]

    def __call__(self, task: tuple[Path, Any]) -> tuple[Path, Plain]:
        note, item = task
        result = self.function(item)
        write_json(note, result, exact=True)  # sums must come out the same whether a part was just done or read back
        return note, result
