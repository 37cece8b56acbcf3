"""What a person still has to write before the model card and the datasheet are whole."""

from __future__ import annotations

from collections.abc import Mapping

from feedback_lab.card.blocks import Gap, gaps_in
from feedback_lab.card.datasheet import datasheet
from feedback_lab.card.model_card import model_card
from feedback_lab.card.view import RunView

NONE: Mapping[str, str] = {}


def gaps(run: RunView, notes: Mapping[str, str] = NONE) -> tuple[Gap, ...]:
    """Questions without an answer, those of the model card first. Raises ``LabError`` for a note that answers nothing."""
    sections = (*model_card(run, notes).sections, *datasheet(run, notes).sections)
    return tuple({gap.key: gap for gap in gaps_in(sections)}.values())
