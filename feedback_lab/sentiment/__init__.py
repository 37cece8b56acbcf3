"""Tone of the texts by a lexicon: a baseline to beat, never the result. The step ``sentiment``."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from feedback_lab.engines import Engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.intervals import kappa, macro_f1, wilson
from feedback_lab.records.figures import Estimate
from feedback_lab.records.findings import SentimentResult
from feedback_lab.records.rows import Ints, Rows, Texts
from feedback_lab.sentiment.tones import TONES, compound_tones, compounds, rating_cuts, rating_tones

__all__ = ["TONES", "compound_tones", "compounds", "rating_cuts", "rating_tones", "sentiment"]

MOST_ROWS = 20_000
PIECE = 2_000  # rows that a worker takes at a time
ENGLISH = 0.7  # share of English texts below which an English lexicon says nothing
LEAST = 20  # rated rows below which no check is worth a figure
METHOD = "VADER (Hutto and Gilbert 2014), a lexicon of English words with rules for negation and emphasis"


def sentiment(rows: Rows, engine: Engine | None = None, seed: int = 0, english_share: float = 1.0) -> SentimentResult:
    """Shares of negative, neutral and positive texts by VADER, checked against ratings where there are any.

    At most ``MOST_ROWS`` rows with a text are scored. ``english_share``: 0-1, as the step ``embed`` found it. Raises
    ``NotEnoughData`` below ``ENGLISH`` and where no row has a text.
    """
    if english_share < ENGLISH:
        raise NotEnoughData(
            f"The lexicon knows English words only, and {english_share:.0%} of the texts looked at are English.",
            "With ratings or labels, the step select trains a model, which works in any language.",
        )
    sample = _sample(rows, seed)
    said = _said(sample.texts, engine)
    shares = {tone: wilson(int((said == at).sum()), len(said)) for at, tone in enumerate(TONES)}
    check = _check(sample, said, seed)
    against, majority = (check.macro_f1, check.majority) if check else (None, None)
    return SentimentResult(METHOD, len(said), shares, against, majority, _says(shares, check))


def _sample(rows: Rows, seed: int) -> Rows:
    spoken = np.array([at for at, text in enumerate(rows.texts) if text.strip()], np.int64)
    if len(spoken) == 0:
        raise NotEnoughData("No row has a text.", "Check the column that was taken for the text.")
    if len(spoken) > MOST_ROWS:
        spoken = np.sort(np.random.default_rng(seed).choice(spoken, MOST_ROWS, replace=False))
    return rows.take(spoken)


def _said(texts: Texts, engine: Engine | None) -> Ints:
    pieces = [texts[begin : begin + PIECE] for begin in range(0, len(texts), PIECE)]
    found = engine.map(compounds, pieces) if engine else map(compounds, pieces)
    return compound_tones(np.concatenate(list(found)))


@dataclass(frozen=True)
class _Check:
    """The lexicon against ratings. ``kappa``: agreement beyond chance. ``folded``: how ratings became classes."""

    macro_f1: Estimate
    majority: Estimate
    kappa: Estimate
    folded: str


def _check(rows: Rows, said: Ints, seed: int) -> _Check | None:
    if rows.ratings is None or int((~np.isnan(rows.ratings)).sum()) < LEAST:
        return None
    cuts, folded = rating_cuts(rows.ratings)
    truth = rating_tones(rows.ratings, cuts)
    truth, said = truth[truth >= 0], said[truth >= 0]
    k = len(TONES)
    most = np.full_like(truth, np.bincount(truth, minlength=k).argmax())
    return _Check(macro_f1(truth, said, k, seed), macro_f1(truth, most, k, seed), kappa(truth, said, k, seed), folded)


def _says(shares: dict[str, Estimate], check: _Check | None) -> str:
    n = shares["negative"].n
    counts = ", ".join(f"{share.value:.0%} {tone}" for tone, share in shares.items())
    if check is None:
        return (
            f"By the lexicon, {n:,} texts are {counts}. There are too few ratings to check it against, so take this as a rough "
            "first look and read some texts before you quote it."
        )
    score = check.macro_f1
    return (
        f"By the lexicon, {n:,} texts are {counts}. Against {score.n:,} ratings its macro-F1 is {score.value:.2f} "
        f"({score.low:.2f} to {score.high:.2f}); always saying the most frequent class gets {check.majority.value:.2f}. "
        f"{_verdict(check)} {check.folded}"
    )


def _verdict(check: _Check) -> str:
    """Macro-F1 above the majority is not enough: guessing by lot gets that too. Agreement must also go beyond chance."""
    if check.macro_f1.low > check.majority.high and check.kappa.low > 0:
        return "It says more than that baseline, and still a trained model usually beats it by far: see the comparison of models."
    return "It is not shown to say more than that baseline or a guess, so don't draw conclusions from it."
