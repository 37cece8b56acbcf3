"""Signs that the answer stands in the question: a column or a word that gives the label or the rating away."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from feedback_lab.records.rows import Rows, Values
from feedback_lab.records.source import Finding

WORD = re.compile(r"[^\W\d_]{3,}")
GIVEN_AWAY = 0.9  # of the rows that the most frequent class misses, told right by the column alone (Goodman and Kruskal's lambda)
LEAST_ROWS = 20
PRECISION, RECALL = 0.98, 0.5
LARGE_CLASS, LARGEST_CLASS = 0.1, 0.9  # share of the rows; in a larger class any common word is precise
NAMED = 0.2  # share of the texts that hold the name of their own label
WORDS_SHOWN = 3


@dataclass(frozen=True)
class _Sample:
    """Rows whose target is known, in an order of chance. ``column`` is label or rating."""

    column: str
    rows: Rows
    truth: Sequence[str]

    @property
    def texts(self) -> list[str]:
        return [text.casefold() for text in self.rows.texts]


def leaks(rows: Rows, seed: int = 0) -> list[Finding]:
    """Suspicions about the label and the rating, on a sample of rows."""
    order = np.random.default_rng(seed).permutation(len(rows))
    found: list[Finding] = []
    for column, values in (("label", rows.labels), ("rating", _as_text(rows))):
        known = [place for place in order.tolist() if values and values[place]]
        truth = [values[place] or "" for place in known] if values else []
        if len(known) >= 2 * LEAST_ROWS and len(set(truth)) > 1:
            found += _suspicions(_Sample(column, rows.take(np.array(known)), truth))
    return found


def _as_text(rows: Rows) -> Values | None:
    if rows.ratings is None:
        return None
    return [None if np.isnan(rating) else f"{rating:g}" for rating in rows.ratings.tolist()]


def _suspicions(sample: _Sample) -> Iterator[Finding]:
    for name, values in sample.rows.segments.items():
        yield from _column(name, values, sample)
    yield from _words(sample)
    if sample.column == "label":
        yield from _own_name(sample)


def _column(name: str, values: Values, sample: _Sample) -> Iterator[Finding]:
    """A column of groups that tells the target by itself: learnt on half of the rows, tried on the other half."""
    told: dict[str | None, Counter[str]] = defaultdict(Counter)
    for value, answer in zip(values[0::2], sample.truth[0::2], strict=True):
        told[value][answer] += 1
    usual = _most(Counter(sample.truth[0::2]))
    tried = list(zip(values[1::2], sample.truth[1::2], strict=True))
    right = sum((_most(told[value]) if value in told else usual) == answer for value, answer in tried)
    unusual = sum(answer != usual for _, answer in tried)
    if unusual < LEAST_ROWS // 2 or right - (len(tried) - unusual) < GIVEN_AWAY * unusual:
        return
    yield Finding(
        f"leak: {name}",
        "warning",
        len(values),
        f"The column {name} alone gives the {sample.column} away: learnt on half of the rows looked at, it tells "
        f"{right / len(tried):.0%} of the other {len(tried):,} right.",
        "Ask how the column comes about. If it is filled in after the fact, a model must not see it.",
    )


def _most(counter: Counter[str]) -> str:
    """The most frequent value, the first by name among equals."""
    return min(counter, key=lambda value: (-counter[value], value))


def _words(sample: _Sample) -> Iterator[Finding]:
    """Words that stand in half of a class and hardly anywhere else."""
    sizes, within = Counter(sample.truth), _classes_of_words(sample)
    best = _best_words(sizes, within)
    if not best:
        return
    shown = ", ".join(
        f"“{word}” ({hits:,} of {within[word].total():,} texts with it are “{answer}”)"
        for hits, word, answer in best[:WORDS_SHOWN]
    )
    more = f", and {len(best) - WORDS_SHOWN} more" if len(best) > WORDS_SHOWN else ""
    yield Finding(
        f"leak: words of the {sample.column}",
        "warning" if any(sizes[answer] >= LARGE_CLASS * len(sample.truth) for _, _, answer in best) else "info",
        sum(hits for hits, _, _ in best),
        f"Single words give a class away: {shown}{more}.",
        "A template or a tag that came with the label must be taken out. What people say by themselves is fine.",
    )


def _best_words(sizes: Counter[str], within: dict[str, Counter[str]]) -> list[tuple[int, str, str]]:
    """Rows, word and class: the best word of each class that has one, most rows first."""
    rows = sizes.total()
    best: dict[str, tuple[int, str, str]] = {}
    for word in sorted(within):
        answer = _most(within[word])
        hits = within[word][answer]
        least = max(LEAST_ROWS, PRECISION * within[word].total(), RECALL * sizes[answer])
        if hits >= least and sizes[answer] <= LARGEST_CLASS * rows and hits > best.get(answer, (0,))[0]:
            best[answer] = (hits, word, answer)
    return sorted(best.values(), key=lambda item: (-item[0], item[1]))


def _classes_of_words(sample: _Sample) -> dict[str, Counter[str]]:
    within: dict[str, Counter[str]] = defaultdict(Counter)
    for text, answer in zip(sample.texts, sample.truth, strict=True):
        for word in set(WORD.findall(text)):
            within[word][answer] += 1
    return within


def _own_name(sample: _Sample) -> Iterator[Finding]:
    """Texts that hold the name of their own label."""
    names = {answer: _pattern(answer) for answer in set(sample.truth) if len(answer) >= 4}
    pairs = enumerate(zip(sample.texts, sample.truth, strict=True))
    hits = [place for place, (text, answer) in pairs if answer in names and names[answer].search(text)]
    if len(hits) < max(LEAST_ROWS, NAMED * len(sample.truth)):
        return
    yield Finding(
        "leak: name of the label",
        "warning",
        len(hits),
        f"{len(hits) / len(sample.truth):.0%} of the texts looked at hold the name of their own label.",
        "A model may learn to read the name. Check how labels came about, and try it on texts without them.",
        tuple(sorted(sample.rows.number[hits].tolist())[:5]),
    )


def _pattern(label: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in re.split(r"[\W_]+", label.casefold()) if word]
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(words) + r"(?!\w)" if words else r"(?!)")
