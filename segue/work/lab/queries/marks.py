"""What people said of rows: labels, and which of them are settled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from segue.work.lab.folders import held_file
from segue.work.lab.models import Analysis, EvalSet, Purpose, RowMark

UNSURE = "unsure"  # a label that says: the guide must be mended. No model learns it.


def marks_of(analysis: Analysis, purpose: str) -> dict[int, RowMark]:
    """Marks of one purpose by row, in the order in which they were first made."""
    return {mark.row: mark for mark in analysis.marks.filter(purpose=purpose)}


def labels_of(analysis: Analysis, purpose: str) -> dict[int, str]:
    """Labels of one purpose by row, rising."""
    return dict(analysis.marks.filter(purpose=purpose).order_by("row").values_list("row", "value"))


def gold_of(own: Mapping[int, str], second: Mapping[int, str], settled: Mapping[int, str]) -> dict[int, str]:
    """The gold labels: what was settled, else what the one who labelled all says, unless the second labeller says otherwise.

    Rows that are unsure, or on which two differ and nothing is settled, are left out.
    """
    agreed = {row: label for row, label in own.items() if second.get(row, label) == label}
    return {row: label for row, label in sorted({**agreed, **settled}.items()) if label != UNSURE}


@dataclass(frozen=True)
class Labels:
    """What was said of rows, by purpose."""

    own: Mapping[int, str]
    second: Mapping[int, str]
    settled: Mapping[int, str]

    @property
    def gold(self) -> dict[int, str]:
        """The gold set."""
        return gold_of(self.own, self.second, self.settled)

    @property
    def differ(self) -> list[int]:
        """Rows on which two people say different things, rising."""
        return [row for row, label in self.own.items() if self.second.get(row, label) != label]

    @property
    def unsettled(self) -> list[int]:
        """Those on which nothing is settled."""
        return [row for row in self.differ if row not in self.settled]


def all_labels(analysis: Analysis) -> Labels:
    """What was said of rows."""
    return Labels(*(labels_of(analysis, purpose) for purpose in (Purpose.OWN, Purpose.SECOND, Purpose.SETTLED)))


def gold_set(analysis: Analysis) -> dict[int, str]:
    """The gold labels of an analysis by row, rising."""
    return all_labels(analysis).gold


def eval_set_of(analysis: Analysis) -> EvalSet | None:
    """The rows put aside to judge versions by, where there are any."""
    return EvalSet.objects.filter(analysis=analysis).first()


def held_rows(analysis: Analysis, aside: EvalSet | None) -> frozenset[int]:
    """Rows that no model may learn from: those put aside, and all others with the same text."""
    if aside is None:
        return frozenset()
    path = held_file(analysis)
    copies = json.loads(path.read_text("utf-8")) if path.is_file() else []
    return frozenset(aside.rows) | frozenset(copies)


def without_eval_set(analysis: Analysis, gold: Mapping[int, str]) -> dict[int, str]:
    """The gold labels that a model may learn from: without the rows put aside and their copies."""
    rows = held_rows(analysis, eval_set_of(analysis))
    return {row: label for row, label in gold.items() if row not in rows}


def to_learn_from(analysis: Analysis) -> dict[int, str]:
    """The gold labels of an analysis that a model may learn from."""
    return without_eval_set(analysis, gold_set(analysis))
