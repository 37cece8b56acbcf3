"""Where the decision stands."""

from __future__ import annotations

from dataclasses import dataclass

from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.work.transition.decision import Option, checksum_of, lacking, option_of, text_of, typed_in
from segue.work.transition.models import Closing


@dataclass(frozen=True)
class DecisionPage:
    """The decision as it was typed. ``lacking``: what keeps it from being recorded, in words."""

    chosen: Option | None
    lacking: tuple[str, ...]
    entry: Entry | None
    is_changed: bool


def decision_of(closing: Closing | None) -> dict[str, str]:
    """What was typed, by field; an import may have brought something else."""
    return typed_in(closing.decision) if closing else {}


def decision_page(closing: Closing | None) -> DecisionPage:
    """The decision with its entry."""
    typed = decision_of(closing)
    entry = standing(closing.decided if closing else None)
    is_same = entry is not None and closing is not None and is_newest(closing.decided_id, entry)
    is_same = is_same and closing is not None and closing.recorded.get("decided") == checksum_of(text_of(typed))
    return DecisionPage(option_of(typed), tuple(words for _, words in lacking(typed)), entry, not is_same)
