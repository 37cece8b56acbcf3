"""The one row of the end of the six months, locked."""

from __future__ import annotations

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.models import Confidentiality
from segue.shared import clock
from segue.work.transition.models import Closing


def locked_closing(learner: Learner) -> Closing:
    """The row of this learner, locked, made where it is not there yet."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    row, _ = Closing.objects.get_or_create(learner=learner, defaults={"saved_at": clock.now()})
    return Closing.objects.select_related("report", "plan", "decided").get(pk=row.pk)


def check_class(confidentiality: str) -> None:
    """Raises ``UserError`` for what is no class."""
    if confidentiality not in Confidentiality.values:
        raise UserError("Say who may see it.", "Go back and choose one of the three.")
