"""Rows cut into an older part to compare with and a newer part to look at."""

from __future__ import annotations

import re

import numpy as np

from feedback_lab.drift.comparison import LEAST, oldest_first
from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.records.rows import Bools, Rows


def split_rows(rows: Rows, by: str = "time", share: float = 0.7) -> tuple[Rows, Rows]:
    """Reference and new rows: about ``share`` (0-1) of the rows are the reference.

    ``by``: ``time`` (rows of one moment stay together; rows without a time are left out), ``order`` (the numbers of the rows),
    or a segment column (values in their order, numbers as numbers; the last values are new; rows without a value are left out).
    Raises ``NotEnoughData`` where the rows can't be cut so, ``LabError`` for a column or a share that does not exist.
    """
    if not 0 < share < 1:
        raise LabError(f"A share of {share:g} leaves one side empty.", "Give a number between 0 and 1, such as 0.7.")
    if by == "time":
        reference = _by_time(rows, share)
    elif by == "order":
        order = np.argsort(np.argsort(rows.number, kind="stable"), kind="stable")
        reference = (order < round(len(rows) * share), order >= round(len(rows) * share))
    else:
        reference = _by_column(rows, by, share)
    older, newer = (oldest_first(rows.take(side), by) for side in reference)
    if min(len(older), len(newer)) < LEAST:
        raise NotEnoughData(
            f"Split by {by}, there are {len(older):,} older and {len(newer):,} newer rows.",
            f"Drift needs at least {LEAST} of each: use more rows, or another way to split.",
        )
    return older, newer


def _by_time(rows: Rows, share: float) -> tuple[Bools, Bools]:
    if rows.times is None or np.isnat(rows.times).all():
        raise NotEnoughData("No row has a time.", "Name the column with the time, or split by order or by a column.")
    known = ~np.isnat(rows.times)
    moments = np.sort(rows.times[known])
    cut = moments[min(round(len(moments) * share), len(moments) - 1)]
    # Rows of the moment at the cut are new, unless that leaves nothing to compare with.
    if cut == moments[0]:
        later = moments[moments > cut]
        if not len(later):
            raise NotEnoughData("All rows have the same time.", "Split by order or by a column.")
        cut = later[0]
    return known & (rows.times < cut), known & (rows.times >= cut)


def _by_column(rows: Rows, column: str, share: float) -> tuple[Bools, Bools]:
    if column not in rows.segments:
        known = ", ".join(["time", "order", *rows.segments])
        raise LabError(
            f"There is no column “{column}” to split by.", f"Choose one of: {known}. Give the column the role of a segment."
        )
    values = rows.segments[column]
    ordered = sorted({value for value in values if value is not None}, key=_natural)
    if len(ordered) < 2:
        raise NotEnoughData(f"The column “{column}” has fewer than two values.", "Split by order or by another column.")
    rank = {value: at for at, value in enumerate(ordered)}
    places = np.array([-1 if value is None else rank[value] for value in values], dtype=np.int64)
    upto = np.bincount(places[places >= 0], minlength=len(ordered)).cumsum() / (places >= 0).sum()
    # The cut between two values that comes nearest to the share.
    last = int(np.argmin(np.abs(upto[:-1] - share)))
    return (places >= 0) & (places <= last), places > last


def _natural(value: str) -> list[tuple[int, int, str]]:
    """Sorts v2 before v10."""
    return [(0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in re.split(r"(\d+)", value) if piece]
