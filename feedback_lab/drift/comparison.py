"""The step ``drift``: new rows against reference rows, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from feedback_lab.drift.inputs import Languages, input_shifts, sample, shift
from feedback_lab.drift.psi import psi
from feedback_lab.drift.scoring import (
    Champion,
    Contest,
    Model,
    Train,
    Truth,
    contest,
    known_truth,
    score,
    train_champion,
)
from feedback_lab.drift.separation import separation
from feedback_lab.drift.triggers import DEFAULT, Figures, Triggers, fired, recommend
from feedback_lab.errors import NotEnoughData
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import DriftResult, InputShift
from feedback_lab.records.rows import Ints, Roles, Rows, Texts, Vectors

LEAST = 30
SAMPLE = 5_000


class Encoder(Protocol):
    """Anything that turns texts into vectors."""

    def transform(self, texts: Texts) -> Vectors:
        """Vectors, float32 (n, d)."""
        ...


@dataclass(frozen=True)
class Drift:
    """The result, and the challenger where one was trained."""

    result: DriftResult
    challenger: Model | None = None


@dataclass(frozen=True)
class Outlook:
    """How to compare, apart from the rows: one for all periods of a replay.

    ``train`` makes a model of rows, or raises ``NotEnoughData``. ``truth`` gives the known class of each row. ``languages``
    tells the language of texts.
    """

    roles: Roles
    encoder: Encoder
    split_by: str = "time"
    seed: int = 0
    triggers: Triggers = DEFAULT
    train: Train | None = None
    truth: Truth = known_truth
    languages: Languages | None = None


def drift(
    reference: Rows,
    new: Rows,
    roles: Roles,
    encoder: Encoder,
    model: Model | None = None,
    split_by: str = "time",
    seed: int = 0,
    triggers: Triggers = DEFAULT,
    *,
    train: Train | None = None,
    champion_reference: Estimate | None = None,
    themes: tuple[Ints, Ints] | None = None,
    truth: Truth = known_truth,
    languages: Languages | None = None,
) -> Drift:
    """Compare new rows with reference rows.

    ``model``: the model in use, which must not have seen the new rows; ``champion_reference``: its macro-F1 on test rows of
    its own time. Without a model but with ``train``, one is trained on four fifths of the reference and scored on the rest.
    With ``train`` and known classes a challenger is trained on the champion's rows and the older half of the new ones, and
    both are scored on the newer half. ``truth(rows, classes)`` gives the known class of each row, such as by
    ``select.classes_of``; the default takes labels, or ratings from 1 to 5. ``split_by``: time, order or file, for the record;
    with time the new rows are put in the order of their times. ``themes``: theme ids of the reference (n,) and the new rows
    (m,). ``languages`` tells the language of each text. Raises ``NotEnoughData`` below ``LEAST`` rows a side.
    """
    outlook = Outlook(roles, encoder, split_by, seed, triggers, train, truth, languages)
    _check(reference, new)
    if model is not None:
        return compare(reference, new, outlook, Champion(model, champion_reference, reference), themes)
    champion = train_champion(reference, train, truth, seed) if train is not None else None
    return compare(reference, new, outlook, champion, themes)


def _check(reference: Rows, new: Rows) -> None:
    if min(len(reference), len(new)) < LEAST:
        raise NotEnoughData(
            f"There are {len(reference):,} rows to compare with and {len(new):,} new ones.",
            f"Drift needs at least {LEAST} of each.",
        )


def compare(
    reference: Rows, new: Rows, outlook: Outlook, champion: Champion | None, themes: tuple[Ints, Ints] | None = None
) -> Drift:
    """New rows against reference rows with a champion that is there already."""
    seed = outlook.seed
    inputs = input_shifts(reference, new, outlook.roles, themes, outlook.languages, seed)
    some = [[rows.texts[at] for at in sample(len(rows), SAMPLE, seed)] for rows in (reference, new)]
    before, after = (outlook.encoder.transform(texts) for texts in some)
    auc = separation(before, after, seed)
    predictions = _predictions(champion.model, *some) if champion else None
    duel = _contest(new, outlook, champion)
    champion_new = duel.champion_new if duel else _champion_new(champion, new, outlook)
    difference = duel.difference if duel else None
    figures = Figures(inputs, predictions, auc, champion.reference if champion else None, champion_new, difference)
    recommendation, reason = recommend(figures, outlook.triggers)
    result = DriftResult(
        reference_n=len(reference),
        new_n=len(new),
        split_by=outlook.split_by,
        inputs=inputs,
        auc=auc,
        predictions_psi=predictions.psi if predictions else None,
        champion_reference=figures.reference,
        champion_new=champion_new,
        challenger_new=duel.challenger_new if duel else None,
        difference=difference,
        fired=fired(figures, outlook.triggers),
        recommendation=recommendation,
        reason=reason,
    )
    return Drift(result, duel.challenger if duel else None)


def _predictions(model: Model, reference: Texts, new: Texts) -> InputShift:
    counts = (np.bincount(model.predict(texts)[0], minlength=len(model.classes)).astype(np.int64) for texts in (reference, new))
    return shift("predictions", psi(*counts))


def _champion_new(champion: Champion | None, new: Rows, outlook: Outlook) -> Estimate | None:
    return None if champion is None else score(champion.model, champion.rows, new, outlook.truth, outlook.seed)


def _contest(new: Rows, outlook: Outlook, champion: Champion | None) -> Contest | None:
    if champion is None or outlook.train is None:
        return None
    return contest(champion, oldest_first(new, outlook.split_by), outlook.train, outlook.truth, outlook.seed)


def oldest_first(rows: Rows, split_by: str) -> Rows:
    """Rows by time where ``split_by`` says so and there are times (rows without one first), else by number."""
    if split_by == "time" and rows.times is not None:
        # NaT would be sorted to the end, among the newest.
        moments = np.where(np.isnat(rows.times), np.iinfo(np.int64).min, rows.times.astype("datetime64[s]").astype(np.int64))
        return rows.take(np.lexsort((rows.number, moments)))
    return rows.take(np.argsort(rows.number, kind="stable"))
