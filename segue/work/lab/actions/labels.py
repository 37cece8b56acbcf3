"""Labels by hand: how rows are labelled, which ones, what is said of each, and what is settled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from segue.core.errors import UserError
from segue.shared import clock
from segue.work.lab import label_queue as queue
from segue.work.lab.models import Analysis, LabellerSheet, LabelPlan, Purpose, RowMark
from segue.work.lab.queries.labels import plan_of
from segue.work.lab.queries.marks import UNSURE, labels_of

LEAST_DRAWN, MOST_AT_ONCE = 10, 500
LABELS = (Purpose.OWN, Purpose.SECOND, Purpose.SETTLED)


@dataclass(frozen=True)
class Saved:
    """What became of a guide sent to be kept. ``other``: what another window saved in between; then nothing was changed."""

    revision: int
    other: LabelPlan | None = None


@dataclass(frozen=True)
class Labelled:
    """A label that was given. ``before``: the one it takes the place of; ``unseen``: that one came from another window."""

    before: str
    unseen: bool


def _locked(analysis: Analysis) -> Analysis:
    """Two windows one after the other."""
    return Analysis.objects.select_for_update().get(pk=analysis.pk)


@transaction.atomic
def save_plan(analysis: Analysis, classes: Sequence[str], guide: str, revision: int) -> Saved:
    """Keeps classes and guide. Raises ``UserError`` where a class that is in use is missing."""
    _locked(analysis)
    plan = plan_of(analysis) or LabelPlan(analysis=analysis, revision=revision)
    same = plan.classes == list(classes) and plan.guide == guide
    if plan.pk and plan.revision != revision and not same:
        return Saved(revision, plan)
    for gone in (each for each in plan.classes if each not in classes):
        _check_unused(analysis, gone)
    plan.classes, plan.guide, plan.revision, plan.saved_at = list(classes), guide, plan.revision + 1, clock.now()
    plan.save()
    return Saved(plan.revision)


def _check_unused(analysis: Analysis, name: str) -> None:
    used = analysis.marks.filter(purpose__in=LABELS, value=name).values("row").distinct().count()
    if used:
        rows = "1 row has" if used == 1 else f"{used:,} rows have"
        raise UserError(
            f"“{name}” can’t be left out: {rows} this label.",
            "Rename it, or put it together with another class, below.",
        )
    if any(name in sheet.classes for sheet in analysis.labeller_sheets.filter(replied_at=None)):
        raise UserError(
            f"“{name}” can’t be left out: it is on a sheet that a second labeller has.",
            "Wait for their answer, or take the sheet back.",
        )


def _drop_settled(analysis: Analysis) -> None:
    """Where two labels became one there is nothing left to settle; what was settled before would hold unseen."""
    own, second = (labels_of(analysis, purpose) for purpose in (Purpose.OWN, Purpose.SECOND))
    agreed = [row for row, label in own.items() if second.get(row) == label]
    analysis.marks.filter(purpose=Purpose.SETTLED, row__in=agreed).delete()


@transaction.atomic
def rename_class(analysis: Analysis, old: str, new: str, together: bool = False) -> int:
    """Renames a class with all labels of it; how many rows had it. ``together``: puts it into a class that there is.

    Raises ``UserError`` where there is a class of the new name and nobody said that the two belong together.
    """
    row = _locked(analysis)
    plan = plan_of(analysis)
    if plan is None or old not in plan.classes:
        raise UserError(f"There is no class “{old}”.", "Another window may have renamed it. Choose one of the list.")
    there = next((each for each in plan.classes if each.casefold() == new.casefold() and each != old), "")
    if there and not together:
        raise UserError(f"“{there}” is a class already.", "Tick the box to put both together, or choose another name.")
    if there and len(plan.classes) == 2:
        raise UserError("With one class there is nothing left to tell apart.", "Add a class first.")
    name = there or new
    plan.classes = [each if each != old else name for each in plan.classes if not (there and each == old)]
    plan.guide = re.sub(rf"^(#+ +){re.escape(old)}[ ]*$", lambda found: found[1] + name, plan.guide, flags=re.MULTILINE)
    plan.revision, plan.saved_at = plan.revision + 1, clock.now()
    plan.save()
    rows = analysis.marks.filter(purpose=Purpose.OWN, value=old).count()
    analysis.marks.filter(purpose__in=LABELS, value=old).update(value=name)
    if row.settings.get("positive") == old:
        row.settings["positive"] = name
        row.save(update_fields=["settings"])
    if there:
        _drop_settled(analysis)
    for sheet in LabellerSheet.objects.filter(analysis=analysis):
        sheet.classes = [name if each == old else each for each in sheet.classes]
        sheet.save(update_fields=["classes"])
    return rows


@transaction.atomic
def draw_rows(analysis: Analysis, how: str, count: int) -> int:
    """Draws rows to be labelled, none twice; how many. Raises ``UserError`` where there are no more."""
    _locked(analysis)
    ways: dict[str, Callable[..., list[queue.DrawnRow]]] = {queue.RANDOM: queue.random_rows, queue.HARD: queue.hard_rows}
    rows = queue.drawn_rows(analysis)
    if len(rows) + count > queue.MOST_DRAWN:
        raise UserError(f"{len(rows):,} rows are drawn; {queue.MOST_DRAWN:,} is the most.", "Label those first.")
    new = ways[how](analysis, count, {each.row for each in rows})
    if not new and how == queue.HARD:
        raise UserError("All rows that this run finds hard are drawn.", "Run again: the next run names others.")
    if not new:
        raise UserError("All rows are drawn.", "There is nothing more to draw.")
    queue.write_drawn(analysis, [*rows, *new])
    return len(new)


@transaction.atomic
def label_row(analysis: Analysis, row: int, label: str, words: str, was: str) -> Labelled:
    """Says what a row is about. ``was``: the label that the window showed. The last word counts, and the caller says so.

    Raises ``UserError`` for a row that was not drawn, a label that is no class, and where two people’s labels are compared.
    """
    _locked(analysis)
    _check_label(analysis, label)
    mark = analysis.marks.filter(purpose=Purpose.OWN, row=row).first()
    before = mark.value if mark else ""
    if mark is None and row not in {each.row for each in queue.drawn_rows(analysis)}:
        raise UserError(f"Row {row:,} was not drawn.", "Go back to the labels, and on from there.")
    if mark is not None and label != before and _is_compared(analysis, row):
        raise UserError(
            f"Your label of row {row:,} stays “{before}”: the second labeller has said theirs.",
            "Agreement counts what each said alone. Settle the row where both differ.",
        )
    about = {"value": label, "words": words, "at": clock.now()}
    RowMark.objects.update_or_create(analysis=analysis, purpose=Purpose.OWN, row=row, defaults=about)
    return Labelled(before, before not in (was, label))


def _is_compared(analysis: Analysis, row: int) -> bool:
    return analysis.marks.filter(purpose=Purpose.SECOND, row=row).exists()


def _check_label(analysis: Analysis, label: str) -> None:
    plan = plan_of(analysis)
    if plan is None or label not in (*plan.classes, UNSURE):
        raise UserError(f"“{label}” is no class.", "Another window may have renamed it. Load the page again.")


@transaction.atomic
def undo_label(analysis: Analysis) -> RowMark:
    """Takes the last label back; the mark as it was. Raises ``UserError`` where there is none, or it is compared already."""
    _locked(analysis)
    mark = analysis.marks.filter(purpose=Purpose.OWN).order_by("-at", "-id").first()
    if mark is None:
        raise UserError("There is no label to take back.", "Label a row first.")
    if _is_compared(analysis, mark.row):
        raise UserError(
            f"The last label, of row {mark.row:,}, stays: the second labeller has said theirs.", "Settle it where both differ."
        )
    gone = RowMark(row=mark.row, value=mark.value, words=mark.words)
    mark.delete()
    return gone


@transaction.atomic
def settle_row(analysis: Analysis, row: int, label: str, words: str) -> None:
    """Settles a row on which two people differ. Raises ``UserError`` where they don’t, or the label is no class."""
    _locked(analysis)
    _check_label(analysis, label)
    own, second = (labels_of(analysis, purpose).get(row) for purpose in (Purpose.OWN, Purpose.SECOND))
    if own is None or second is None or own == second:
        raise UserError(f"There is no difference on row {row:,}.", "Go back to the labels, and on from there.")
    about = {"value": label, "words": words, "at": clock.now()}
    RowMark.objects.update_or_create(analysis=analysis, purpose=Purpose.SETTLED, row=row, defaults=about)
