"""Tone of the texts by a lexicon: a baseline to beat, never the result. The step ``sentiment``."""

from __future__ import annotations

import numpy as np

from feedback_lab.engines import Engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.intervals import macro_f1, wilson
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
    against, majority, compared = _check(sample, said, seed)
    return SentimentResult(METHOD, len(said), shares, against, majority, _says(shares, against, majority, compared))


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


def _check(rows: Rows, said: Ints, seed: int) -> tuple[Estimate | None, Estimate | None, str]:
    """Macro-F1 of the lexicon and of the most frequent class against ratings, and how ratings were folded."""
    if rows.ratings is None or int((~np.isnan(rows.ratings)).sum()) < LEAST:
        return None, None, ""
    cuts, folded = rating_cuts(rows.ratings)
    truth = rating_tones(rows.ratings, cuts)
    rated = truth >= 0
    truth, said = truth[rated], said[rated]
    most = np.full_like(truth, np.bincount(truth, minlength=len(TONES)).argmax())
    return macro_f1(truth, said, len(TONES), seed), macro_f1(truth, most, len(TONES), seed), folded


def _says(shares: dict[str, Estimate], against: Estimate | None, majority: Estimate | None, folded: str) -> str:
    n = shares["negative"].n
    counts = ", ".join(f"{share.value:.0%} {tone}" for tone, share in shares.items())
    if against is None or majority is None:
        return (
            f"By the lexicon, {n:,} texts are {counts}. There are too few ratings to check it against, so take this as a rough "
            "first look and read some texts before you quote it."
        )
    verdict = (
        "It says more than that baseline, and still a trained model usually beats it by far: see the comparison of models."
        if against.low > majority.high
        else "It is not shown to say more than that baseline, so don't draw conclusions from it."
    )
    return (
        f"By the lexicon, {n:,} texts are {counts}. Against {against.n:,} ratings its macro-F1 is {against.value:.2f} "
        f"({against.low:.2f} to {against.high:.2f}); always saying the most frequent class gets {majority.value:.2f}. {verdict} "
        f"{folded}"
    )
