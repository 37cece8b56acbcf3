"""Signs that the answer stands in the question: a column or a word that gives the label away."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from feedback_lab.records.rows import Rows
from feedback_lab.records.source import Finding

WORD = re.compile(r"[^\W\d_]{3,}")
GIVEN_AWAY = 0.95  # of rows not looked at before, told right by the column alone
BEYOND = 0.1  # more than always naming the most frequent class gets right
LEAST_ROWS = 20
PRECISION, RECALL = 0.98, 0.5


def leaks(rows: Rows) -> list[Finding]:
    """Suspicions on a sample of rows. The target is the label, else the rating."""
    truth = _truth(rows)
    known = [place for place, value in enumerate(truth) if value is not None]
    if len(known) < 2 * LEAST_ROWS or len({truth[place] for place in known}) < 2:
        return []
    named = [truth[place] or "" for place in known]
    texts = [rows.texts[place].casefold() for place in known]
    found = [_column(name, [values[place] for place in known], named) for name, values in rows.segments.items()]
    found += [_word(texts, named), _own_name(texts, named, rows, known)]
    return [finding for finding in found if finding is not None]


def _truth(rows: Rows) -> Sequence[str | None]:
    if rows.labels is not None:
        return [label or None for label in rows.labels]
    if rows.ratings is not None:
        return [None if np.isnan(rating) else f"{rating:g}" for rating in rows.ratings.tolist()]
    return [None] * len(rows)


def _column(name: str, values: Sequence[str | None], truth: Sequence[str]) -> Finding | None:
    """A column of groups that tells the target by itself: learnt on every other row, tried on the rest."""
    told: dict[str | None, Counter[str]] = defaultdict(Counter)
    for value, answer in zip(values[0::2], truth[0::2], strict=True):
        told[value][answer] += 1
    usual = Counter(truth[0::2]).most_common(1)[0][0]
    guesses = [told[value].most_common(1)[0][0] if told.get(value) else usual for value in values[1::2]]
    share = sum(guess == answer for guess, answer in zip(guesses, truth[1::2], strict=True)) / len(guesses)
    plain = sum(answer == usual for answer in truth[1::2]) / len(guesses)
    if share < GIVEN_AWAY or share < plain + BEYOND:
        return None
    return Finding(
        f"leak:{name}",
        "warning",
        len(values),
        f"The column {name} alone gives the target away: it tells {share:.0%} of {len(guesses):,} rows right.",
        "Ask how the column comes about. If it is filled in after the label, a model must not see it.",
    )


def _word(texts: Sequence[str], truth: Sequence[str]) -> Finding | None:
    """A word that stands in half of a class and hardly anywhere else."""
    sizes = Counter(truth)
    within: dict[str, Counter[str]] = defaultdict(Counter)
    for text, answer in zip(texts, truth, strict=True):
        for word in set(WORD.findall(text)):
            within[word][answer] += 1
    for word, counter in sorted(within.items()):
        answer, hits = counter.most_common(1)[0]
        rare = sizes[answer] <= 0.9 * len(truth)
        if rare and hits >= LEAST_ROWS and hits >= PRECISION * counter.total() and hits >= RECALL * sizes[answer]:
            return Finding(
                "leak:word",
                "warning",
                counter.total(),
                f"The word “{word}” stands in {counter.total():,} texts, and {hits:,} of them are “{answer}”.",
                "If it came with the label, as a template or a tag does, take it out. If it is what people say, it is fine.",
            )
    return None


def _own_name(texts: Sequence[str], truth: Sequence[str], rows: Rows, known: list[int]) -> Finding | None:
    """Texts that hold the name of their own label."""
    if rows.labels is None:
        return None
    names = {answer: answer.casefold().replace("_", " ") for answer in set(truth) if len(answer) >= 4}
    hits = [place for place, (text, answer) in enumerate(zip(texts, truth, strict=True)) if names.get(answer, "\0") in text]
    if len(hits) < max(LEAST_ROWS, RECALL * len(texts)):
        return None
    return Finding(
        "leak:label-name",
        "warning",
        len(hits),
        f"{len(hits) / len(texts):.0%} of the texts looked at hold the name of their own label.",
        "A model may learn to read the name. Check how labels came about, and try it on texts without them.",
        tuple(int(rows.number[known[place]]) for place in hits[:5]),
    )
