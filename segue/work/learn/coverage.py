"""Which key points a text seems to cover: a hint, never a grade.

A point is taken for covered where a sentence of the text, or two in a row, means nearly the same by the sentence transformer.
How often that is right is measured on explanations written for it and held apart from tuning: see tests/work/learn/explanations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from segue.core.clarity import sentences_of
from segue.curriculum.concept import Concept

# Chosen on tuning.jsonl alone.
CLOSE = 0.62
CLOSE_WITH_CUE = 0.52
HELD = 0.70
MOST_SENTENCES = 40

Vectors = Any  # float32 (n, d), rows of unit length
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Hint:
    """A key point, and whether the text seems to cover it. ``closeness``: cosine (-1 to 1) of the nearest sentence."""

    say: str
    seen: bool
    closeness: float


@dataclass(frozen=True)
class Doubt:
    """A misconception that the text seems to hold: the sentence, the wrong belief and the correction."""

    sentence: str
    wrong: str
    right: str


def hints(text: str, concept: Concept, encode: Encode) -> tuple[Hint, ...]:
    """A hint for each key point, in their order."""
    spans = _spans(text)
    if not spans:
        return tuple(Hint(point.say, False, 0.0) for point in concept.key_points)
    near = encode(spans) @ _of_concept(tuple(point.say for point in concept.key_points), encode).T
    lowered = text.casefold()
    found = []
    for place, point in enumerate(concept.key_points):
        closeness = float(near[:, place].max())
        has_cue = any(cue.casefold() in lowered for cue in point.cues)
        found.append(Hint(point.say, closeness >= (CLOSE_WITH_CUE if has_cue else CLOSE), round(closeness, 3)))
    return tuple(found)


def doubts(text: str, concept: Concept, encode: Encode) -> tuple[Doubt, ...]:
    """Misconceptions that a sentence comes nearer to than to their correction."""
    spans = [text[begin:end].strip() for begin, end in sentences_of(text)][:MOST_SENTENCES]
    if not spans:
        return ()
    vectors = encode(spans)
    wrong = vectors @ _of_concept(tuple(m.wrong for m in concept.misconceptions), encode).T
    right = vectors @ _of_concept(tuple(m.right for m in concept.misconceptions), encode).T
    found = []
    for place, misconception in enumerate(concept.misconceptions):
        nearest = int(wrong[:, place].argmax())
        if wrong[nearest, place] >= HELD and wrong[nearest, place] > right[nearest, place]:
            found.append(Doubt(spans[nearest], misconception.wrong, misconception.right))
    return tuple(found)


def _spans(text: str) -> list[str]:
    """Sentences, and each two in a row: an idea may take both."""
    single = [text[begin:end].strip() for begin, end in sentences_of(text)][:MOST_SENTENCES]
    return single + [f"{one} {two}" for one, two in pairwise(single)]


@lru_cache(maxsize=512)
def _of_concept(texts: tuple[str, ...], encode: Encode) -> Vectors:
    return encode(texts)
