"""How far two labellers agree, and what settles where they don't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.intervals import kappa
from feedback_lab.records.models import Agreement

ENOUGH = 50  # rows labelled twice, below which kappa says little
# Landis and Koch 1977, the words most readers know. They are a habit, not a law.
WORDS = ((0.8, "almost perfect"), (0.6, "substantial"), (0.4, "moderate"), (0.2, "fair"), (0.0, "slight"))


def agreement(first: Mapping[int, str], second: Mapping[int, str], seed: int = 0) -> Agreement:
    """Cohen's kappa on the rows that both labelled, with interval. Raises ``NotEnoughData`` where these are fewer than two."""
    rows = sorted(first.keys() & second.keys())
    if len(rows) < 2:
        raise NotEnoughData(f"Both labelled {len(rows)} rows.", f"Let the second labeller do the same rows, {ENOUGH} at least.")
    names = sorted({*(first[row] for row in rows), *(second[row] for row in rows)})
    place = {name: number for number, name in enumerate(names)}
    one, other = (np.array([place[labels[row]] for row in rows], np.int64) for labels in (first, second))
    found = kappa(one, other, len(names), seed)
    observed = float((one == other).mean())
    apart = Counter(tuple(sorted((first[row], second[row]))) for row in rows if first[row] != second[row])
    pairs = tuple((pair[0], pair[1], count) for pair, count in sorted(apart.items(), key=lambda item: (-item[1], item[0])))
    return Agreement(len(rows), found, observed, pairs, _says(len(rows), found.value, found.low, found.high, observed, pairs))


def _says(n: int, value: float, low: float, high: float, observed: float, pairs: tuple[tuple[str, str, int], ...]) -> str:
    same = f"On {n:,} rows both say the same {observed:.0%} of the time"
    if np.isnan(value):
        return f"{same}; with one label throughout there is nothing that chance could get wrong, so kappa is not defined."
    word = next((word for least, word in WORDS if value >= least), "worse than chance")
    sentence = f"{same}; Cohen's kappa is {value:.2f} ({low:.2f} to {high:.2f}), {word}."
    if n < ENOUGH:
        sentence += f" {n} rows are too few to rely on it; label {ENOUGH} at least."
    if pairs:
        sentence += f" They differ most between “{pairs[0][0]}” and “{pairs[0][1]}” ({pairs[0][2]:,} rows): mend the guide there."
    return sentence


def adjudicate(first: Mapping[int, str], second: Mapping[int, str], decisions: Mapping[int, str] | None = None) -> dict[int, str]:
    """Gold labels: where both agree, that; where they differ, the decision. Rows that one labelled alone need a decision too.

    Raises ``LabError`` for a decision on a row that nobody labelled. Rows without a decision are left out.
    """
    settled = dict(decisions or {})
    unknown = sorted(settled.keys() - (first.keys() | second.keys()))
    if unknown:
        raise LabError(f"There is a decision on row {unknown[0]:,}, which nobody labelled.", "Take it out.", unknown[0])
    agreed = {row: label for row, label in first.items() if second.get(row) == label}
    return dict(sorted({**agreed, **settled}.items()))
