"""Rows drawn evenly from all parts, the same ones for the same seed whatever does the work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from feedback_lab.engines import Engine
from feedback_lab.parts import read_rows
from feedback_lab.records.rows import Ints, Rows


def evenly(count: int, most: int) -> Ints:
    """At most ``most`` places of ``count``, spread over all of them, rising. The first so many would be the oldest rows."""
    return np.arange(count) if count <= most else np.linspace(0, count - 1, most).astype(np.int64)


def drawn(count: int, most: int, seed: int) -> Ints:
    """At most ``most`` places of ``count``, drawn by the seed, rising. All of them where there are no more."""
    everything = np.arange(count)
    return everything if count <= most else np.sort(np.random.default_rng(seed).choice(count, most, replace=False))


def sample_rows(parts: Sequence[Path], sizes: Sequence[int], most: int, seed: int, engine: Engine) -> Rows:
    """At most ``most`` rows of all parts, in their order.

    ``sizes`` are the rows of each part. All of them where there are no more.
    """
    total = sum(sizes)
    chosen = drawn(total, most, seed)
    starts = np.cumsum([0, *sizes])
    tasks = [
        (part, chosen[np.searchsorted(chosen, begin) : np.searchsorted(chosen, end)] - begin)
        for part, begin, end in zip(parts, starts[:-1], starts[1:], strict=True)
    ]
    return Rows.joined(engine.map(_taken, tasks))


def _taken(task: tuple[Path, Ints]) -> Rows:
    path, places = task
    return read_rows(path).take(places)
