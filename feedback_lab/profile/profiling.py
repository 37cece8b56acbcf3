"""Counts over all rows, the costly looks on a sample, and the faults that both show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from feedback_lab.engines import Engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.languages import languages_of
from feedback_lab.profile.counting import count_part, repeated, total
from feedback_lab.profile.faults import Doubles, faults
from feedback_lab.profile.leaks import leaks
from feedback_lab.profile.reading import rows_to_read
from feedback_lab.profile.resemblance import near_duplicates
from feedback_lab.records.rows import Roles
from feedback_lab.records.source import Count, ProfileResult
from feedback_lab.sampling import sample_rows

SAMPLE = 10_000
LANGUAGE_SAMPLE = 2_000
BANDS = ((0, 5), (6, 10), (11, 20), (21, 50), (51, 100), (101, 200))
SHOWN = 60  # values of a column


def profile(
    parts: Sequence[Path], roles: Roles, engine: Engine, seed: int = 0, on_progress: Callable[[float], None] | None = None
) -> ProfileResult:
    """Count all rows of all parts; look at near duplicates and leaks on ``SAMPLE`` rows, at languages on ``LANGUAGE_SAMPLE``.

    What the parts hold counts; ``roles`` is taken so that all steps are called alike. Raises ``NotEnoughData`` without rows.
    """
    tell = on_progress or (lambda share: None)
    counted = []
    for number, part in enumerate(engine.map(count_part, parts), 1):
        counted.append(part)
        tell(0.7 * number / len(parts))
    sizes, whole = [part.rows for part in counted], total(counted)
    if whole.rows == 0:
        raise NotEnoughData("No row is left to look at.", "See why rows were set aside: feedback-lab profile.")
    sample = sample_rows(parts, sizes, SAMPLE, seed, engine)
    tell(0.8)
    near = sample.number[near_duplicates(sample.texts, seed)]
    tell(0.9)
    languages = _languages(sample.texts, seed)
    again = repeated(whole)
    found = (*faults(whole, Doubles(again, near, len(sample)), languages), *leaks(sample, seed))
    return ProfileResult(
        rows=whole.rows,
        sampled=len(sample),
        empty_texts=whole.without_words,
        duplicates=len(again),
        near_duplicates=len(near),
        languages=languages,
        words=_quantiles(whole.words),
        words_histogram=_histogram(whole.words),
        first_on=min(whole.days, default=None),
        last_on=max(whole.days, default=None),
        by_month=_months(whole.days),
        ratings=_ordered(whole.ratings),
        labels=_frequent(whole.labels),
        segments={name: _frequent(counter) for name, counter in whole.segments.items()},
        missing=dict(sorted(whole.missing.items())),
        findings=tuple(sorted(found, key=lambda finding: ("stop", "warning", "info").index(finding.severity))),
        by_hand=rows_to_read(sample, seed),
    )


def _languages(texts: Sequence[str], seed: int) -> tuple[Count, ...]:
    chosen = np.random.default_rng(seed).permutation(len(texts))[:LANGUAGE_SAMPLE]
    return _frequent(Counter(languages_of([texts[place] for place in chosen])))


def _frequent(counter: Counter[str]) -> tuple[Count, ...]:
    return tuple(Count(value, rows) for value, rows in sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:SHOWN])


def _ordered(counter: Counter[str]) -> tuple[Count, ...]:
    """Ratings from low to high; values that are no numbers at the end."""

    def key(value: str) -> tuple[bool, float]:
        try:
            return False, float(value)
        except ValueError:
            return True, 0.0

    return tuple(Count(value, counter[value]) for value in sorted(counter, key=key)[:SHOWN])


def _months(days: Counter[str]) -> tuple[Count, ...]:
    months: Counter[str] = Counter()
    for day, rows in days.items():
        months[day[:7]] += rows
    return tuple(Count(month, months[month]) for month in sorted(months))


def _quantiles(words: Counter[int]) -> dict[str, float]:
    """Words of a text: the least, the tenth, fiftieth and ninetieth of a hundred, the most."""
    lengths = np.array(sorted(words))
    reached = np.cumsum([words[length] for length in lengths.tolist()])

    def at(share: float) -> float:
        return float(lengths[np.searchsorted(reached, share * reached[-1])])

    return {"min": float(lengths[0]), "p10": at(0.1), "median": at(0.5), "p90": at(0.9), "max": float(lengths[-1])}


def _histogram(words: Counter[int]) -> tuple[Count, ...]:
    bands = [Count(f"{low}-{high}", sum(rows for length, rows in words.items() if low <= length <= high)) for low, high in BANDS]
    return (*bands, Count(f"{BANDS[-1][1] + 1}+", sum(rows for length, rows in words.items() if length > BANDS[-1][1])))
