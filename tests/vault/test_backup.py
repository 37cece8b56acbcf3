from __future__ import annotations

import errno
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.evidence import Sort
from segue.evidence.actions import append
from segue.evidence.files import path_of
from segue.evidence.models import Attachment
from segue.vault import backup as module
from segue.vault.archive import hash_of
from segue.vault.backup import backup_before_migration, daily_backup, kept_backups, make_backup
from segue.vault.manifest import DATABASE, NAME, Kind
from tests.vault.conftest import MONDAY, kept

OnDay = Callable[[date], None]


def rows(archive: Path, table: str, tmp_path: Path) -> int:
    with zipfile.ZipFile(archive) as opened:
        opened.extract(DATABASE, tmp_path / "look")
    with closing(sqlite3.connect(tmp_path / "look" / DATABASE)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_holds_the_database_and_every_file_with_their_checksums(learner: Learner, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.seguebackup"
    manifest = make_backup(target)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        said = json.loads(archive.read(NAME))
        assert set(archive.namelist()) == {NAME, *said["members"]}
    files = {f"files/{sha[:2]}/{sha}" for sha in Attachment.objects.values_list("sha256", flat=True)}
    assert set(manifest.members) == {DATABASE, *files}
    assert len(files) == 3
    assert manifest.counts == {"evidence_entry": 7, "evidence_attachment": 4, "evidence_draft": 1, "schedule_choice": 2}
    assert manifest.schema["evidence"] == max(
        path.stem for path in (Path(module.__file__).parent.parent / "evidence/migrations").glob("0*")
    )
    assert manifest.missing == ()
    assert rows(target, "evidence_entry", tmp_path) == 7


def test_is_as_of_one_moment_while_others_write(learner: Learner, home: Path, tmp_path: Path) -> None:
    written = []

    def report(percent: int, step: str) -> None:
        written.append(append(learner, Sort.TIME, MONDAY, minutes=5).number)

    manifest = make_backup(tmp_path / "b", report=report)
    before_the_copy = 7 + 1
    assert manifest.counts["evidence_entry"] == before_the_copy < max(written)


def test_nobody_else_may_read_it(learner: Learner, tmp_path: Path) -> None:
    make_backup(tmp_path / "b")
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def test_files_that_are_missing_or_damaged_are_named_and_left_out(learner: Learner, tmp_path: Path) -> None:
    gone, damaged, *_ = sorted(set(Attachment.objects.values_list("sha256", flat=True)))
    path_of(gone).unlink()
    path_of(damaged).write_bytes(b"something else")
    manifest = make_backup(tmp_path / "b")
    assert manifest.missing == (gone, damaged)
    assert len(manifest.members) == 2


def test_a_file_that_no_entry_names_is_kept_too(learner: Learner, tmp_path: Path) -> None:
    stray = kept("stray.txt", b"attached to a draft")
    assert f"files/{stray.sha256[:2]}/{stray.sha256}" in make_backup(tmp_path / "b").members


@pytest.mark.parametrize("step", range(1, 7))
def test_whatever_stops_it_nothing_is_left(learner: Learner, home: Path, tmp_path: Path, step: int) -> None:
    target = home / "out" / "b"
    target.parent.mkdir()
    steps = []

    def report(percent: int, words: str) -> None:
        steps.append(words)
        if len(steps) == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(target, report=report)
    assert list(target.parent.iterdir()) == []


def test_a_full_disk_is_said_and_the_half_file_removed(learner: Learner, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = home / "out" / "b"
    target.parent.mkdir()

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module, "put_file", full)
    with pytest.raises(UserError, match="is full") as caught:
        make_backup(target)
    assert str(target.parent) in caught.value.message
    assert "Free some space" in caught.value.hint
    assert list(target.parent.iterdir()) == []


def test_without_a_database_there_is_nothing_to_back_up(empty_home: Path) -> None:
    with pytest.raises(UserError, match="nothing to back up"):
        make_backup(empty_home / "b")
    assert contents_of(empty_home) == []


def contents_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_daily_backups_hold_the_database_only_and_are_made_once_a_day(learner: Learner, home: Path, on_day: OnDay) -> None:
    made = daily_backup()
    assert made == home / "backups" / "daily-2026-11-23.seguebackup"
    with zipfile.ZipFile(made) as archive:
        assert set(archive.namelist()) == {NAME, DATABASE}
    before = hash_of(made)
    assert daily_backup() is None
    assert hash_of(made) == before
    on_day(MONDAY + timedelta(1))
    assert daily_backup() == home / "backups" / "daily-2026-11-24.seguebackup"


def test_the_oldest_automatic_backups_go_and_nothing_else_does(learner: Learner, home: Path, on_day: OnDay) -> None:
    (home / "backups").mkdir()
    mine = [home / "backups" / name for name in ("before-i-left.seguebackup", "daily-notes.txt", "daily-2026.seguebackup")]
    for path in mine:
        path.touch()
    for day in range(17):
        on_day(MONDAY + timedelta(day))
        daily_backup()
    for day in range(7):
        on_day(MONDAY + timedelta(day))
        backup_before_migration()
    found = kept_backups()
    assert [b.path.name[6:16] for b in found if b.kind is Kind.DAILY] == [str(MONDAY + timedelta(d)) for d in range(16, 2, -1)]
    assert [b.path.name[17:27] for b in found if b.kind is Kind.BEFORE_MIGRATION] == [
        str(MONDAY + timedelta(d)) for d in range(6, 1, -1)
    ]
    assert all(path.exists() for path in mine)


@pytest.mark.django_db
def test_postgresql_is_backed_up_by_its_own_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(connections["default"], "vendor", "postgresql", raising=False)
    with pytest.raises(UserError, match="PostgreSQL") as caught:
        make_backup(tmp_path / "b")
    assert "pg_dump" in caught.value.hint
    assert "segue export" in caught.value.hint
