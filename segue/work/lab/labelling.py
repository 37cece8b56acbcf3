"""What the library says about labels: the draft of the guide, how far two people agree, and the gold set."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from segue.core.errors import UserError
from segue.evidence.texts import clean_line, clean_text
from segue.work.lab.label_queue import DrawnRow
from segue.work.lab.models import Analysis
from segue.work.lab.queries.marks import UNSURE
from segue.work.lab.reading import result_or_why, spoken

if TYPE_CHECKING:
    from feedback_lab.records.models import Agreement

LEAST_CLASSES, MOST_CLASSES, MOST_LETTERS = 2, 12, 40
LEAST_SHARED = 2  # rows that both labelled, below which the library gives no figure
OTHER = "other"
TO_WRITE = "_write one sentence_"  # the draft of the guide says so for each class
QUOTE = re.compile(r"^\s*> .*\(row ([\d,]+)\)$")
HEADING = re.compile(r"^### (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Agreed:
    """How far two people agree. ``kappa`` is ``None`` where it is not defined; ``pairs``: what one calls so and the other so."""

    n: int
    observed: float
    kappa: float | None
    low: float
    high: float
    pairs: Sequence[tuple[str, str, int]]
    says: str


def agreement_of(first: Mapping[int, str], second: Mapping[int, str]) -> Agreed | None:
    """Agreement on the rows that both labelled; ``None`` where these are too few for a figure."""
    if len(first.keys() & second.keys()) < LEAST_SHARED:
        return None
    from feedback_lab.label import agreement

    with spoken():
        return _agreed(agreement(first, second))


def _agreed(found: Agreement) -> Agreed:
    is_defined = not math.isnan(found.kappa.value)
    kappa = found.kappa.value if is_defined else None
    says = found.says.replace("'", "’").replace("(1 rows)", "(1 row)")
    return Agreed(found.n, found.observed, kappa, found.kappa.low, found.kappa.high, found.disagreements, says)


def sha256_of(gold: Mapping[int, str]) -> str:
    """The hash of a gold set, over its rows and labels; empty without any."""
    from feedback_lab.label import GoldSet

    return GoldSet.of(gold).sha256 if gold else ""


def gold_file(gold: Mapping[int, str]) -> bytes:
    """A gold set as CSV, row numbers and labels, as the library writes and reads it."""
    from feedback_lab.label import GoldSet

    return GoldSet.of(gold).table().encode()


def rows_file(rows: Sequence[DrawnRow]) -> bytes:
    """Rows as CSV with an empty column for the label, as a spreadsheet takes them. Why a row was drawn is left out."""
    from feedback_lab.label import write_queue
    from feedback_lab.records.models import QueueItem

    with spoken(), TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        write_queue(path, [QueueItem(each.row, -1, each.text, "") for each in rows])
        return path.read_bytes()


def labels_in(data: bytes) -> dict[int, str]:
    """Labels by row of a CSV file that somebody filled in. Raises ``UserError`` that names the line."""
    from feedback_lab.label import read_labels

    with spoken(), TemporaryDirectory() as folder:
        path = Path(folder) / "answer.csv"  # names of files may be of any length
        path.write_bytes(data)
        return read_labels(path)


def begun_plan(analysis: Analysis) -> tuple[list[str], str]:
    """Classes and a guide to begin with, from the themes that the run found; nothing where it found none."""
    draft = draft_of(analysis)
    names = [clean_line(name)[:MOST_LETTERS].strip() for name in HEADING.findall(draft)]
    classes = list({name.casefold(): name for name in names if name.casefold() not in (UNSURE, OTHER, "")}.values())
    return [*classes[: MOST_CLASSES - 1], OTHER] if classes else [], draft


def draft_of(analysis: Analysis) -> str:
    """The draft of the guide with the numbers of rows in place of quotes: what customers wrote stays in the folder."""
    from feedback_lab.records.models import LabelResult

    found = result_or_why(analysis, "label", LabelResult)
    return "" if isinstance(found, str) else _without_quotes(clean_text(found.guide))


def _without_quotes(guide: str) -> str:
    lines: list[str] = []
    for line in guide.splitlines():
        quote = QUOTE.match(line)
        if quote and lines[-1].startswith("- Examples: _"):
            lines[-1] = lines[-1].replace("; row ", "; rows ").replace(" tells", f" and {quote[1]} tell")
        elif quote:
            lines[-1] = f"- Examples: _two in your own words; row {quote[1]} tells_"
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def read_classes(text: str) -> list[str]:
    """Classes, one a line. Raises ``UserError`` that names the line."""
    found: dict[str, str] = {}
    for number, line in enumerate(clean_text(text).split("\n"), 1):
        name = clean_line(line)
        if not name:
            continue
        if len(name) > MOST_LETTERS:
            raise UserError(
                f"Line {number} has {len(name)} characters; a class has {MOST_LETTERS} at most.", "Give it a shorter name."
            )
        if name.casefold() == UNSURE:
            raise UserError(f"Line {number}: “{UNSURE}” is always there.", "Leave it out of the list.")
        if name.casefold() in found:
            raise UserError(f"Line {number}: “{name}” is there twice.", "Leave one out.")
        found[name.casefold()] = name
    return _enough(list(found.values()))


def _enough(classes: list[str]) -> list[str]:
    if len(classes) < LEAST_CLASSES:
        raise UserError("There are fewer than two classes.", "Write two at least, one a line.")
    if len(classes) > MOST_CLASSES:
        raise UserError(
            f"There are {len(classes)} classes; nobody keeps more than {MOST_CLASSES} in mind.", "Put some of them together."
        )
    return classes
