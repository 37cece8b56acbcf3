"""The answer of a second labeller, as it comes back: labels by row, under the token of their sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from segue.core.errors import UserError
from segue.evidence.blocks import Sender, line_of, text_of, unpack
from segue.work.lab.queries.marks import UNSURE

LABELLER = Sender("labeller", "answer")
SORT = "labels"
MOST_NOTE = 500
MOST_NAMED = 5  # rows that a message names


@dataclass(frozen=True)
class Said:
    """What a second labeller says of a row."""

    label: str
    words: str = ""


@dataclass(frozen=True)
class Answer:
    """A second labeller’s answer. ``said``: by row, the place of a class on the sheet, and a note."""

    token: str
    name: str
    said: Mapping[int, tuple[int, str]]


def read_answer(text: str) -> Answer:
    """The answer in a message. Raises ``UserError`` where there is none, or it did not arrive whole."""
    document = unpack(text, LABELLER)
    found = document.get("labels")
    if document.get("sort") != SORT or not isinstance(found, list):
        raise UserError("This is the answer to something else than a sheet of labels.", "Import it where its sheet was made.")
    name = line_of(document.get("name"))
    if not name:
        raise UserError("The answer has no name in it.", "Ask for it: an answer without one proves nothing.")
    said: dict[int, tuple[int, str]] = {}
    for each in found:
        row, place, words = _one(each)
        if row in said:
            raise UserError(f"The answer has row {row:,} twice.", LABELLER.again)
        said[row] = (place, words)
    if not said:
        raise UserError("No row in the answer has a label.", "Ask the labeller to choose a label for each text first.")
    return Answer(line_of(document.get("token")), name, said)


def named(answer: Answer, classes: Sequence[str]) -> dict[int, Said]:
    """The answer with the names of the classes. Raises ``UserError`` for a place that the sheet did not offer."""
    offered = [*classes, UNSURE]
    for row, (place, _) in answer.said.items():
        if not 0 <= place < len(offered):
            raise UserError(f"The label of row {row:,} is none that the sheet offers.", LABELLER.again)
    return {row: Said(offered[place], words) for row, (place, words) in answer.said.items()}


def check_rows(said: Mapping[int, object], rows: Sequence[int]) -> None:
    """Raises ``UserError`` that names rows which the sheet does not have."""
    strange = sorted(said.keys() - set(rows))
    if strange:
        shown = ", ".join(f"{row:,}" for row in strange[:MOST_NAMED])
        more = f" and {len(strange) - MOST_NAMED} more" if len(strange) > MOST_NAMED else ""
        words = f"row {shown} is" if len(strange) == 1 else f"rows {shown}{more} are"
        raise UserError(f"The answer does not fit its sheet: {words} not on it.", "Take out what is not on the sheet.")


def _one(each: Any) -> tuple[int, int, str]:
    if not isinstance(each, list) or len(each) != 3 or type(each[0]) is not int or type(each[1]) is not int:
        raise UserError("A label in the answer is not written as a label is.", LABELLER.again)
    return each[0], each[1], text_of(each[2], MOST_NOTE)
