"""Labels by hand: what to label next, by what guide, how far two people agree, and the gold set. The step ``label``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback_lab.errors import NotEnoughData
from feedback_lab.label.agreeing import adjudicate, agreement
from feedback_lab.label.files import read_labels, write_queue
from feedback_lab.label.gold import GoldSet
from feedback_lab.label.guiding import guide
from feedback_lab.label.queueing import queue
from feedback_lab.records.findings import Theme
from feedback_lab.records.models import Agreement, LabelResult
from feedback_lab.records.rows import Ints, Rows, Vectors

__all__ = ["GoldSet", "adjudicate", "agreement", "guide", "label", "queue", "read_labels", "write_queue"]


def label(
    rows: Rows,
    assignments: Ints,
    vectors: Vectors,
    themes: Sequence[Theme],
    labels: Sequence[Mapping[int, str]] = (),
    seed: int = 0,
) -> LabelResult:
    """What to label next on a sample of rows, the draft of the guide, and what ``labels`` of one or two labellers amount to.

    ``assignments``: (n,), broad theme of each row. ``vectors``: (n, d). Raises ``NotEnoughData`` without rows.
    """
    if len(rows) == 0:
        raise NotEnoughData("There is no row to label.")
    already = {row: text for each in labels for row, text in each.items()}
    items = queue(rows, themes, assignments, vectors, already, seed)
    both = agreement(labels[0], labels[1], seed) if len(labels) == 2 else None
    settled = adjudicate(labels[0], labels[1]) if len(labels) == 2 else already
    gold = GoldSet.of(settled).sha256 if settled else None
    return LabelResult(items, guide(themes), len(already), both, gold, _says(len(items), len(already), both))


def _says(queued: int, labelled: int, both: Agreement | None) -> str:
    if both is not None:
        return both.says
    if labelled:
        return (
            f"{labelled:,} rows are labelled by hand. {queued:,} more would teach most; let a second person label the same rows."
        )
    return f"No row is labelled by hand. {queued:,} rows would teach most: some of each theme, the doubtful ones first."
