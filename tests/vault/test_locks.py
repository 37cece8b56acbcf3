from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from segue.core.errors import UserError
from segue.vault.locks import FolderInUse, Holder, hold_folder, hold_worker, holder_of, without_workers

ROOT = Path(__file__).parents[2]
HOLD = "import sys; from pathlib import Path; from segue.vault.locks import hold_folder\n"
HOLD += "with hold_folder(Path(sys.argv[1]), 'start') as tell: tell(8765); print('held', flush=True); sys.stdin.read()"


def test_one_at_a_time_and_the_other_learns_who(tmp_path: Path) -> None:
    with hold_folder(tmp_path, "start") as tell:
        tell(8123)
        with (
            pytest.raises(FolderInUse, match=f"is used by another Segue .process {os.getpid()}") as caught,
            hold_folder(tmp_path, "x"),
        ):
            pass
        assert caught.value.holder == Holder("start", os.getpid(), 8123)
    with hold_folder(tmp_path, "restore"):
        assert holder_of(tmp_path) == Holder("restore", os.getpid(), 0)
        with pytest.raises(FolderInUse, match="is being restored by another Segue"), hold_folder(tmp_path, "start"):
            pass
    assert holder_of(tmp_path) == Holder()


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(FolderInUse) as caught, hold_folder(tmp_path, "start"):
            pass
        assert caught.value.holder == Holder("start", child.pid, 8765)
        child.kill()
        child.wait()
    with hold_folder(tmp_path, "start"):
        pass


def test_an_unreadable_lock_file_tells_of_nobody(tmp_path: Path) -> None:
    assert holder_of(tmp_path) == Holder()
    for text in ("", "{", "[]", '{"who": 1}'):
        (tmp_path / "segue.lock").write_text(text)
        assert holder_of(tmp_path) == Holder()


def test_workers_share_and_a_restore_excludes_them(tmp_path: Path) -> None:
    restoring = without_workers(tmp_path, patience=0)
    with hold_worker(tmp_path), hold_worker(tmp_path), pytest.raises(UserError, match="A worker still uses"), restoring:
        pass
    with without_workers(tmp_path), pytest.raises(UserError, match="is being restored"), hold_worker(tmp_path):
        pass
    with hold_worker(tmp_path):
        pass


def test_a_restore_waits_a_little_for_a_worker_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = hold_worker(tmp_path)
    worker.__enter__()
    naps: list[float] = []

    def nap(seconds: float) -> None:
        naps.append(seconds)
        if len(naps) == 3:
            worker.__exit__(None, None, None)

    monkeypatch.setattr("time.sleep", nap)
    with without_workers(tmp_path, patience=60):
        assert len(naps) == 3
