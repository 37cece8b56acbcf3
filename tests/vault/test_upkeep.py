from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.files import path_of
from segue.evidence.models import Attachment, Entry
from segue.vault import upkeep
from segue.vault.backup import daily_backup, kept_backups
from segue.vault.manifest import DATABASE, Kind
from segue.vault.upkeep import (
    begin_anew,
    bring_up_to_date,
    check_database,
    check_room,
    look_at_database,
    remove_leftovers,
    require_up_to_date,
)
from tests.tables import tables_of
from tests.vault.conftest import close_database, contents


def run(home: Path, sql: str) -> None:
    close_database()
    with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as database:
        database.execute(sql)


def test_makes_the_database_where_there_is_none(empty_home: Path) -> None:
    assert bring_up_to_date().is_new
    assert not look_at_database().pending
    assert kept_backups() == [], "there was nothing to go back to"


def test_nobody_in_this_process_has_the_database_open_while_it_is_looked_at(learner: Learner, home: Path) -> None:
    """Closing a file drops the locks that the same process has on it: the log beside the database could be lost."""
    assert connections["default"].connection is not None
    look_at_database()
    assert connections["default"].connection is None


def test_leaves_one_that_is_up_to_date_alone(home: Path) -> None:
    before = contents(home)
    assert not bring_up_to_date().pending
    close_database()
    assert contents(home) == before


def test_backs_up_before_it_changes_anything(learner: Learner, home: Path) -> None:
    for table in tables_of("lab"):
        run(home, f"DROP TABLE {table}")
    run(home, "DELETE FROM django_migrations WHERE app = 'lab'")
    assert {app for app, _ in bring_up_to_date().pending} == {"lab"}
    (backup,) = kept_backups()
    assert backup.kind is Kind.BEFORE_MIGRATION
    assert not look_at_database().pending
    assert Entry.objects.count() == 7


def test_changes_nothing_where_that_backup_fails(learner: Learner, home: Path) -> None:
    run(home, "DELETE FROM django_migrations WHERE app = 'jobs'")
    (home / "backups").write_text("in the way")
    before = contents(home)
    with pytest.raises(UserError):
        bring_up_to_date()
    close_database()
    assert contents(home) == before


@pytest.mark.parametrize("is_there", [True, False])
def test_a_lost_database_is_not_quietly_made_anew(learner: Learner, home: Path, is_there: bool) -> None:
    made = daily_backup()
    close_database()
    for path in home.glob(f"{DATABASE}*"):
        path.unlink()
    if is_there:
        (home / DATABASE).touch()
    with pytest.raises(UserError, match="is empty, but" if is_there else "is missing, but") as caught:
        bring_up_to_date()
    assert f'segue --home "{home}" restore "{made}"' in caught.value.hint
    assert (home / DATABASE).exists() is is_there


def test_commands_that_only_read_ask_for_a_start_first(empty_home: Path, migrated: Path) -> None:
    with pytest.raises(UserError, match="no data in"):
        require_up_to_date()
    assert contents(empty_home) == {}
    shutil.copy(migrated, empty_home / DATABASE)
    require_up_to_date()
    run(empty_home, "DELETE FROM django_migrations WHERE app = 'jobs'")
    with pytest.raises(UserError, match="of an older Segue"):
        require_up_to_date()


def test_a_full_disk_is_said_before_anything_is_tried(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_room()
    monkeypatch.setattr(upkeep, "LEAST_FREE", 10**18)
    with pytest.raises(UserError, match="is full") as caught:
        check_room()
    assert str(home) in caught.value.message


def test_leftovers_go_and_what_is_worked_in_stays(home: Path) -> None:
    for folder in (home, home / "backups", home / "outgoing"):
        stage = folder / ".segue-00.part"
        stage.mkdir(parents=True)
        (stage / "lock").touch()
    (home / "files").mkdir()
    for name in ("incoming-old", "incoming-new"):
        (home / "files" / name).touch()
    os.utime(home / "files" / "incoming-old", (0, 0))
    remove_leftovers()
    assert not list(home.rglob(".segue-*"))
    assert [path.name for path in (home / "files").iterdir()] == ["incoming-new"]


def test_every_file_is_looked_at(learner: Learner) -> None:
    assert check_database() == []
    gone, damaged, *_ = Attachment.objects.order_by("entry__number", "id")
    path_of(gone.sha256).unlink()
    path_of(damaged.sha256).write_bytes(b"rot")
    faults = check_database()
    assert len(faults) == 3, "notes.md is attached to two entries"
    assert any(fault.startswith("entry 1: the file “notes.md” is missing") for fault in faults)
    assert any(fault.startswith("entry 4: the file “notes.md” is missing") for fault in faults)
    assert any(fault.startswith("entry 1: the file “bild ü.png” is damaged") for fault in faults)


def test_a_demo_begins_anew_and_never_on_data_that_is_none(learner: Learner, home: Path) -> None:
    close_database()
    before = contents(home)
    with pytest.raises(UserError, match="holds data that is no demo"):
        begin_anew()
    assert contents(home) == before
    (home / upkeep.DEMO_MARK).touch()
    begin_anew()
    assert set(contents(home)) == {upkeep.DEMO_MARK}
