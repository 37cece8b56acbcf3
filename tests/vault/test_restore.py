from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.files import path_of
from segue.evidence.models import Attachment, Entry
from segue.vault.archive import hash_of
from segue.vault.backup import daily_backup, make_backup
from segue.vault.manifest import DATABASE
from segue.vault.restore import restore
from segue.vault.staging import move_into_place
from tests.vault.conftest import close_database, contents, kept


def titles() -> list[tuple[int, str]]:
    return list(Entry.objects.order_by("number").values_list("number", "sort"))


def test_brings_back_what_was_and_keeps_what_is(backup: Path, home: Path) -> None:
    later = kept("later.txt", b"attached after the backup")
    restored = restore(backup)
    assert len(titles()) == 7
    assert restored.missing == ()
    assert restored.replaced is not None
    assert restored.replaced.parent == home / "replaced"
    with closing(sqlite3.connect(restored.replaced / DATABASE)) as before:
        assert before.execute("SELECT count(*) FROM evidence_entry").fetchone() == (8,)
    assert path_of(later.sha256).exists(), "files are only ever added"
    assert f"{later.sha256} {later.size}\n" in (restored.replaced / "files.txt").read_text()
    assert not list(home.glob(".segue-*"))


def test_into_an_empty_folder_elsewhere(backup: Path, home: Path) -> None:
    close_database()
    before = contents(home)
    for path in home.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    restored = restore(backup)
    assert restored.replaced is None
    assert len(titles()) == 7
    found = contents(home)
    assert {name for name in found if name.startswith("files/")} == {name for name in before if name.startswith("files/")}
    assert all(hash_of(path_of(sha)).sha256 == sha for sha in Attachment.objects.values_list("sha256", flat=True))


def test_twice_is_as_once(backup: Path, home: Path) -> None:
    restore(backup)
    first = titles()
    restore(backup)
    assert titles() == first


def test_what_a_killed_server_left_in_its_log_is_kept_too(backup: Path, home: Path) -> None:
    """The last entries are often not in the database file yet, but in the log beside it."""
    close_database()
    reader = sqlite3.connect(home / DATABASE)
    writer = sqlite3.connect(home / DATABASE)
    writer.execute("PRAGMA journal_mode=WAL")
    reader.execute("SELECT count(*) FROM evidence_draft").fetchone()
    writer.execute("UPDATE evidence_draft SET revision = 99")
    writer.commit()
    for name in (f"{DATABASE}-wal", DATABASE):
        shutil.copy(home / name, home / f"killed-{name}")
    reader.close()
    writer.close()
    for name in (f"{DATABASE}-wal", DATABASE):
        os.replace(home / f"killed-{name}", home / name)
    restored = restore(backup)
    assert restored.replaced is not None
    with closing(sqlite3.connect(restored.replaced / DATABASE)) as before:
        assert before.execute("SELECT revision FROM evidence_draft").fetchone() == (99,)
    assert not (home / f"{DATABASE}-wal").exists()


def test_a_damaged_database_is_replaced_and_kept_as_it_is(backup: Path, home: Path) -> None:
    close_database()
    rubbish = random.Random(1).randbytes(20_000)
    (home / DATABASE).write_bytes(rubbish)
    (home / f"{DATABASE}-wal").write_bytes(b"log")
    restored = restore(backup)
    assert restored.replaced is not None
    assert (restored.replaced / DATABASE).read_bytes() == rubbish
    assert (restored.replaced / f"{DATABASE}-wal").read_bytes() == b"log"
    assert len(titles()) == 7


def test_damaged_files_are_mended_and_kept(backup: Path, home: Path) -> None:
    sha256 = Attachment.objects.order_by("id")[0].sha256
    path_of(sha256).write_bytes(b"damaged")
    restored = restore(backup)
    assert restored.replaced is not None
    assert hash_of(path_of(sha256)).sha256 == sha256
    assert (restored.replaced / "damaged-files" / sha256).read_bytes() == b"damaged"


def test_a_daily_backup_finds_its_files_in_the_data_folder_and_names_those_that_are_missing(learner: Learner, home: Path) -> None:
    daily = daily_backup()
    assert daily is not None
    gone, *_ = sorted(set(Attachment.objects.values_list("sha256", flat=True)))
    path_of(gone).unlink()
    assert restore(daily).missing == (gone,)
    assert len(titles()) == 7


def test_files_that_were_missing_when_it_was_made_are_named(learner: Learner, home: Path) -> None:
    gone, *_ = sorted(set(Attachment.objects.values_list("sha256", flat=True)))
    path_of(gone).unlink()
    make_backup(home / "b")
    assert restore(home / "b").missing == (gone,)


def failing_after(count: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """Does it ``count`` times; then the disk is full."""
    left = iter([True] * count)

    def limited(*args: Any, **more: Any) -> Any:
        if not next(left, False):
            raise OSError(errno.ENOSPC, "No space left on device")
        return function(*args, **more)

    return limited


@pytest.mark.parametrize("count", range(4))
def test_a_disk_that_fills_up_on_the_way_changes_nothing(
    backup: Path, home: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Three files are put back one by one, then the database: each of the four moves may be the one that fails."""
    for path in (home / "files").glob("??/*"):
        path.unlink()
    close_database()
    before = (home / DATABASE).read_bytes()
    monkeypatch.setattr("segue.vault.restore.move_into_place", failing_after(count, move_into_place))
    with pytest.raises(UserError, match="is full"):
        restore(backup)
    assert (home / DATABASE).read_bytes() == before
    assert not list(home.glob(".segue-*"))
    assert len(titles()) == 8


def test_keeps_what_is_on_a_disk_without_links_too(backup: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing_after(0, os.link))
    restored = restore(backup)
    assert restored.replaced is not None
    with closing(sqlite3.connect(restored.replaced / DATABASE)) as before:
        assert before.execute("SELECT count(*) FROM evidence_entry").fetchone() == (8,)
