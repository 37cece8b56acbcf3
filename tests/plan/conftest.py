"""Priya and her plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.schedule.models import Choice, Hours, TimeOff
from segue.schedule.queries import turn_of
from segue.shared import clock


@pytest.fixture
def turn(priya: Learner) -> Callable[[], Turn]:
    """Priya's plan as it is when this is called. It is computed anew only where something changed that it follows from."""
    known: dict[str, Turn] = {}

    def now() -> Turn:
        learner = Learner.objects.get(pk=priya.pk)
        rows = [list(model.objects.filter(learner=learner).values_list()) for model in (Hours, TimeOff, Choice)]
        key = repr((clock.today(), learner.role_target, learner.entries.count(), rows))
        if key not in known:
            found = turn_of(learner)
            assert found is not None
            known[key] = found
        return known[key]

    return now
