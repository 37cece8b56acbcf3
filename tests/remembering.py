"""Most tests of pages begin with the same learner on the same day: one turn of the loop for all of them.

``turn`` is a pure function of what it is given (``tests/core`` holds it to that), so a result may be used again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from segue.core.activity import Programme
from segue.core.evidence import Entry
from segue.core.loop import Inputs, Turn, turn
from segue.schedule import queries

MOST = 200
_known: dict[tuple[str, date], Turn] = {}


def _turn(programme: Programme, entries: Iterable[Entry], inputs: Inputs, today: date) -> Turn:
    entries = tuple(entries)
    key = (f"{programme.version} {programme.courses} {entries} {inputs}", today)
    if key not in _known:
        if len(_known) == MOST:
            _known.clear()
        _known[key] = turn(programme, entries, inputs, today)
    return _known[key]


@pytest.fixture(autouse=True)
def remembered_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages use a turn again that another test had computed from the same."""
    monkeypatch.setattr(queries, "turn", _turn)
