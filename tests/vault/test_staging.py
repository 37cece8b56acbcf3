from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from segue.core.errors import UserError
from segue.vault.staging import mendable, move_into_place, staging, sweep

ROOT = Path(__file__).parents[2]
STAGE = "import sys; from pathlib import Path; from segue.vault.staging import staging\n"
STAGE += "with staging(Path(sys.argv[1])) as s: (s / 'half').write_text('x'); print(s, flush=True); sys.stdin.read()"


def test_a_stage_is_gone_at_the_end_whatever_happens(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), staging(tmp_path) as stage:
        (stage / "folder").mkdir()
        (stage / "folder" / "file").write_text("x")
        assert stage.stat().st_mode & 0o077 == 0
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_sweep_takes_what_a_killed_process_left_and_nothing_that_is_worked_in(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", STAGE, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child, staging(tmp_path) as mine:
        assert child.stdout is not None
        theirs = Path(child.stdout.readline().decode().strip())
        assert sweep(tmp_path) == 0
        assert (theirs / "half").exists()
        child.kill()
        child.wait()
        assert sweep(tmp_path) == 1
        assert not theirs.exists()
        assert mine.exists()


def test_a_stage_whose_lock_is_not_there_yet_is_left_for_a_moment(tmp_path: Path) -> None:
    stage = tmp_path / ".segue-00.part"
    stage.mkdir()
    assert sweep(tmp_path) == 0
    os.utime(stage, (0, 0))
    assert sweep(tmp_path) == 1


def test_sweep_leaves_everything_else(tmp_path: Path) -> None:
    for name in ("mine.part", ".segue-x", "segue-x.part"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))
    assert sweep(tmp_path) == 0
    assert sweep(tmp_path / "nowhere") == 0


def test_a_finished_file_replaces_the_old_one_at_once(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    move_into_place(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o600


def test_mendable_explains_what_can_be_mended_and_lets_bugs_through(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is full"), mendable(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(UserError, match="mine"), mendable(tmp_path):
        raise UserError("mine")
    for bug in (ValueError(), sqlite3.IntegrityError(), OSError()):
        with pytest.raises(type(bug)) as caught, mendable(tmp_path):
            raise bug
        assert caught.value is bug
