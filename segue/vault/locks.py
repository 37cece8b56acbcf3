"""One at a time: locks of the operating system, which end with the process that holds them, however it ends."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from segue.core.errors import UserError

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a byte beyond the text, since Windows lets nobody read what is locked

    def try_lock(file: IO[bytes], *, shared: bool = False) -> bool:
        """Locks an open file for this process. Whether it could. ``shared`` locks are not known here and always held."""
        if shared:
            return True
        try:
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def try_lock(file: IO[bytes], *, shared: bool = False) -> bool:
        """Locks an open file for this process. Whether it could. ``shared`` locks exclude only those that are not shared."""
        try:
            fcntl.flock(file.fileno(), (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


LOCK = "segue.lock"


@dataclass(frozen=True)
class Holder:
    """Who has the data folder: what it does (``start`` or ``restore``), its process, and the port it serves (0: none)."""

    purpose: str = ""
    pid: int = 0
    port: int = 0


class FolderInUse(UserError):
    """Another Segue has the data folder."""

    def __init__(self, home: Path, holder: Holder) -> None:
        who = f" (process {holder.pid})" if holder.pid else ""
        does = "is being restored by" if holder.purpose == "restore" else "is used by"
        super().__init__(f"The data folder {home} {does} another Segue{who}.", "Stop that Segue first (Ctrl-C where it runs).")
        self.holder = holder


@contextmanager
def hold_folder(home: Path, purpose: str) -> Iterator[Callable[[int], None]]:
    """Keeps the data folder for one ``start`` or ``restore``. Raises ``FolderInUse`` where another has it.

    Gives a function that tells others the port on which the folder is served.
    """
    with open(home / LOCK, "a+b") as file:
        if not try_lock(file):
            raise FolderInUse(home, holder_of(home))
        _write(file, Holder(purpose, os.getpid()))
        yield lambda port: _write(file, Holder(purpose, os.getpid(), port))
        _write(file, Holder())


def holder_of(home: Path) -> Holder:
    """Who has, or had, the data folder; nobody where that can't be read."""
    try:
        return Holder(**json.loads((home / LOCK).read_bytes()))
    except (ValueError, TypeError, OSError):
        return Holder()


@contextmanager
def hold_worker(home: Path) -> Iterator[None]:
    """Says that a worker uses the data folder; there may be several. Raises ``UserError`` while it is being restored."""
    with open(home / "worker.lock", "a+b") as file:
        if not try_lock(file, shared=True):
            raise UserError(f"The data folder {home} is being restored.", "Start the worker again when that is over.")
        yield


@contextmanager
def without_workers(home: Path, patience: float = 5.0) -> Iterator[None]:
    """Makes sure that no worker uses the data folder; waits a little for one to end. Raises ``UserError`` where it does not."""
    with open(home / "worker.lock", "a+b") as file:
        until = time.monotonic() + patience
        while not (held := try_lock(file)) and time.monotonic() < until:
            time.sleep(0.1)
        if not held:
            raise UserError(
                f"A worker still uses the data folder {home}.",
                "It ends a few seconds after Segue is stopped. One that you started yourself (segue worker), stop yourself.",
            )
        yield


def _write(file: IO[bytes], holder: Holder) -> None:
    file.seek(0)
    file.truncate()
    file.write(json.dumps(asdict(holder)).encode())
    file.flush()
