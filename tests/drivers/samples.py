"""Parts on disk with themes beside them, and what is planted in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from feedback_lab.parts import write_rows, write_table
from feedback_lab.records.findings import Theme
from feedback_lab.records.rows import Ints, Roles, Rows, Segment

ROLES = Roles("text", "time", "rating", None, (Segment("shop"),))


def theme(number: int, name: str) -> Theme:
    return Theme(number, -1, name, tuple(name.split(", ")), 0, 0.0, (), 0.5)


THEMES = (theme(3, "zipper, broke"), theme(7, "colour, lovely"), theme(9, "parcel, late"))


def written(folder: Path, rows: Rows, themes: Sequence[int], pieces: int = 2) -> tuple[list[Path], list[Path]]:
    """The rows in several parts, and their themes in as many files."""
    parts, themed = [], []
    for number, at in enumerate(np.array_split(np.arange(len(rows)), pieces)):
        parts.append(folder / f"part-{number}.parquet")
        themed.append(folder / f"themes-{number}.parquet")
        write_rows(parts[-1], rows.take(at))
        write_table(themed[-1], {"number": rows.number[at], "theme": np.array(themes, np.int64)[at]})
    return parts, themed


def planted(n: int = 3_000, seed: int = 0) -> tuple[Rows, Ints]:
    """Broken zippers rate two points lower; parcels are late in the north, and in December. Colour goes with nothing."""
    random = np.random.default_rng(seed)
    months = random.integers(0, 12, n)
    shops = random.choice(["north", "south", "west"], n)
    late = random.random(n) < np.where(shops == "north", 0.3, 0.1) * np.where(months == 11, 2.0, 1.0)
    themes = np.where(late, 9, random.choice([3, 7, -1], n))
    ratings = np.clip(random.integers(3, 6, n) - 2.0 * (themes == 3), 1, 5)
    times = np.datetime64("2026-01-15T12:00:00", "s") + months * np.timedelta64(30 * 86_400, "s")
    return Rows(np.arange(1, n + 1), ["text"] * n, times, ratings, None, {"shop": shops.tolist()}), themes.astype(np.int64)
