"""What was decided about a model, by whom and why: a file of JSON lines that only grows."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.records.restoring import restore

CHOICES = ("ship", "hold", "retrain", "roll back")


@dataclass(frozen=True)
class Decision:
    """A decision: what, why, by whom, on which day (ISO date). ``recommended`` and ``fired``: what the figures said then."""

    choice: str
    reason: str
    by: str
    on: str
    recommended: str = ""
    fired: tuple[str, ...] = ()


def log_decision(path: Path, decision: Decision) -> None:
    """Append a decision. Raises ``LabError`` for a choice that does not exist, a missing reason, or a day that is none."""
    _check(decision)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(decision), ensure_ascii=False, sort_keys=True) + "\n"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    with os.fdopen(handle, "rb+", buffering=0) as file:
        # A line that a kill or a full disk cut short must not swallow this one.
        torn = file.seek(0, os.SEEK_END) > 0 and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
        file.write((b"\n" if torn else b"") + line.encode())
        os.fsync(handle)


def _check(decision: Decision) -> None:
    if decision.choice not in CHOICES:
        raise LabError(f"“{decision.choice}” is no decision.", f"Choose one of: {', '.join(CHOICES)}.")
    if not decision.reason.strip():
        raise LabError("A decision needs its reason.", "Say in a sentence why; whoever reads it in a year will ask.")
    if not decision.by.strip():
        raise LabError("A decision needs the name of who took it.", "Give a name or a role.")
    try:
        date.fromisoformat(decision.on)
    except ValueError:
        raise LabError(f"“{decision.on}” is no day.", "Write it as in 2026-03-31.") from None


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """All decisions, oldest first; none where there is no file. Raises ``DamagedRun`` that names the broken line."""
    if not path.exists():
        return ()
    lines = path.read_text("utf-8", errors="replace").split("\n")
    return tuple(_read(line, at, path) for at, line in enumerate(lines, 1) if line.strip())


def _read(line: str, at: int, path: Path) -> Decision:
    try:
        return restore(Decision, json.loads(line))
    except (ValueError, DamagedRun) as fault:
        raise DamagedRun(
            f"Line {at} of {path.name} is damaged.", "Mend or remove the line; the others are as they were.", at
        ) from fault
