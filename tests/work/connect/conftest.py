"""Turns of the loop are shared between the tests of these pages."""

from __future__ import annotations

import time as machine
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time

import pytest

from segue.shared import clock
from tests.conftest import MONDAY
from tests.remembering import remembered_turns

__all__ = ["remembered_turns"]


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[date], None]]:
    """The machine stands in UTC and it is noon, on the Monday of the tests until the day is moved."""
    with ExitStack() as stack:
        monkeypatch.setenv("TZ", "UTC")
        machine.tzset()

        def move(day: date) -> None:
            stack.enter_context(clock.at(datetime.combine(day, time(12))))

        move(MONDAY)
        yield move
    monkeypatch.undo()
    machine.tzset()
