"""Every row to its theme, part by part."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from feedback_lab import embed
from feedback_lab.embed.tokens import BATCH
from feedback_lab.engines.noting import Plain
from feedback_lab.errors import DamagedRun
from feedback_lab.files import read_arrays, whole_file
from feedback_lab.parts import read_rows, write_table
from feedback_lab.records.findings import Quote
from feedback_lab.records.rows import Floats, Ints, Rows
from feedback_lab.themes.clustering import ThemeModel

QUOTES = 3
CANDIDATES = 12  # a theme and part
QUOTE_WORDS = (5, 45)
# (cosine, minus row number, text): the order in which quotes are preferred.
Candidate = tuple[float, int, str]


@dataclass(frozen=True)
class Task:
    """One part, what to assign it with, and where the result goes."""

    part: Path
    encoder: Path
    model: Path
    into: Path


@dataclass(frozen=True)
class Sums:
    """Rows and sums of cosines by fine theme, rows without a theme, and the best quotes by fine theme."""

    rows: Ints
    cosines: Floats
    unassigned: int
    quotes: dict[int, list[Candidate]]


def assign_part(task: Task) -> Plain:
    """Assign the rows of a part and write their themes as Parquet: ``number``, ``theme`` (broad), ``fine``, ``cosine``.

    Returns what the part adds to ``Sums``, by fine theme.
    """
    from threadpoolctl import threadpool_limits

    rows = read_rows(task.part)
    encoder, model = _loaded(task.encoder, task.model, (task.encoder.stat().st_mtime_ns, task.model.stat().st_mtime_ns))
    with threadpool_limits(1):  # one thread sums the same in a worker and out of one
        # Batch by batch, so that no more than a batch of vectors is held.
        found = [model.assign(encoder.transform(rows.texts[begin : begin + BATCH])) for begin in range(0, len(rows), BATCH)]
    fine = np.concatenate([part[0] for part in found]) if found else np.zeros(0, np.int64)
    cosine = np.concatenate([part[1] for part in found]) if found else np.zeros(0, np.float32)
    write_table(task.into, {"number": rows.number, "theme": model.broad(fine), "fine": fine, "cosine": cosine})
    return _added(rows, fine, cosine.astype(np.float64), len(model.centres))


def _added(rows: Rows, fine: Ints, cosine: Floats, count: int) -> Plain:
    known = fine >= 0
    return {
        "rows": np.bincount(fine[known], minlength=count).tolist(),
        "cosines": np.bincount(fine[known], weights=cosine[known], minlength=count).tolist(),
        "unassigned": int((~known).sum()),
        "quotes": {
            str(theme): _candidates(rows, np.flatnonzero(fine == theme), cosine) for theme in np.unique(fine[known]).tolist()
        },
    }


def _candidates(rows: Rows, places: Ints, cosine: Floats) -> list[Candidate]:
    """The texts nearest to the centre that are long enough to say something and short enough to read."""
    order = places[np.argsort(-cosine[places], kind="stable")]
    found: list[Candidate] = []
    for place in order[: 10 * CANDIDATES].tolist():
        text = " ".join(rows.texts[place].split())
        if QUOTE_WORDS[0] <= text.count(" ") + 1 <= QUOTE_WORDS[1]:
            found.append((round(float(cosine[place]), 6), -int(rows.number[place]), text))
            if len(found) == CANDIDATES:
                break
    return found


def merged(parts: Iterable[Plain], count: int) -> Sums:
    """The sums of all parts, which are added in their order."""
    rows, cosines, unassigned = np.zeros(count, np.int64), np.zeros(count), 0
    quotes: dict[int, list[Candidate]] = {theme: [] for theme in range(count)}
    for part in parts:
        rows += part["rows"]
        cosines += part["cosines"]
        unassigned += part["unassigned"]
        for theme, found in part["quotes"].items():
            several = quotes[int(theme)] + [(float(cosine), int(row), str(text)) for cosine, row, text in found]
            quotes[int(theme)] = heapq.nlargest(CANDIDATES, several)
    return Sums(rows, cosines, unassigned, quotes)


def quotes(candidates: Iterable[list[Candidate]], most: int = QUOTES) -> tuple[Quote, ...]:
    """Quotes from several lists, taken in turn so that each list has its say, none twice."""
    chosen: dict[str, Quote] = {}
    lists = [list(found) for found in candidates]
    while len(chosen) < most and any(lists):
        for found in lists:
            if found and len(chosen) < most:
                _, row, text = found.pop(0)
                chosen.setdefault(text.casefold(), Quote(-row, text))
    return tuple(chosen.values())


@lru_cache(maxsize=2)
def _loaded(encoder: Path, model: Path, _written_at: tuple[int, int]) -> tuple[embed.Encoder, ThemeModel]:
    """Read once a process; a file that was written anew since is read again."""
    return embed.load(encoder), load(model)


def save(model: ThemeModel, path: Path) -> None:
    """Write a model as one ``.npz`` file, which is data only."""
    with whole_file(path) as draft, draft.open("wb") as file:
        np.savez(file, **model.arrays())  # type: ignore[arg-type]


def load(path: Path) -> ThemeModel:
    """Read a model. Raises ``DamagedRun`` where the file is damaged."""
    hint = "Run the step `themes` again."
    arrays = read_arrays(path, hint)
    try:
        return ThemeModel.of_arrays(arrays)
    except KeyError as fault:
        raise DamagedRun(f"{path.name} is damaged: {fault} is missing.", hint) from fault
