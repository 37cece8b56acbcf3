"""Words that tell a theme from the others, and names made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from feedback_lab.records.rows import Floats, Ints, Texts
from feedback_lab.sampling import evenly

KEYWORDS = 10
NAME_WORDS = 3
PRIOR = 500.0  # words of the whole file that each group is given beforehand
TEXTS = 10_000  # words are counted in so many texts at most
MOST_CHARACTERS = 2_000  # of one text: a megabyte of one person's words must not name a theme
# A word begins with a letter; digits, apostrophes and hyphens may stand inside.
WORD = r"(?u)\b[^\W\d_][\w'’-]*\w"
PLACEHOLDER = re.compile(r"\[[A-Z]{2,12}\]")


@dataclass(frozen=True)
class WordCounts:
    """Words of at most ``TEXTS`` texts: their places, sparse counts (texts, words), and the words."""

    places: Ints
    counts: Any
    words: list[str]


def count_words(texts: Texts, english: bool) -> WordCounts:
    """Count the words of texts, those in at least two texts where the file is not tiny.

    Without a list of stop words, a word in more than half of the texts is taken for one.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    places = evenly(len(texts), TEXTS)
    clean = [PLACEHOLDER.sub(" ", texts[place][:MOST_CHARACTERS]) for place in places.tolist()]
    many = len(clean) >= 50
    counter = CountVectorizer(
        token_pattern=WORD,
        stop_words=_stop_words() if english else None,
        min_df=2 if many else 1,
        max_df=0.5 if many and not english else 1.0,
        max_features=20_000,
    )
    try:
        counts = counter.fit_transform(clean)
    except ValueError:  # no word is left: emoji, numbers, or stop words only
        return WordCounts(places, None, [])
    return WordCounts(places, counts, counter.get_feature_names_out().tolist())


def keywords(counted: WordCounts, groups: Ints, count: int) -> list[tuple[str, ...]]:
    """For each of ``count`` groups its words, the most telling first. ``groups``: (n,), -1 for a text in none.

    A word tells by how much more it is used in the group than outside; c-TF-IDF was tried, and named half the groups "love,
    great".
    """
    if not counted.words:
        return [()] * count
    of_counted = groups[counted.places]
    used = np.flatnonzero(of_counted >= 0)
    scores = _distinctive(counted.counts[used], of_counted[used], count)
    return [_best(scores[group], counted.words) for group in range(count)]


# Words that the usual list throws out, and that feedback is about.
TELLING = """
amount bill bottom call cant computer cry describe detail empty find fire front full interest keep made mine move part serious
show side sincere system thick thin top
"""
CONTRACTIONS = """
can't couldn't didn't doesn't don't hasn't haven't i'd i'll i'm i've isn't it's that's there's they're wasn't weren't won't
wouldn't you're you've
"""


def _stop_words() -> list[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    contractions = {*CONTRACTIONS.split(), *CONTRACTIONS.replace("'", "’").split()}
    return sorted((ENGLISH_STOP_WORDS - set(TELLING.split())) | contractions)


def _distinctive(counts: Any, groups: Ints, count: int) -> Floats:
    """z-scores (groups, words) of the log-odds of each word in its group against all other groups.

    The words of the whole file are the prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"), so words that every group uses
    a lot get no say, and rare flukes neither. A group that is all there is has its counts instead.
    """
    from scipy import sparse

    member = sparse.csr_matrix((np.ones(len(groups)), (groups, np.arange(len(groups)))), shape=(count, len(groups)))
    within = np.asarray((member @ counts).todense(), np.float64)
    overall = within.sum(0)
    prior = overall / max(overall.sum(), 1) * PRIOR + 1e-2
    inside, outside = within + prior, overall - within + prior
    total_in, total_out = inside.sum(1, keepdims=True), outside.sum(1, keepdims=True)
    # Where there is one word only, nothing is left beside it.
    odds = np.log(inside / np.maximum(total_in - inside, 1e-2)) - np.log(outside / np.maximum(total_out - outside, 1e-2))
    scores = np.where(within > 0, odds / np.sqrt(1 / inside + 1 / outside), 0)
    alone = within.sum(1, keepdims=True) == overall.sum()
    return np.asarray(np.where(alone, within, scores))


def _best(scores: Floats, words: list[str]) -> tuple[str, ...]:
    chosen: list[str] = []
    # Equal scores: alphabetical, which is how the words stand.
    for place in np.argsort(-scores, kind="stable")[: 6 * KEYWORDS]:
        if scores[place] > 0 and not any(_alike(words[place], word) for word in chosen):
            chosen.append(words[place])
    return tuple(chosen[:KEYWORDS])


def _alike(one: str, other: str) -> bool:
    """Whether a word adds nothing to one that is there: its plural, or a part of it."""
    short, long = sorted((one, other), key=len)
    return (long.startswith(short) and len(long) - len(short) <= 2) or short in long.split("-")


def name_of(words: tuple[str, ...], number: int) -> str:
    """A name for people: the most telling words, or a number where there are none."""
    return ", ".join(words[:NAME_WORDS]) if words else f"Theme {number + 1}"
