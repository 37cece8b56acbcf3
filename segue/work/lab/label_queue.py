"""Rows that were drawn to be labelled, with their texts: a file of the analysis, since texts stay out of the database."""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from segue.core.errors import UserError
from segue.work.lab import folders
from segue.work.lab.models import Analysis
from segue.work.lab.reading import result_or_why, spoken
from segue.work.lab.rows import parts_of, texts_in

RANDOM, HARD = "random", "hard"
MOST_DRAWN = 2000  # of one analysis; nobody labels more by hand


@dataclass(frozen=True)
class DrawnRow:
    """A row to label. ``drawn``: at random, or because the run finds it hard; then ``why`` says what is hard about it."""

    row: int
    text: str
    drawn: str
    why: str = ""


def drawn_rows(analysis: Analysis) -> list[DrawnRow]:
    """The rows in the order in which they were drawn."""
    path = folders.queue_file(analysis)
    if not path.is_file():
        return []
    try:
        return [DrawnRow(**each) for each in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError) as error:
        raise UserError("The file of the drawn rows is damaged.", "Draw rows anew: labels that there are stay.") from error


def write_drawn(analysis: Analysis, rows: Sequence[DrawnRow]) -> None:
    """Keeps the rows in place of those that there were."""
    from feedback_lab.files import write_json

    path = folders.queue_file(analysis)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with spoken():
        write_json(path, [asdict(each) for each in rows])


def random_rows(analysis: Analysis, count: int, taken: Collection[int]) -> list[DrawnRow]:
    """Rows drawn at random, without those that were taken. The order is drawn once, so that more rows go on from it."""
    texts = _texts(analysis)
    order = sorted(texts)
    random.Random(analysis.token).shuffle(order)
    return [DrawnRow(row, texts[row], RANDOM) for row in order if row not in taken][:count]


def hard_rows(analysis: Analysis, count: int, taken: Collection[int]) -> list[DrawnRow]:
    """Rows that the newest run finds hard, the hardest first, without those that were taken."""
    from feedback_lab.records.models import LabelResult

    found = result_or_why(analysis, "label", LabelResult)
    if isinstance(found, str):
        raise UserError("The run names no hard rows.", found or "Draw rows at random.")
    return [DrawnRow(item.row, item.text, HARD, item.reason) for item in found.queue if item.row not in taken][:count]


def _texts(analysis: Analysis) -> dict[int, str]:
    """The redacted texts of the newest run, by row."""
    with spoken():
        return dict(texts_in(parts_of(folders.run_folder(analysis))))
