"""Nearly equal texts: templates, small edits, the same message sent again."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

WORD = re.compile(r"\w+")
ALIKE = 0.8  # Jaccard similarity of the sets of word pairs from which on texts are nearly the same
LEAST_WORDS = 4
HASHES, BAND = 32, 4  # eight bands of four: pairs at 0.8 are found with probability 0.985
PRIME = (1 << 31) - 1
MOST_LEADERS = (
    20  # different texts of a bucket that others are compared with; one template in all rows must not cost rows squared
)


def near_duplicates(texts: Sequence[str], seed: int = 0) -> list[int]:
    """Places of texts that nearly equal an earlier one, and do not equal it, rising. MinHash with bands (Broder 1997)."""
    first = {" ".join(text.casefold().split()): place for place, text in reversed(list(enumerate(texts)))}
    sets = {place: _pairs(texts[place]) for place in sorted(first.values())}
    long = [place for place, pairs in sets.items() if pairs]
    signatures = _signatures([sets[place] for place in long], seed)
    found: set[int] = set()
    for begin in range(0, HASHES, BAND):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for row, place in enumerate(long):
            buckets[signatures[row, begin : begin + BAND].tobytes()].append(place)
        for bucket in buckets.values():
            found.update(_later(bucket, sets))
    return sorted(found)


def _pairs(text: str) -> frozenset[int]:
    """Hashes of the pairs of neighbouring words; none for a text too short to tell."""
    words = WORD.findall(text.casefold())[:400]
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(zlib.crc32(f"{one} {two}".encode()) % PRIME for one, two in pairwise(words))


def _signatures(sets: list[frozenset[int]], seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    chance = np.random.default_rng(seed)
    factor = chance.integers(1, PRIME, HASHES, dtype=np.uint64)
    shift = chance.integers(0, PRIME, HASHES, dtype=np.uint64)
    signatures = np.zeros((len(sets), HASHES), np.uint64)
    for row, pairs in enumerate(sets):
        values = np.fromiter(pairs, np.uint64, len(pairs))
        signatures[row] = ((values[:, None] * factor + shift) % PRIME).min(0)
    return signatures


def _later(bucket: list[int], sets: Mapping[int, frozenset[int]]) -> Iterator[int]:
    """Of the texts of a bucket those that are nearly an earlier one of it."""
    leaders: list[int] = []
    for place in bucket:
        if any(_jaccard(sets[place], sets[leader]) >= ALIKE for leader in leaders):
            yield place
        elif len(leaders) < MOST_LEADERS:
            leaders.append(place)


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)
