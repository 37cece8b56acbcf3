"""Faults of the data: what, how many rows, why it matters, how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from feedback_lab.profile.counting import OTHER, Counts
from feedback_lab.records.source import Count, Finding

FEW = 5  # rows of a class that nothing can be learnt from
SHORT = 3  # words


def faults(
    counts: Counts, repeated: tuple[int, ...], near: tuple[int, ...], sampled: int, languages: tuple[Count, ...]
) -> Iterator[Finding]:
    """Findings of the whole file. ``repeated`` and ``near`` are row numbers; ``near`` and ``languages`` are of a sample."""
    yield from _texts(counts, repeated, near, sampled)
    yield from _languages(languages)
    yield from _balance(counts)
    yield from _ratings(counts.ratings)
    yield from _dates(counts)
    yield from _missing(counts)


def _texts(counts: Counts, repeated: tuple[int, ...], near: tuple[int, ...], sampled: int) -> Iterator[Finding]:
    if len(repeated) >= max(2, 0.01 * counts.rows):
        yield Finding(
            "duplicates",
            "warning" if len(repeated) > 0.1 * counts.rows else "info",
            len(repeated),
            f"{len(repeated):,} of {counts.rows:,} texts stood in an earlier row already.",
            "Copies weigh twice in shares. The comparison of models keeps all copies of a text on one side of the split.",
            repeated[:5],
        )
    if len(near) >= max(2, 0.02 * sampled):
        yield Finding(
            "near-duplicates",
            "info",
            len(near),
            f"{len(near):,} of {sampled:,} texts looked at are nearly the same as another.",
            "Look for templates, signatures and messages sent twice.",
            near[:5],
        )
    if counts.without_words:
        yield Finding(
            "no-words",
            "info",
            counts.without_words,
            f"{counts.without_words:,} texts hold no letter and no digit, such as emoji only.",
            "They belong to no theme. Count them apart if they matter to you.",
        )
    short = sum(rows for words, rows in counts.words.items() if words < SHORT)
    if short > 0.2 * counts.rows:
        yield Finding(
            "short",
            "warning",
            short,
            f"{short:,} of {counts.rows:,} texts have fewer than {SHORT} words.",
            "Little can be told from them. Ask for more than a word, or analyse the longer ones apart.",
        )


def _languages(languages: tuple[Count, ...]) -> Iterator[Finding]:
    known = [language for language in languages if language.value != "und"]
    total = sum(language.rows for language in known)
    others = sum(language.rows for language in known[1:])
    if total and others > 0.05 * total:
        names = ", ".join(f"{language.value} {language.rows / total:.0%}" for language in known[:5])
        yield Finding(
            "languages",
            "warning",
            others,
            f"The texts are in several languages: {names}.",
            "Themes may follow the language. Analyse each language by itself, or translate first.",
        )


def _balance(counts: Counts) -> Iterator[Finding]:
    classes = {name: rows for name, rows in counts.labels.items() if name != OTHER}
    if not classes:
        return
    name, most = max(classes.items(), key=lambda item: (item[1], item[0]))
    total = sum(counts.labels.values())
    if most > 0.8 * total and len(classes) > 1:
        yield Finding(
            "imbalance",
            "warning",
            most,
            f"{most / total:.0%} of the labels are “{name}”.",
            "Accuracy misleads here: always saying it is right that often. Look at macro-F1 and at each class.",
        )
    if len(classes) == 1:
        yield Finding(
            "one-class",
            "warning",
            most,
            f"All labels are “{name}”.",
            "There is nothing to tell apart. Label another kind of rows too.",
        )
    few = sorted(name for name, rows in classes.items() if rows < FEW)
    if few:
        names = ", ".join(few[:5]) + (" and others" if len(few) > 5 else "")
        yield Finding(
            "small-classes",
            "warning",
            sum(classes[name] for name in few),
            f"{len(few)} of {len(classes)} classes have fewer than {FEW} rows: {names}.",
            "A model can't learn them. Merge them with a neighbour, or label more.",
        )


def _ratings(ratings: Counter[str]) -> Iterator[Finding]:
    total = ratings.total()
    if total < 50 or len(ratings) < 3:
        return
    values = sorted(ratings, key=float) if OTHER not in ratings else []
    if values and ratings[values[-1]] > 0.5 * total:
        yield Finding(
            "skewed-ratings",
            "info",
            ratings[values[-1]],
            f"{ratings[values[-1]] / total:.0%} of the ratings are {values[-1]}, the best.",
            "Ratings of people who chose to write are often like that. The mean says little about customers who did not.",
        )


def _dates(counts: Counts) -> Iterator[Finding]:
    dated = counts.days.total()
    if dated < 50:
        return
    day, most = max(counts.days.items(), key=lambda item: (item[1], item[0]))
    if most > 0.2 * dated and len(counts.days) > 1:
        yield Finding(
            "one-day",
            "warning",
            most,
            f"{most / dated:.0%} of the rows with a date are of {day}.",
            "Often the day of an import, not of the feedback. Ask where the dates come from.",
        )
    days = sorted(date.fromisoformat(day) for day in counts.days)
    if len(days) == 1:
        return
    gap, begin = max(((later - earlier).days, earlier) for earlier, later in pairwise(days))
    span = (days[-1] - days[0]).days
    if gap > max(30, 0.2 * span):
        yield Finding(
            "time-gap",
            "warning",
            0,
            f"Between {begin.isoformat()} and {gap} days later there is no row.",
            "Ask whether feedback was lost or not collected. A comparison over time would be of two different times.",
        )


def _missing(counts: Counts) -> Iterator[Finding]:
    for name, rows in sorted(counts.missing.items()):
        if rows > 0.2 * counts.rows:
            yield Finding(
                f"missing:{name}",
                "info" if name == "label" else "warning",
                rows,
                f"{rows / counts.rows:.0%} of the rows have no {name}.",
                "Find out whether they are missing at random. If not, figures by it describe only some of the rows.",
            )
