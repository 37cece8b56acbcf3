"""What the texts are about: the step ``themes``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from feedback_lab import embed
from feedback_lab.engines import Engine
from feedback_lab.engines.noting import Plain, map_noted
from feedback_lab.errors import NotEnoughData
from feedback_lab.files import sha256_of
from feedback_lab.records.findings import Quote, Theme, ThemesResult
from feedback_lab.records.rows import Ints, Texts
from feedback_lab.themes import assigning
from feedback_lab.themes.assigning import Sums, Task, assign_part, merged, quotes
from feedback_lab.themes.clustering import SAMPLE, Clustering, ThemeModel, cluster
from feedback_lab.themes.edits import Edit, Edited, apply_edits
from feedback_lab.themes.keywords import count_words, keywords, name_of

MODEL = "model.npz"
UNEDITED = "clusters.npz"
LEAST = 8


@dataclass(frozen=True)
class Found:
    """Themes of a sample: the clustering, what edits made of it, and the words of fine and broad themes."""

    clustering: Clustering
    edited: Edited
    fine_words: list[tuple[str, ...]]
    broad_words: dict[int, tuple[str, ...]]


def find_themes(
    texts: Texts, encoder: embed.Encoder, seed: int = 0, broad: int = 0, edits: Sequence[Edit] = (), english: bool = True
) -> Found:
    """Find themes in texts, at most ``SAMPLE`` of which are looked at; ``broad`` gives their number, 0 leaves it to the data.

    Raises ``NotEnoughData`` for fewer than ``LEAST`` texts.
    """
    if len(texts) < LEAST:
        raise NotEnoughData(f"There are {len(texts)} texts; themes need {LEAST} at least.", "Use a file with more rows.")
    texts = texts[:SAMPLE]
    vectors = encoder.transform(texts)
    clustering = cluster(vectors, seed, broad)
    fine, _ = clustering.model.assign(vectors)
    count = len(clustering.model.centres)
    edited = apply_edits(clustering.model, np.bincount(fine[fine >= 0], minlength=count), edits, seed)
    there = sorted(set(edited.model.broad_of.tolist()))
    groups = np.searchsorted(there, edited.model.broad(fine))
    counted = count_words(texts, english)
    broad_words = keywords(counted, np.where(fine < 0, -1, groups), len(there))
    return Found(clustering, edited, keywords(counted, fine, count), dict(zip(there, broad_words, strict=True)))


def assign_themes(
    found: Found,
    parts: Sequence[Path],
    encoder: Path,
    folder: Path,
    engine: Engine,
    on_progress: Callable[[float], None] | None = None,
) -> ThemesResult:
    """Give every row of all parts its theme; ``folder`` gets the model and one Parquet file a part, under the part's name."""
    assigning.save(found.clustering.model, folder / UNEDITED)
    assigning.save(found.edited.model, folder / MODEL)
    # A note belongs to one model: another model's must not be taken for it.
    mark = sha256_of(folder / MODEL)[:12]
    tasks = [(folder / f"{part.stem}.{mark}.json", Task(part, encoder, folder / MODEL, folder / part.name)) for part in parts]
    done: list[Plain] = []

    def count(result: Plain) -> None:
        done.append(result)
        if on_progress:
            on_progress(len(done) / len(tasks))

    return _result(found, merged(map_noted(engine, assign_part, tasks, count), len(found.edited.model.centres)))


def _result(found: Found, sums: Sums) -> ThemesResult:
    total = int(sums.rows.sum()) + sums.unassigned
    model = found.edited.model
    return ThemesResult(
        broad=tuple(
            sorted((_broad(theme, found, sums, total) for theme in found.broad_words), key=lambda theme: (-theme.rows, theme.id))
        ),
        fine=tuple(_fine(theme, model, found, sums, total) for theme in range(len(model.centres))),
        chosen_by=found.clustering.chosen_by,
        reason=found.clustering.reason,
        rows=total,
        unassigned=sums.unassigned / total if total else 0.0,
        stability=found.clustering.stability,
        edits=found.edited.said,
    )


def _broad(theme: int, found: Found, sums: Sums, total: int) -> Theme:
    fine = np.flatnonzero(found.edited.model.broad_of == theme)
    words = found.broad_words[theme]
    by_size = fine[np.argsort(-sums.rows[fine], kind="stable")].tolist()
    return _theme(
        theme,
        -1,
        found.edited.names.get(theme) or name_of(words, theme),
        words,
        fine,
        sums,
        total,
        quotes([sums.quotes[each] for each in by_size]),
    )


def _fine(theme: int, model: ThemeModel, found: Found, sums: Sums, total: int) -> Theme:
    words = found.fine_words[theme]
    only = np.array([theme])
    return _theme(
        theme, int(model.broad_of[theme]), name_of(words, theme), words, only, sums, total, quotes([sums.quotes[theme]])
    )


def _theme(
    theme: int,
    parent: int,
    name: str,
    words: tuple[str, ...],
    fine: Ints,
    sums: Sums,
    total: int,
    said: tuple[Quote, ...],
) -> Theme:
    rows = int(sums.rows[fine].sum())
    cohesion = float(sums.cosines[fine].sum()) / rows if rows else 0.0
    return Theme(theme, parent, name, words, rows, rows / total if total else 0.0, said, cohesion)
