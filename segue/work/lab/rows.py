"""Rows that a person reads by hand: drawn once, and kept with their redacted texts in the folder of the analysis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from segue.work.lab import folders
from segue.work.lab.models import Analysis
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.records.rows import Rows

SEED = 0
MOST = 100
OF_A_THEME = 10
NO_THEME = -1


@dataclass(frozen=True)
class DrawnRow:
    """A row: its number in the file, its redacted text, and what else the file says of it, as (name, value)."""

    row: int
    text: str
    about: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Walk:
    """Rows to be read by hand, in the order in which they were drawn, and how many rows there are."""

    rows: tuple[DrawnRow, ...]
    of: int

    @property
    def is_all(self) -> bool:
        """Whether these are all rows, so that nothing has to be inferred from them."""
        return len(self.rows) == self.of


def walk_of(analysis: Analysis) -> Walk:
    """A hundred rows drawn by chance, or all where there are no more. Any part of them, read in order, is a fair sample too."""
    kept = _kept(folders.folder_of(analysis) / "read" / "walk.json", lambda: _draw_walk(folders.run_folder(analysis)))
    return Walk(tuple(map(_row, kept["rows"])), kept["of"])


def comments_of(analysis: Analysis, version: int = 0) -> dict[int, tuple[DrawnRow, ...]]:
    """Ten rows of each theme drawn by chance, by the number of the theme; ``NO_THEME`` for those without one."""
    number = version or analysis.version
    path = folders.folder_of(analysis) / "read" / f"themes-{number}.json"
    kept = _kept(path, lambda: _draw_comments(folders.run_folder(analysis, number)))
    return {int(theme): tuple(map(_row, rows)) for theme, rows in kept.items()}


def parts_of(folder: Path) -> list[Path]:
    """Parts of redacted rows of a run, in their order."""
    return sorted((folder / "rows").glob("part-*.parquet"))


def texts_in(parts: Iterable[Path]) -> Iterator[tuple[int, str]]:
    """Number and redacted text of each row, part by part."""
    from feedback_lab.parts import read_rows

    for part in parts:
        rows = read_rows(part)
        yield from zip(rows.number.tolist(), rows.texts, strict=True)


def _kept(path: Path, draw: Any) -> Any:
    from feedback_lab.files import write_json

    try:
        return json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        with spoken():
            found = draw()
            write_json(path, found)
        return json.loads(path.read_text("utf-8"))


def _row(kept: Mapping[str, Any]) -> DrawnRow:
    return DrawnRow(kept["row"], kept["text"], tuple((name, value) for name, value in kept["about"]))


def _draw_walk(folder: Path) -> dict[str, Any]:
    import numpy as np

    sizes = [len(numbers) for numbers in _column(parts_of(folder), "number")]
    total = sum(sizes)
    places = np.random.default_rng(SEED).permutation(total)[:MOST].tolist()
    found = {place: row for place, row in _at(parts_of(folder), sizes, sorted(places))}
    return {"of": total, "rows": [found[place] for place in places]}


def _draw_comments(folder: Path) -> dict[str, Any]:
    import numpy as np

    parts = parts_of(folder)
    themes = _column([folder / "themes" / part.name for part in parts], "theme")
    sizes, theme_of = [len(part) for part in themes], np.concatenate(themes)
    chance, chosen = np.random.default_rng(SEED), {}
    for theme in np.unique(theme_of).tolist():
        chosen[theme] = chance.permutation(np.flatnonzero(theme_of == theme))[:OF_A_THEME].tolist()
    found = dict(_at(parts, sizes, sorted(place for places in chosen.values() for place in places)))
    return {str(theme): [found[place] for place in places] for theme, places in chosen.items()}


def _column(parts: Sequence[Path], name: str) -> list[Any]:
    from feedback_lab.parts import read_table

    return [read_table(part, [name])[name] for part in parts]


def _at(parts: Sequence[Path], sizes: Sequence[int], places: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows at these places of all parts, which rise."""
    import numpy as np

    from feedback_lab.parts import read_rows

    begin = 0
    for part, size in zip(parts, sizes, strict=True):
        wanted = [place for place in places if begin <= place < begin + size]
        if wanted:
            rows = read_rows(part).take(np.array(wanted) - begin)
            yield from zip(wanted, _plain(rows), strict=True)
        begin += size


def _plain(rows: Rows) -> Iterator[dict[str, Any]]:
    """Rows as JSON holds them."""
    for place, text in enumerate(rows.texts):
        about = {
            "Rating": _figure(float(rows.ratings[place])) if rows.ratings is not None else "",
            "Label": rows.labels[place] if rows.labels is not None else "",
            "Written": str(rows.times[place])[:10] if rows.times is not None else "",
            **{name: values[place] for name, values in rows.segments.items()},
        }
        said = [[name, value] for name, value in about.items() if value and value != "NaT"]
        yield {"row": int(rows.number[place]), "text": text, "about": said}


def _figure(value: float) -> str:
    return "" if value != value else f"{value:g}"
