"""Texts as bags of word pieces, and the table that has a vector for each of them.

Fast, since nothing of it looks at word order.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from feedback_lab.errors import DamagedRun
from feedback_lab.files import sha256_of
from feedback_lab.records.rows import Floats, Texts, Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# A piece beyond these adds nothing to a bag of one text, and bounds the work for a text of a megabyte.
MOST_CHARACTERS = 5_000
MOST_PIECES = 512
BATCH = 4_096


def artefact(name: str) -> Path:
    """A file of the artefacts that ship with the package.

    Raises ``DamagedRun`` where its hash is not the one it was made with.
    """
    return _checked(name)


@cache
def _checked(name: str) -> Path:
    folder = files("feedback_lab.embed") / "artefacts"
    with as_file(folder / name) as path:  # the package is never a zip file, so the path stays
        known = json.loads((folder / "provenance.json").read_text("utf-8"))["sha256"]
        if not path.exists() or sha256_of(path) != known[name]:
            raise DamagedRun(f"The file {name} of this installation is damaged.", "Install the program anew.")
        return path


@cache
def tokenizer() -> Tokenizer:
    """The teacher's tokenizer, without padding or truncation."""
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(artefact("tokenizer.json")))
    made.no_padding()
    made.no_truncation()
    return made


@cache
def table() -> Vectors:
    """One vector per word piece, float32 (pieces, 256)."""
    codes = np.load(artefact("tokens.npy"), allow_pickle=False)
    scales = np.load(artefact("scales.npy"), allow_pickle=False)
    return np.asarray(codes.astype(np.float32) * scales[:, None])


def forget() -> None:
    """Let go of tokenizer and table, which hold about 60 MB. They are loaded again when they are needed."""
    tokenizer.cache_clear()
    table.cache_clear()


def pieces(texts: Texts) -> list[list[int]]:
    """The word pieces of each text, special ones left out, at most ``MOST_PIECES``."""
    clipped = [text[:MOST_CHARACTERS] for text in texts]
    return [found.ids[:MOST_PIECES] for found in tokenizer().encode_batch_fast(clipped, add_special_tokens=False)]


def bags(texts: Texts) -> Any:
    """Counts of word pieces, sparse float32 (n, pieces)."""
    found = pieces(texts)
    ends = np.cumsum([0, *map(len, found)])
    ids = np.fromiter((piece for text in found for piece in text), np.int32, count=int(ends[-1]))
    counts = sparse.csr_matrix((np.ones(len(ids), np.float32), ids, ends), shape=(len(texts), tokenizer().get_vocab_size()))
    counts.sum_duplicates()
    return counts


def unit(vectors: Vectors | Floats) -> Vectors:
    """Rows of length one; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)
