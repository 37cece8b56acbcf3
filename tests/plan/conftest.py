"""Priya and her plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.schedule.queries import turn_of


@pytest.fixture
def turn(priya: Learner) -> Callable[[], Turn]:
    """One turn of Priya's loop, computed when it is called."""

    def now() -> Turn:
        found = turn_of(Learner.objects.get(pk=priya.pk))
        assert found is not None
        return found

    return now
