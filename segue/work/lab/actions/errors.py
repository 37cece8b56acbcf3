"""Why a prediction is wrong, as its reader says it: a reason in free words first, then a kind."""

from __future__ import annotations

from django.db import transaction

from segue.core.errors import UserError
from segue.shared import clock
from segue.work.lab.models import Analysis, Purpose, RowMark


@transaction.atomic
def note_reason(analysis: Analysis, row: int, words: str, about: str) -> None:
    """Keeps the reason in free words; a kind that was chosen before stays, unless it was chosen of another mistake."""
    mark, _ = RowMark.objects.get_or_create(
        analysis=analysis, purpose=Purpose.ERROR, row=row, defaults={"at": clock.now(), "about": about}
    )
    if mark.about != about:
        mark.value, mark.about = "", about
    mark.words, mark.at = words, clock.now()
    mark.save(update_fields=["value", "about", "words", "at"])


@transaction.atomic
def choose_kind(analysis: Analysis, row: int, kind: str, about: str) -> None:
    """Sorts an error into a kind. Raises ``UserError`` where no reason was written before."""
    mark = analysis.marks.filter(purpose=Purpose.ERROR, row=row, about=about).exclude(words="").first()
    if mark is None:
        raise UserError(f"Row {row:,} has no reason yet.", "Write the reason in your own words first, then choose a kind.")
    mark.value, mark.at = kind, clock.now()
    mark.save(update_fields=["value", "at"])


@transaction.atomic
def take_back(analysis: Analysis) -> int:
    """Takes the last step back: the kind that was chosen last, or the reason. The row it was about; 0 where there is none."""
    mark = analysis.marks.filter(purpose=Purpose.ERROR).order_by("-at", "-id").first()
    if mark is None:
        return 0
    if mark.value:
        mark.value = ""
        mark.save(update_fields=["value"])
    else:
        mark.delete()
    return mark.row
