"""Priya and her plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from segue.accounts.models import Learner
from segue.core.loop import Turn
from segue.schedule.queries import turn_of
from tests.remembering import remembered_turns

__all__ = ["remembered_turns"]


@pytest.fixture
def turn(priya: Learner) -> Callable[[], Turn]:
    """Priya's plan as it is when this is called."""

    def now() -> Turn:
        found = turn_of(Learner.objects.get(pk=priya.pk))
        assert found is not None
        return found

    return now
