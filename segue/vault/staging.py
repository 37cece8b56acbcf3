"""Files come into being in a folder that nobody takes for finished, and are moved into place by one rename.

A kill in the middle leaves such a folder behind; ``sweep`` removes it. A lock tells it from one that is still worked in.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from segue.core.errors import UserError
from segue.shared.storage import explain
from segue.vault.locks import try_lock

_PREFIX, _SUFFIX = ".segue-", ".part"
_JUST_MADE = 5.0  # seconds in which its lock may not be there yet


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A new empty folder inside ``folder``, gone at the end with all that is still in it."""
    stage = folder / f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}"
    stage.mkdir(parents=True, mode=0o700)
    try:
        with open(stage / "lock", "wb") as lock:
            try_lock(lock)
            yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def sweep(folder: Path) -> int:
    """Removes what a killed process left in a folder. How many stages there were."""
    stale = [stage for stage in folder.glob(f"{_PREFIX}*{_SUFFIX}") if _is_stale(stage)]
    for stage in stale:
        shutil.rmtree(stage, ignore_errors=True)
    return len(stale)


def _is_stale(stage: Path) -> bool:
    try:
        with open(stage / "lock", "r+b") as lock:
            return try_lock(lock)
    except FileNotFoundError:
        return time.time() - stage.stat().st_mtime > _JUST_MADE
    except OSError:
        return False


def move_into_place(finished: Path, target: Path, *, sync: bool = True) -> None:
    """Makes a finished file appear under its name at once and for good. Replaces a file of that name.

    Without ``sync`` the caller syncs the folder, as once for many files.
    """
    finished.chmod(0o600)  # it holds what only its owner may read
    with open(finished, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(finished, target)
    if sync:
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename survive a power cut, where the system knows how."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def mendable(where: Path) -> Iterator[None]:
    """Turns what a disk or database refuses into a ``UserError``."""
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        words = explain(error, where)
        if words is None:
            raise
        raise words from error
