from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from feedback_lab.drift import Decision, log_decision, read_decisions
from feedback_lab.errors import DamagedRun, LabError

FIRST = Decision("hold", "No trigger – and “quiet” weeks ahead.", "Priya", "2026-03-31", "hold")
SECOND = Decision("retrain", "F1 fell.", "Marco", "2026-04-30", "retrain", ("Drop in macro-F1: 0.20, limit 0.05",))


def test_decisions_are_appended(tmp_path: Path) -> None:
    log = tmp_path / "drift" / "decisions.jsonl"
    assert read_decisions(log) == ()
    log_decision(log, FIRST)
    before = log.read_bytes()
    log_decision(log, SECOND)
    assert log.read_bytes().startswith(before)
    assert read_decisions(log) == (FIRST, SECOND)


def test_a_line_that_was_cut_short_does_not_swallow_the_next(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    log_decision(log, FIRST)
    with log.open("a") as file:
        file.write('{"choice": "sh')
    log_decision(log, SECOND)
    with pytest.raises(DamagedRun, match="Line 2 of decisions"):
        read_decisions(log)
    lines = log.read_text("utf-8").splitlines()
    log.write_text("\n".join([lines[0], lines[2]]), "utf-8")
    assert read_decisions(log) == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        (replace(FIRST, choice="wait"), "ship, hold, retrain, roll back"),
        (replace(FIRST, reason=" "), "needs its reason"),
        (replace(FIRST, by=""), "who took it"),
        (replace(FIRST, on="31.3.2026"), "2026-03-31"),
    ],
)
def test_a_decision_that_is_none(tmp_path: Path, decision: Decision, says: str) -> None:
    with pytest.raises(LabError, match=says):
        log_decision(tmp_path / "decisions.jsonl", decision)
    assert not (tmp_path / "decisions.jsonl").exists()
