"""What one part adds to the profile, and the sum of all parts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from feedback_lab.parts import read_rows
from feedback_lab.records.rows import Ints, Rows

SPACES = re.compile(r"\s+")
MOST_VALUES = 1_000  # different values of a column that are counted one by one
OTHER = "(other)"
SHORT = 3  # words; a text of fewer says little
EXAMPLES = 5


@dataclass
class Counts:
    """Sums over rows. ``folded``: uint64 (n,), hashes of the texts with case and spaces folded; ``number``: int64 (n,)."""

    rows: int = 0
    without_words: int = 0  # no letter and no digit: empty, emoji only
    words: Counter[int] = field(default_factory=Counter)  # words of a text -> rows
    days: Counter[str] = field(default_factory=Counter)  # ISO dates
    ratings: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    segments: dict[str, Counter[str]] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    folded: NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    number: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    examples: dict[str, list[int]] = field(default_factory=lambda: {"no-words": [], "short": []})  # the first few row numbers


def count_part(path: Path) -> Counts:
    """Count one part."""
    return count_rows(read_rows(path))


def count_rows(rows: Rows) -> Counts:
    """Count rows."""
    counts = Counts(rows=len(rows), number=rows.number)
    counts.folded = np.array([fold(text) for text in rows.texts], np.uint64)
    lengths = [len(text.split()) for text in rows.texts]
    counts.words.update(lengths)
    wordless = [not any(map(str.isalnum, text)) for text in rows.texts]
    counts.without_words = sum(wordless)
    counts.examples = {
        "no-words": _first(rows.number, wordless),
        "short": _first(rows.number, [words < SHORT for words in lengths]),
    }
    _count_columns(counts, rows)
    return counts


def _first(number: Ints, mask: list[bool]) -> list[int]:
    return [int(row) for row in number[np.flatnonzero(mask)[:EXAMPLES]]]


def _count_columns(counts: Counts, rows: Rows) -> None:
    if rows.times is not None:
        known = rows.times[~np.isnat(rows.times)]
        counts.missing["time"] = len(rows) - len(known)
        days, times = np.unique(known.astype("datetime64[D]"), return_counts=True)
        counts.days.update(dict(zip(map(str, days), times.tolist(), strict=True)))
    if rows.ratings is not None:
        rated = rows.ratings[~np.isnan(rows.ratings)]
        counts.missing["rating"] = len(rows) - len(rated)
        values, times = np.unique(rated, return_counts=True)
        counts.ratings.update({f"{value:g}": count for value, count in zip(values.tolist(), times.tolist(), strict=True)})
    if rows.labels is not None:
        counts.labels.update(label for label in rows.labels if label)
        counts.missing["label"] = sum(not label for label in rows.labels)
    for name, column in rows.segments.items():
        counts.segments[name] = Counter(value for value in column if value)
        counts.missing[name] = sum(not value for value in column)


def fold(text: str) -> int:
    """A hash of the text that case and spaces don't change: 64 bits of BLAKE2b."""
    plain = SPACES.sub(" ", text).strip().casefold()
    return int.from_bytes(hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def total(parts: Iterable[Counts]) -> Counts:
    """The sum of all parts, in their order."""
    whole = Counts()
    folded, numbers = [], []
    for part in parts:
        whole.rows += part.rows
        whole.without_words += part.without_words
        for name in ("words", "days", "ratings", "labels", "missing"):
            getattr(whole, name).update(getattr(part, name))
        for name, counter in part.segments.items():
            whole.segments.setdefault(name, Counter()).update(counter)
        for name, rows in part.examples.items():
            whole.examples[name] = (whole.examples[name] + rows)[:EXAMPLES]
        _bound(whole)
        folded.append(part.folded)
        numbers.append(part.number)
    if folded:
        whole.folded, whole.number = np.concatenate(folded), np.concatenate(numbers)
    return whole


def _bound(counts: Counts) -> None:
    """Keep a column of a million different values from filling the memory: the rarest are counted together."""
    for counter in (counts.labels, counts.ratings, *counts.segments.values()):
        if len(counter) > MOST_VALUES:
            kept = dict(sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES])
            rest = counter.total() - sum(kept.values())
            counter.clear()
            counter.update(kept)
            counter[OTHER] += rest


def repeated(counts: Counts) -> Ints:
    """Numbers of rows whose text stood in an earlier row, rising."""
    order = np.lexsort((counts.number, counts.folded))
    again = counts.folded[order][1:] == counts.folded[order][:-1]
    return np.sort(counts.number[order][1:][again])
