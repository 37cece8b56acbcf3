"""Which rows to label next: of each theme some that are doubtful and unlike each other, so that few labels teach much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from feedback_lab.records.findings import Theme
from feedback_lab.records.models import QueueItem
from feedback_lab.records.rows import Floats, Ints, Rows, Vectors

EACH = 5  # rows of a theme; five brought most of what labels bring, twenty nearly all
MOST = 200
DOUBTFUL = 0.5  # share of a theme's rows, the most doubtful first, that are chosen from


def queue(
    rows: Rows,
    themes: Sequence[Theme],
    assignments: Ints,
    vectors: Vectors,
    already: Mapping[int, str],
    seed: int = 0,
    each: int = EACH,
) -> tuple[QueueItem, ...]:
    """Rows to label, theme by theme, the largest first; at most ``MOST``. Rows that have a label by hand are left out.

    ``assignments``: (n,), broad theme of each row, -1 for none. ``vectors``: (n, d), of unit length. Doubt is how near the second
    centre is to the first; among the doubtful half the rows are taken that lie farthest from those taken before.
    """
    free = np.array([number not in already for number in rows.number.tolist()], bool)
    centres = _centres(themes, assignments, vectors)
    items: list[QueueItem] = []
    for theme in sorted(themes, key=lambda theme: (-theme.rows, theme.id)):
        places = _distinct(rows, np.flatnonzero((assignments == theme.id) & free))
        if len(places) == 0 or len(items) >= MOST:
            continue
        doubt = _doubt(vectors[places], centres)
        chosen = _spread(vectors, places[np.argsort(-doubt, kind="stable")], each)
        items += [_item(rows, place, theme, first) for place, first in chosen]
    return tuple(items[:MOST])


def _item(rows: Rows, place: int, theme: Theme, first: bool) -> QueueItem:
    reason = f"the most doubtful of “{theme.name}”" if first else f"doubtful, and unlike the others of “{theme.name}”"
    return QueueItem(int(rows.number[place]), theme.id, rows.texts[place], reason)


def _distinct(rows: Rows, places: Ints) -> Ints:
    """One place for each different text."""
    seen: dict[str, int] = {}
    for place in places.tolist():
        seen.setdefault(rows.texts[place].strip().casefold(), place)
    return np.array(list(seen.values()), np.int64)


def _centres(themes: Sequence[Theme], assignments: Ints, vectors: Vectors) -> Vectors:
    found = [vectors[assignments == theme.id].mean(0) for theme in themes if (assignments == theme.id).any()]
    return np.array(found, np.float32) if found else np.zeros((1, vectors.shape[1]), np.float32)


def _doubt(vectors: Vectors, centres: Vectors) -> Floats:
    """Minus the distance between the two most similar centres; all the same where there is one centre."""
    similar = np.sort(vectors.astype(np.float64) @ centres.T.astype(np.float64), axis=1)
    return np.zeros(len(vectors)) if similar.shape[1] < 2 else similar[:, -2] - similar[:, -1]


def _spread(vectors: Vectors, places: Ints, count: int) -> list[tuple[int, bool]]:
    """The first place, then again and again the one farthest from those taken (farthest-point traversal, Gonzalez 1985)."""
    doubtful = places[: max(count, int(len(places) * DOUBTFUL))]
    taken = [0]
    nearest = vectors[doubtful] @ vectors[doubtful[0]]
    while len(taken) < min(count, len(doubtful)):
        nearest[taken] = np.inf
        taken.append(int(nearest.argmin()))
        nearest = np.maximum(nearest, vectors[doubtful] @ vectors[doubtful[taken[-1]]])
    return [(int(doubtful[at]), at == 0) for at in taken]
