"""The memory that a worker may take: what may be set, what is said when it is used up, and that children keep to it too."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import weakref
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from feedback_lab.errors import LabError
from segue.core.errors import UserError
from segue.jobs import limits
from segue.jobs.limits import LEAST_MB, USUAL_MB, VARIABLE, let_go, limit_memory, memory_from, shortage_of
from tests.architecture.tree import ROOT

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the memory of a process in this way")


@pytest.mark.parametrize(("given", "megabytes"), [("", USUAL_MB), (" ", USUAL_MB), ("0", 0), (" 2048 ", 2048), ("256", LEAST_MB)])
def test_what_may_be_set(given: str, megabytes: int) -> None:
    assert memory_from(given) == megabytes


@pytest.mark.parametrize("given", ["-1", "4 GB", "2.5", "1", "255", "none"])
def test_what_is_no_limit_is_told_with_the_mend(given: str) -> None:
    with pytest.raises(UserError) as caught:
        memory_from(given)
    assert VARIABLE in caught.value.message
    assert f"“{given}”" in caught.value.message
    assert "0 for no limit" in caught.value.hint


def test_a_bad_limit_stops_segue_at_its_start(tmp_path: Path) -> None:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("SEGUE", "DJANGO"))}
    given |= {"SEGUE_HOME": str(tmp_path / "home"), VARIABLE: "much"}
    command = [sys.executable, "-m", "segue", "start", "--no-browser", "--port", "1"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(f"segue: {VARIABLE} is “much”")
    assert "Traceback" not in done.stderr


class OutOfMemoryException(Exception):
    """As DuckDB calls it."""


def wrapped(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("std::bad_alloc"),
        OutOfMemoryException("could not allocate block of size 256 KiB"),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("libopenblas.so: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
        RuntimeError("BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 2359296"),
        wrapped(LabError("A worker process was killed 3 times."), BrokenProcessPool()),
        wrapped(UserError("As Segue says it."), wrapped(LabError("As the Lab says it."), MemoryError())),
    ],
    ids=lambda error: type(error).__name__,
)
def test_want_of_memory_is_known_by_all_its_names(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "limit_in_force", lambda: 2048)
    words = shortage_of(error)
    assert words is not None
    assert "more memory than the 2,048 MiB" in words.message
    assert VARIABLE in words.hint
    assert "fewer rows" in words.hint
    monkeypatch.setattr(limits, "limit_in_force", lambda: 0)
    words = shortage_of(error)
    assert words is not None
    assert words.message == "This computer has too little memory for it."
    assert VARIABLE not in words.hint


class InternalException(Exception):
    """Stands for DuckDB's, which is a bug of its own or a failed allocation."""


@pytest.mark.parametrize(
    ("limit", "taken", "is_shortage"), [(256, 192, True), (256, 191, False), (4096, 256, False), (0, 9000, False)]
)
def test_an_error_that_may_be_either_is_want_of_memory_near_the_limit(
    limit: int, taken: int, is_shortage: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "limit_in_force", lambda: limit)
    monkeypatch.setattr(limits, "taken", lambda: taken)
    assert (shortage_of(wrapped(LabError("A step failed."), InternalException("INTERNAL Error"))) is not None) is is_shortage


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count so")
def test_what_is_taken_grows_with_what_is_held() -> None:
    before = limits.taken()
    held = bytearray(64 * limits.MIB)
    assert limits.taken() - before >= 60
    assert len(held) == 64 * limits.MIB


def test_other_errors_are_left_alone() -> None:
    assert shortage_of(ValueError("a bug")) is None
    assert shortage_of(OSError(errno.ENOSPC, "No space left on device")) is None
    assert shortage_of(UserError("The disk is full.", "Free some space.")) is None
    assert shortage_of(wrapped(LabError("The file ends in the middle."), EOFError())) is None


def test_an_error_that_came_of_itself_does_not_go_round_for_ever() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert shortage_of(first) is None


class Much:
    """Stands for what a failed job still holds."""


def test_what_a_failed_job_held_is_let_go() -> None:
    held: list[weakref.ref[Much]] = []

    def work() -> None:
        much = Much()
        held.append(weakref.ref(much))
        raise MemoryError

    with pytest.raises(MemoryError) as caught:
        work()
    assert held[0]() is not None
    let_go(caught.value)
    assert held[0]() is None


def test_no_limit_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not limit_memory(0)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not limit_memory(512)
    assert limits.limit_in_force() == 0


SPEND = """
import sys
sys.path.insert(0, {root!r})
from multiprocessing import get_context
from segue.jobs.limits import limit_in_force, limit_memory

def spend(megabytes):
    try:
        return len(bytearray(megabytes * 1024 * 1024)) // 1024 // 1024
    except MemoryError:
        return -limit_in_force()

if __name__ == "__main__":
    assert limit_memory(300)
    with get_context("spawn").Pool(1) as pool:
        print(spend(20), spend(400), pool.apply(spend, (20,)), pool.apply(spend, (400,)))
"""


@on_linux
def test_the_limit_holds_for_the_process_and_for_those_that_it_starts(tmp_path: Path) -> None:
    script = tmp_path / "spend.py"
    script.write_text(SPEND.format(root=str(ROOT)), "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["20", "-300", "20", "-300"]


@on_linux
def test_a_limit_that_the_system_gave_is_not_raised() -> None:
    code = (
        "import resource as r; from segue.jobs.limits import *; r.setrlimit(r.RLIMIT_DATA, (400 * MIB, 500 * MIB));"
        "limit_memory(4096); print(limit_in_force(), r.getrlimit(r.RLIMIT_DATA)[1] // MIB)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["500", "500"]
