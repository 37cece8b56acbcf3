"""What people said of rows: labels, and which of them are settled."""

from __future__ import annotations

from collections.abc import Mapping

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


def gold_set(analysis: Analysis) -> dict[int, str]:
    """The gold labels of an analysis by row, rising."""
    return gold_of(*(labels_of(analysis, purpose) for purpose in (Purpose.OWN, Purpose.SECOND, Purpose.SETTLED)))


def eval_set_of(analysis: Analysis) -> EvalSet | None:
    """The rows put aside to judge versions by, where there are any."""
    return EvalSet.objects.filter(analysis=analysis).first()


def without_eval_set(analysis: Analysis, gold: Mapping[int, str]) -> dict[int, str]:
    """The gold labels that a model may learn from: without the rows put aside."""
    aside = eval_set_of(analysis)
    rows = frozenset(aside.rows) if aside else frozenset()
    return {row: label for row, label in gold.items() if row not in rows}


def to_learn_from(analysis: Analysis) -> dict[int, str]:
    """The gold labels of an analysis that a model may learn from."""
    return without_eval_set(analysis, gold_set(analysis))
