"""Texts as vectors whose closeness is closeness of meaning: the step ``embed``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from feedback_lab.embed import adapted, characters, teacher
from feedback_lab.embed.adapted import AdaptedEncoder
from feedback_lab.embed.characters import CharacterEncoder
from feedback_lab.embed.tokens import pieces
from feedback_lab.errors import DamagedRun, NotEnoughData
from feedback_lab.files import read_arrays, whole_file
from feedback_lab.languages import UNKNOWN, forget, languages_of
from feedback_lab.records.findings import EmbedResult
from feedback_lab.records.rows import Texts, Vectors

SAMPLE = 1_500  # texts that the teacher sees at most
SAMPLE_PIECES = 40_000  # and word pieces, so that long texts don't cost more time than short ones
PIECES_A_TEXT = 12  # of the file: a file of a few hundred long reviews is not worth half a minute of reading
LEAST_SAMPLE = 300
FREQUENCIES = 20_000  # texts that give word frequencies and axes
LANGUAGE_SAMPLE = 1_000
ENGLISH = 0.7  # share from which on the teacher is trusted
LEAST = 4
FORMAT = 1


class Encoder(Protocol):
    """Anything that turns texts into unit vectors, float32 (n, dimensions)."""

    path: str

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def transform(self, texts: Texts) -> Vectors:
        """Unit vectors, float32 (n, dimensions)."""
        ...

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What there is to store."""
        ...


@dataclass(frozen=True)
class Embedding:
    """An encoder, and how it came about."""

    encoder: Encoder
    result: EmbedResult


def fit(texts: Texts, seed: int = 0) -> Encoder:
    """An encoder for texts like these; see ``embed``."""
    return embed(texts, seed).encoder


def embed(texts: Texts, seed: int = 0) -> Embedding:
    """Fit an encoder on texts, at most ``FREQUENCIES`` of which are looked at.

    English texts get the adapted path, others the path of characters. Raises ``NotEnoughData`` for fewer than four different
    texts.
    """
    from threadpoolctl import threadpool_limits

    # The matrices are small: threads of linear algebra only wait for each other, on a busy machine for seconds. One thread also
    # sums the same everywhere. The transformer has threads of its own.
    with threadpool_limits(1):
        return _embedded(texts, seed)


def _embedded(texts: Texts, seed: int) -> Embedding:
    order = np.random.default_rng(seed).permutation(len(texts))[:FREQUENCIES]
    chosen = list(dict.fromkeys(texts[place] for place in order))
    if len(chosen) < LEAST:
        raise NotEnoughData(
            f"There are {len(chosen)} different texts; {LEAST} are the least to compare.", "Use a file with more rows."
        )
    english, others = _languages(chosen[:LANGUAGE_SAMPLE])
    if english < ENGLISH:
        return _by_characters(chosen, english, others, seed)
    sample = _sample(chosen)
    encoder, cosine = adapted.fit(chosen, sample, seed)
    teacher.forget()
    reason = (
        f"{english:.0%} of the texts looked at are English, which the sentence transformer speaks. "
        f"It read {len(sample):,} texts; a map learnt from these does the rest."
    )
    return Embedding(encoder, EmbedResult("adapted", reason, encoder.dimensions, len(sample), cosine, english, others))


def _by_characters(texts: Texts, english: float, others: tuple[str, ...], seed: int) -> Embedding:
    encoder = characters.fit(texts, seed)
    reason = (
        f"Only {english:.0%} of the texts looked at are English ({', '.join(others) or 'language unknown'}). "
        "The sentence transformer does not speak the others, so texts are compared by their groups of letters: "
        "themes follow wording more than meaning."
    )
    return Embedding(encoder, EmbedResult("characters", reason, encoder.dimensions, 0, None, english, others))


def _languages(texts: Texts) -> tuple[float, tuple[str, ...]]:
    """Share of English among texts whose language can be told, and the languages that make up at least 2%."""
    known = [language for language in languages_of(texts) if language != UNKNOWN]
    forget()
    if not known:
        # Nothing to tell a language by (emoji, numbers, single words): letters of the Latin script count as English.
        latin = sum(any(sign.isascii() and sign.isalpha() for sign in text) for text in texts)
        return latin / len(texts), ()
    counts = {language: known.count(language) for language in sorted(set(known))}
    shares = {language: count / len(known) for language, count in counts.items()}
    often = sorted((language for language in shares if shares[language] >= 0.02), key=lambda language: -shares[language])
    return shares.get("en", 0.0), tuple(often)


def _sample(texts: Sequence[str]) -> list[str]:
    """The first texts, which come in random order, up to a number of texts and of word pieces."""
    lengths = np.cumsum([min(len(found), 64) + 2 for found in pieces(texts[:SAMPLE])])
    count = int(np.searchsorted(lengths, min(SAMPLE_PIECES, PIECES_A_TEXT * len(texts)), side="right"))
    return list(texts[: max(count, LEAST_SAMPLE)])


def save(encoder: Encoder, path: Path) -> None:
    """Write an encoder as one ``.npz`` file, which is data only. Most word pieces do not occur, so it is packed well."""
    with whole_file(path) as draft, draft.open("wb") as file:
        np.savez_compressed(file, format=np.array(FORMAT), path=np.array(encoder.path), **encoder.arrays())  # type: ignore[arg-type]


def load(path: Path) -> Encoder:
    """Read an encoder. Raises ``DamagedRun`` where the file is damaged or from a newer version."""
    kinds: dict[str, type[AdaptedEncoder] | type[CharacterEncoder]] = {
        "adapted": AdaptedEncoder,
        "characters": CharacterEncoder,
    }
    hint = "Run the step `embed` again."
    arrays = read_arrays(path, hint)
    try:
        if int(arrays.pop("format")) > FORMAT:
            raise DamagedRun(f"{path.name} comes from a newer version.", "Install the newest version of the program.")
        return kinds[str(arrays.pop("path"))].of_arrays(arrays)
    except (ValueError, KeyError, TypeError) as fault:
        raise DamagedRun(f"{path.name} is damaged: {fault}.", hint) from fault
