"""The past played again: what drift would have said, period by period."""

from __future__ import annotations

import numpy as np

from feedback_lab.drift.comparison import LEAST, Encoder, Outlook, compare, oldest_first
from feedback_lab.drift.inputs import Languages
from feedback_lab.drift.scoring import Train, Truth, known_truth, train_champion
from feedback_lab.drift.triggers import DEFAULT, Triggers
from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.records.models import DriftResult
from feedback_lab.records.rows import Roles, Rows


def replay(
    rows: Rows,
    roles: Roles,
    encoder: Encoder,
    train: Train | None,
    periods: int = 6,
    split_by: str = "time",
    seed: int = 0,
    triggers: Triggers = DEFAULT,
    *,
    truth: Truth = known_truth,
    languages: Languages | None = None,
) -> tuple[DriftResult, ...]:
    """Rows in ``periods`` runs of equal size, oldest first; the later ones against the first, on which a champion is trained.

    ``split_by``: time (rows without one are left out) or order. Raises ``NotEnoughData`` where a period has fewer than
    ``LEAST`` rows.
    """
    if split_by not in {"time", "order"}:
        raise LabError(f"Rows can't be replayed by “{split_by}”.", "Replay by time or by order.")
    if periods < 2:
        raise LabError(f"{periods} periods leave nothing to compare.", "Give 2 or more.")
    ordered = _ordered(rows, split_by)
    if len(ordered) // periods < LEAST:
        raise NotEnoughData(
            f"{len(ordered):,} rows in {periods} periods are fewer than {LEAST} a period.",
            "Give fewer periods, or use more rows.",
        )
    parts = [ordered.take(places) for places in np.array_split(np.arange(len(ordered)), periods)]
    outlook = Outlook(roles, encoder, split_by, seed, triggers, train, truth, languages)
    champion = train_champion(parts[0], train, truth, seed) if train is not None else None
    return tuple(compare(parts[0], part, outlook, champion).result for part in parts[1:])


def _ordered(rows: Rows, split_by: str) -> Rows:
    if split_by == "order":
        return oldest_first(rows, "order")
    if rows.times is None or np.isnat(rows.times).all():
        raise NotEnoughData("No row has a time.", "Name the column with the time, or replay by order.")
    timed = rows.take(~np.isnat(rows.times))
    return oldest_first(timed, "time")
