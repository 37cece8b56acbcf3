"""What a person says of the rows read by hand."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from segue.shared import clock
from segue.work.lab.models import Analysis, Purpose, RowMark
from segue.work.lab.queries.rows import FAULTS


@transaction.atomic
def mark_row(analysis: Analysis, row: int, kinds: Sequence[str], words: str) -> RowMark:
    """Notes what was found in a row; no kinds: nothing wrong with it. Read again, the later word counts."""
    value = "\n".join(fault.value for fault in FAULTS if fault.value in kinds)
    said = {"value": value, "words": words, "at": clock.now()}
    mark, _ = RowMark.objects.update_or_create(analysis=analysis, purpose=Purpose.WALK, row=row, defaults=said)
    return mark


@transaction.atomic
def unmark_row(analysis: Analysis, row: int) -> bool:
    """Takes back what was said of a row: it is unread again. Whether anything was said."""
    deleted, _ = analysis.marks.filter(purpose=Purpose.WALK, row=row).delete()
    return deleted > 0
