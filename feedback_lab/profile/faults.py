"""Faults of the data: what, how many rows, why it matters, how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from feedback_lab.profile.counting import OTHER, SHORT, Counts
from feedback_lab.records.rows import Ints
from feedback_lab.records.source import Count, Finding

FEW = 5  # rows of a class that nothing can be learnt from
LEAST_ROWS = 50  # from which on ratings and dates have a shape
MOST_STEPS = 11  # of a rating scale


@dataclass(frozen=True)
class Doubles:
    """Row numbers of texts that stood in an earlier row, of all rows, and of those nearly so, of ``sampled`` rows."""

    repeated: Ints
    near: Ints
    sampled: int


def faults(counts: Counts, doubles: Doubles, languages: tuple[Count, ...]) -> Iterator[Finding]:
    """Findings of the whole file. ``languages`` are of a sample."""
    yield from _doubles(counts, doubles)
    yield from _texts(counts)
    yield from _languages(languages)
    yield from _balance(counts)
    yield from _ratings(counts.ratings)
    yield from _dates(counts.days)
    yield from _missing(counts)


def _doubles(counts: Counts, doubles: Doubles) -> Iterator[Finding]:
    repeated, near = len(doubles.repeated), len(doubles.near)
    if repeated >= max(2, 0.01 * counts.rows):
        yield Finding(
            "duplicates",
            "warning" if repeated > 0.1 * counts.rows else "info",
            repeated,
            f"{repeated:,} of {counts.rows:,} texts stood in an earlier row already.",
            "Copies weigh twice in shares. The comparison of models keeps all copies of a text on one side of the split.",
            tuple(doubles.repeated[:5].tolist()),
        )
    if near >= max(2, 0.02 * doubles.sampled):
        yield Finding(
            "near-duplicates",
            "warning" if near > 0.1 * doubles.sampled else "info",
            near,
            f"{near:,} of {doubles.sampled:,} texts looked at are nearly the same as another.",
            "Look for templates, signatures and messages sent twice.",
            tuple(doubles.near[:5].tolist()),
        )


def _texts(counts: Counts) -> Iterator[Finding]:
    if counts.without_words:
        yield Finding(
            "no-words",
            "warning" if counts.without_words > 0.1 * counts.rows else "info",
            counts.without_words,
            f"{counts.without_words:,} of {counts.rows:,} texts hold no letter and no digit, such as emoji only.",
            "They belong to no theme. Count them apart if they matter to you.",
            tuple(counts.examples["no-words"]),
        )
    short = sum(rows for words, rows in counts.words.items() if words < SHORT)
    if short > 0.2 * counts.rows:
        yield Finding(
            "short",
            "warning",
            short,
            f"{short:,} of {counts.rows:,} texts have fewer than {SHORT} words.",
            "Little can be told from them. Ask for more than a word, or analyse the longer ones apart.",
            tuple(counts.examples["short"]),
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
    if total < LEAST_ROWS or not 3 <= len(ratings) <= MOST_STEPS:
        return
    steps = sorted(ratings, key=float)
    share = {step: ratings[step] / total for step in steps}
    best, worst = steps[-1], steps[0]
    if share[best] > 0.4 and share[worst] > share[steps[1]]:
        yield Finding(
            "j-shaped-ratings",
            "info",
            ratings[best] + ratings[worst],
            f"Ratings are J-shaped: {share[best]:.0%} are {best}, {share[worst]:.0%} are {worst}, and fewer lie between.",
            "People who write are often delighted or angry. A mean hides that: look at the shares of each rating.",
        )
        return
    for step, word in ((best, "best"), (worst, "worst")):
        if share[step] > 0.5:
            yield Finding(
                "skewed-ratings",
                "info",
                ratings[step],
                f"{share[step]:.0%} of the ratings are {step}, the {word}.",
                "Ratings of people who chose to write are often like that. The mean says little about those who did not.",
            )


def _dates(dated: Counter[str]) -> Iterator[Finding]:
    total = dated.total()
    if total < LEAST_ROWS:
        return
    day, most = min(dated.items(), key=lambda item: (-item[1], item[0]))
    if most > 0.2 * total:
        which = "All rows with a date are" if most == total else f"{most / total:.0%} of the rows with a date are"
        yield Finding(
            "one-day",
            "warning",
            most,
            f"{which} of {day}.",
            "Often the day of an import, not of the feedback. Ask where the dates come from.",
        )
    yield from _gap(sorted(date.fromisoformat(day) for day in dated))


def _gap(days: list[date]) -> Iterator[Finding]:
    gaps = [((later - earlier).days - 1, earlier, later) for earlier, later in pairwise(days)]
    empty, begin, end = max(gaps, key=lambda gap: (gap[0], gap[1]), default=(0, None, None))
    if begin and end and empty >= max(30, 0.2 * (days[-1] - days[0]).days):
        yield Finding(
            "time-gap",
            "warning",
            0,
            f"No row is dated in the {empty:,} days between {begin.isoformat()} and {end.isoformat()}.",
            "Ask whether feedback was lost or not collected. A comparison over time would be of two different times.",
        )


def _missing(counts: Counts) -> Iterator[Finding]:
    for name, rows in sorted(counts.missing.items()):
        if rows > 0.2 * counts.rows:
            yield Finding(
                f"missing: {name}",
                "info" if name == "label" else "warning",
                rows,
                f"{rows / counts.rows:.0%} of the rows have no {name}.",
                "Find out whether they are missing at random. If not, figures by it describe only some of the rows.",
            )
