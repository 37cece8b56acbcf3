"""One turn of the loop for a page; without hours there is none yet."""

from __future__ import annotations

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.schedule.queries import turn_of


def turn_or_404(learner: Learner) -> Turn:
    """One turn of the loop. Raises ``Http404`` before the first hour is over."""
    found = turn_of(learner)
    if found is None:
        raise Http404
    return found
