"""A hundred rows to read by hand: of every kind some, so that nothing common is missed and something rare is seen."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from feedback_lab.records.rows import Rows

MOST = 100


def rows_to_read(rows: Rows, seed: int = 0, most: int = MOST) -> tuple[int, ...]:
    """Row numbers, rising. Rows are grouped by label, else rating, and by length; groups give a row in turn."""
    order = np.random.default_rng(seed).permutation(len(rows)).tolist()
    lengths = np.array([len(text) for text in rows.texts])
    thirds = np.quantile(lengths, [1 / 3, 2 / 3]) if len(rows) else np.zeros(2)
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place in order:
        groups[_answer(rows, place), int(np.searchsorted(thirds, lengths[place]))].append(place)
    chosen: list[int] = []
    turns = [groups[key] for key in sorted(groups)]
    for turn in range(most):
        taken = [group[turn] for group in turns if turn < len(group)]
        if not taken or len(chosen) >= most:
            break
        chosen += taken
    return tuple(sorted(int(rows.number[place]) for place in chosen[:most]))


def _answer(rows: Rows, place: int) -> str:
    if rows.labels is not None:
        return rows.labels[place] or ""
    return f"{rows.ratings[place]:g}" if rows.ratings is not None else ""
