"""Second labellers: a sheet is made, goes out as a file, and what comes back is checked and kept."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction

from segue.core.errors import UserError
from segue.evidence.actions import is_self
from segue.evidence.texts import clean_line
from segue.shared import clock
from segue.work.lab.label_replies import LABELLER, Said, check_rows, named, read_answer
from segue.work.lab.labelling import labels_in
from segue.work.lab.models import Analysis, LabellerSheet, Purpose, RowMark
from segue.work.lab.queries.labels import LEAST_SENT, MOST_SENT, plan_of, to_send
from segue.work.lab.queries.marks import UNSURE, all_labels


@transaction.atomic
def make_sheet(analysis: Analysis, count: int) -> LabellerSheet:
    """A sheet with rows that the learner has labelled, drawn among those that nobody else has seen.

    Raises ``UserError`` where these are too few.
    """
    Analysis.objects.select_for_update().get(pk=analysis.pk)
    plan, rows = plan_of(analysis), to_send(analysis, all_labels(analysis))
    if plan is None or len(rows) < LEAST_SENT:
        raise UserError(
            f"{len(rows)} labelled rows are free for a second labeller; a sheet has {LEAST_SENT} at least.",
            "Label more rows, or take a sheet back that is out.",
        )
    if not LEAST_SENT <= count <= MOST_SENT:
        raise UserError(f"A sheet has {LEAST_SENT} to {MOST_SENT} rows.", "Choose a number in between.")
    token = secrets.token_hex(16)
    chosen = random.Random(token).sample(rows, min(count, len(rows)))
    return LabellerSheet.objects.create(
        analysis=analysis, token=token, rows=chosen, classes=list(plan.classes), made_on=clock.today()
    )


@transaction.atomic
def remove_sheet(sheet: LabellerSheet) -> None:
    """Takes a sheet back that has no answer. Raises ``UserError`` where it has one."""
    row = LabellerSheet.objects.select_for_update().get(pk=sheet.pk)
    if row.replied_at is not None:
        raise UserError("This sheet has its answer, and the answer stays.", "Make another sheet to ask somebody else.")
    row.delete()


@transaction.atomic
def take_block(analysis: Analysis, text: str) -> tuple[LabellerSheet, int]:
    """Keeps the answer in a message: its sheet, and how many labels are new. The same answer twice changes nothing.

    Raises ``UserError`` where it did not arrive whole, is the learner’s own, or answers no sheet of this analysis.
    """
    answer = read_answer(text)
    sheet = LabellerSheet.objects.select_for_update().filter(analysis=analysis, token=answer.token).first()
    if sheet is None:
        raise _no_sheet(analysis, answer.token)
    said = named(answer, sheet.classes)
    marks = sorted((row, each) for row, each in answer.said.items())
    return sheet, _take(sheet, answer.name, said, sha256(repr((answer.name, marks)).encode()).hexdigest())


def _no_sheet(analysis: Analysis, token: str) -> UserError:
    other = LabellerSheet.objects.filter(analysis__learner=analysis.learner, token=token).select_related("analysis").first()
    if other is not None:
        return UserError(
            f"This answer belongs to another analysis, that of “{other.analysis.file_name}”.", "Import it on the labels there."
        )
    return UserError(
        "This answer belongs to no sheet of this analysis.",
        "The sheet may have been taken back, or made on another machine. Make a new one and ask again.",
    )


@transaction.atomic
def take_csv(sheet: LabellerSheet, name: str, data: bytes) -> int:
    """Keeps the answer in a spreadsheet that somebody filled in; how many labels are new.

    Raises ``UserError`` that names the line or the rows that don’t fit.
    """
    name = clean_line(name)
    if not name:
        raise UserError("The name of the labeller is missing.", "Say who filled the sheet in.")
    labels = labels_in(data)
    check_rows(labels, sheet.rows)
    offered = {each.casefold(): each for each in (*sheet.classes, UNSURE)}
    for row, label in labels.items():
        if label.casefold() not in offered:
            raise UserError(
                f"Row {row:,} has the label “{label}”, which is no class of the sheet.",
                f"Write one of: {', '.join(offered.values())}.",
            )
    said = {row: Said(offered[label.casefold()]) for row, label in labels.items()}
    locked = LabellerSheet.objects.select_for_update().get(pk=sheet.pk)
    return _take(locked, name, said, sha256(repr((name, sorted(labels.items()))).encode()).hexdigest())


def _take(sheet: LabellerSheet, name: str, said: Mapping[int, Said], digest: str) -> int:
    """Keeps what was said of the rows of a sheet; how many labels are new."""
    check_rows(said, sheet.rows)
    if is_self(sheet.analysis.learner, name):
        raise UserError("Nobody labels twice as themself.", "Let somebody else label these rows, by themselves.")
    if sheet.reply_sha256 == digest:
        return 0
    if sheet.replied_at is not None:
        raise UserError(
            f"This sheet has been answered already, by {sheet.name}, and the first answer stays.",
            f"Make another sheet to ask another {LABELLER.who}.",
        )
    now = clock.now()
    there = set(sheet.analysis.marks.filter(purpose=Purpose.SECOND).values_list("row", flat=True))
    RowMark.objects.bulk_create(
        RowMark(analysis=sheet.analysis, purpose=Purpose.SECOND, row=row, value=each.label, words=each.words, at=now)
        for row, each in said.items()
        if row not in there
    )
    sheet.name, sheet.reply_sha256, sheet.replied_at = name, digest, now
    sheet.save(update_fields=["name", "reply_sha256", "replied_at"])
    return len(said.keys() - there)
