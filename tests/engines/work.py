"""What the tests have workers do. A worker imports it by name, so it stands in a module of its own."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from feedback_lab.errors import LabError


def square(number: int) -> int:
    return number * number


def refuse_three(number: int) -> int:
    if number == 3:
        raise LabError("Three is refused.", "Leave it out.", row=3)
    return number


def die_once(task: tuple[Path, int]) -> int:
    """Killed the first time that it gets 3, as a machine short of memory does it."""
    folder, number = task
    marker = folder / "was here"
    if number == 3 and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def tell(task: tuple[Path, int]) -> dict[str, Any]:
    """Notes that it was called."""
    folder, number = task
    with (folder / f"calls of {number}").open("a") as file:
        file.write(".")
    if number == 3 and (folder / "refuse three").exists():
        raise LabError("Three is refused.")
    return {"number": number, "third": number / 3}
