"""Groups of two to four letters within words, hashed: they know no language and forgive spelling.

scikit-learn's ``HashingVectorizer`` does the same with one Python call for each group; over arrays it is four times as fast,
and this is what costs most when millions of rows are labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

LOWEST, HIGHEST = 2, 4  # letters, the space at either end of a word counted; five moved no figure
BITS = 18
BUCKETS = 1 << BITS
MOST_CHARACTERS = 5_000  # of a text
BATCH = 2_048
SPACE = ord(" ")


def letter_groups(texts: Sequence[str]) -> Any:
    """Counts of letter groups, sparse float32 (n, BUCKETS)."""
    parts = [_counted(texts[begin : begin + BATCH]) for begin in range(0, len(texts), BATCH)]
    return sparse.csr_matrix(sparse.vstack(parts)) if parts else sparse.csr_matrix((0, BUCKETS), dtype=np.float32)


def _counted(texts: Sequence[str]) -> Any:
    spaced = [f" {' '.join(text[:MOST_CHARACTERS].lower().split())} " for text in texts]
    codes = np.frombuffer("".join(spaced).encode("utf-32-le", "surrogatepass"), np.uint32)
    buckets, used = _groups(codes)
    ends = np.cumsum([0, *map(len, spaced)])
    before = np.concatenate([[0], np.cumsum(used.sum(1))])
    found = buckets[used]  # row by row, so the groups of a text stay together
    counts = sparse.csr_matrix((np.ones(len(found), np.float32), found, before[ends]), shape=(len(texts), BUCKETS))
    counts.sum_duplicates()
    return counts


def _groups(codes: Any) -> tuple[Any, Any]:
    """For each place the buckets of the groups that begin there, int32 (n, lengths), and which of them lie within a word."""
    n = len(codes)
    padded = np.concatenate([codes, np.full(HIGHEST, SPACE, np.uint32)])
    space = padded == SPACE
    buckets = np.empty((n, HIGHEST - LOWEST + 1), np.int32)
    used = np.empty(buckets.shape, bool)
    hashed = padded[:n].copy()
    broken = np.zeros(n, bool)
    for length in range(LOWEST, HIGHEST + 1):
        hashed = hashed * np.uint32(0x9E3779B1) + padded[length - 1 : length - 1 + n] * np.uint32(0x85EBCA77)
        if length == 2:
            within = ~(space[:n] & space[1 : 1 + n])
        else:  # a space may stand at either end only
            broken |= space[length - 2 : length - 2 + n]
            within = ~broken
        buckets[:, length - LOWEST] = _bucket(hashed)
        used[:, length - LOWEST] = within
    return buckets, used


def _bucket(hashed: Any) -> Any:
    """The last mixing of a 32-bit hash, cut to ``BITS`` bits."""
    mixed = (hashed ^ (hashed >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return (mixed ^ (mixed >> np.uint32(12))) >> np.uint32(32 - BITS)
