from __future__ import annotations

import io
import sqlite3
import sys
import zipfile
from argparse import Namespace
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TextIO

import pytest

from segue import commands
from segue.accounts.models import Learner
from segue.accounts.queries import local_learner
from segue.cli import main
from segue.core.evidence import Sort
from segue.evidence.actions import append
from segue.evidence.files import path_of
from segue.evidence.models import Attachment, Entry
from segue.home import home_path
from segue.jobs.models import Job, State
from segue.vault.actions import ask_for_export
from segue.vault.backup import kept_backups
from segue.vault.locks import hold_folder
from segue.vault.manifest import DATABASE
from tests.tables import tables_of
from tests.vault.conftest import MONDAY, close_database, contents, empty_home, home, learner, migrated

__all__ = ["empty_home", "home", "learner", "migrated"]  # fixtures

Said = pytest.CaptureFixture[str]


def run(home: Path, sql: str) -> None:
    close_database()
    with closing(sqlite3.connect(home / DATABASE, isolation_level=None)) as database:
        database.execute(sql)


# --- today ------------------------------------------------------------------------------------------------------------------


def test_today_names_the_next_things_the_hours_and_what_binds(learner: Learner, capsys: Said, settings: Any) -> None:
    assert main(["today"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Monday 23 November 2026, week 1 of 26\n")
    assert "Nothing is planned for today. Next, on Tuesday 24 November 2026:" in said
    assert 1 <= said.count(" min  ") <= 3
    assert "This week: " in said
    settings.TODAY = MONDAY + timedelta(1)
    assert main(["today"]) == 0
    assert "Nothing is planned" not in capsys.readouterr().out


def test_today_before_the_first_hour(home: Path, capsys: Said) -> None:
    assert main(["today"]) == 2
    assert "There is no plan yet" in capsys.readouterr().err


def test_today_without_any_data_makes_none(empty_home: Path, capsys: Said) -> None:
    assert main(["today"]) == 2
    assert "no data" in capsys.readouterr().err
    assert contents(empty_home) == {}


# --- check ------------------------------------------------------------------------------------------------------------------


def test_check_finds_nothing_and_changes_nothing(learner: Learner, home: Path, capsys: Said) -> None:
    close_database()
    before = contents(home)
    assert main(["check"]) == 0
    said = capsys.readouterr().out
    assert "26 weeks" in said
    assert "settings: no faults\ndatabase: no faults\n" in said
    close_database()
    assert contents(home) == before


def test_check_before_the_first_start(empty_home: Path, capsys: Said) -> None:
    assert main(["check"]) == 0
    assert "database: none yet" in capsys.readouterr().out
    assert contents(empty_home) == {}


def test_check_says_which_file_is_missing(learner: Learner, capsys: Said) -> None:
    path_of(Attachment.objects.get(name="mail.txt").sha256).unlink()
    assert main(["check"]) == 1
    assert "database: entry 5: the file “mail.txt” is missing" in capsys.readouterr().out


def test_check_finds_rows_that_point_nowhere(learner: Learner, home: Path, capsys: Said) -> None:
    run(home, "UPDATE evidence_attachment SET entry_id = 999")
    assert main(["check"]) == 1
    assert "is damaged" in capsys.readouterr().out


def test_check_fails_for_faults_of_the_curriculum_and_looks_at_the_rest(
    learner: Learner, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find_a_fault(folder: Path | None, out: TextIO) -> int:
        print("plan.yaml:1:1: wrong", file=out)
        return 1

    monkeypatch.setattr("segue.curriculum.checking.check", find_a_fault)
    assert main(["check"]) == 1
    assert "plan.yaml:1:1: wrong\nsettings: no faults\ndatabase: no faults\n" in capsys.readouterr().out


# --- backup and restore -----------------------------------------------------------------------------------------------------


def test_backup_and_restore(learner: Learner, home: Path, capsys: Said) -> None:
    target = home.parent / f"{home.name}.seguebackup"
    assert main(["backup", str(target)]) == 0
    assert f"{target}: 7 ledger lines, 3 attached files" in capsys.readouterr().out
    append(learner, Sort.TIME, MONDAY, minutes=5)
    job = ask_for_export(learner)
    assert main(["restore", str(target)]) == 0
    said = capsys.readouterr().out
    assert f"Restored into {home}: 7 ledger lines" in said
    assert f"What was there before lies in {home / 'replaced'}" in said
    assert Entry.objects.count() == 7
    assert not Job.objects.filter(pk=job.pk).exists()


def test_jobs_of_another_time_are_not_taken_up_after_a_restore(learner: Learner, home: Path) -> None:
    ask_for_export(learner)
    target = home.parent / f"{home.name}.seguebackup"
    main(["backup", str(target)])
    assert main(["restore", str(target)]) == 0
    assert Job.objects.get().state == State.CANCELLED


def test_restoring_an_older_one_brings_it_up_to_date(learner: Learner, home: Path, capsys: Said) -> None:
    for table in (*tables_of("lab"), "jobs_job"):
        run(home, f"DROP TABLE {table}")
    run(home, "DELETE FROM django_migrations WHERE app IN ('jobs', 'lab')")
    target = home.parent / f"{home.name}.seguebackup"
    main(["backup", str(target)])
    assert main(["restore", str(target)]) == 0
    assert Job.objects.count() == 0
    assert [backup.kind for backup in kept_backups()] == ["before-migration"]


def test_backup_into_a_folder_is_called_after_the_day(learner: Learner, home: Path) -> None:
    (home.parent / "usb").mkdir()
    assert main(["backup", str(home.parent / "usb")]) == 0
    (made,) = (home.parent / "usb").iterdir()
    assert made.name.startswith("segue-backup-2026-11-23-")
    assert made.suffix == ".seguebackup"


@pytest.mark.parametrize("command", ["backup", "export"])
def test_nothing_is_overwritten(learner: Learner, home: Path, capsys: Said, command: str) -> None:
    (home / "there").write_text("mine")
    assert main([command, str(home / "there")]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (home / "there").read_text() == "mine"
    assert main([command, str(home / "no" / "where")]) == 2
    assert "is not there" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["backup", "export"])
def test_missing_files_are_named(learner: Learner, home: Path, capsys: Said, command: str) -> None:
    path_of(Attachment.objects.get(name="mail.txt").sha256).unlink()
    assert main([command, str(home / "made")]) == 0
    assert "These attached files are not in it" in capsys.readouterr().err


def test_not_while_segue_runs(learner: Learner, home: Path, capsys: Said) -> None:
    main(["backup", str(home / "made")])
    with hold_folder(home, "start"):
        assert main(["restore", str(home / "made")]) == 2
    assert "Stop that Segue first" in capsys.readouterr().err


# --- export and import ------------------------------------------------------------------------------------------------------


def test_export_and_import_into_a_folder_without_anything(learner: Learner, home: Path, capsys: Said) -> None:
    target = home.parent / f"{home.name}.zip"
    assert main(["export", str(target)]) == 0
    assert f"{target}: 7 ledger lines, 3 attached files." in capsys.readouterr().out
    assert zipfile.is_zipfile(target)
    assert main(["import", str(target)]) == 2
    assert "is not empty" in capsys.readouterr().err
    close_database()
    for path in home.glob(f"{DATABASE}*"):
        path.unlink()
    assert main(["import", str(target)]) == 0
    assert f"Imported into {home}: 7 ledger lines, 3 attached files." in capsys.readouterr().out
    again = local_learner()
    assert again is not None
    assert again.entries.count() == 7


# --- worker -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)


def test_worker_once_does_what_waits(learner: Learner, home: Path, no_signals: None) -> None:
    job = ask_for_export(learner)
    assert main(["worker", "--once"]) == 0
    job.refresh_from_db()
    assert job.state == State.DONE
    assert (home / "backups" / "daily-2026-11-23.seguebackup").exists()


def test_worker_ends_with_its_parent(home: Path, no_signals: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its input ends when the parent does, in whatever way; nothing that is written there matters."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"x" * 5000)))
    assert main(["worker", "--with-parent"]) == 0


def test_worker_wants_a_database_that_is_up_to_date(home: Path, no_signals: None, capsys: Said) -> None:
    run(home, "DELETE FROM django_migrations WHERE app = 'jobs'")
    assert main(["worker", "--once"]) == 2
    assert "of an older Segue" in capsys.readouterr().err


# --- demo -------------------------------------------------------------------------------------------------------------------


def test_demo_lives_beside_the_data_folder_and_says_so(tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEGUE_HOME", str(tmp_path / "mine"))
    monkeypatch.setenv("SEGUE_DEMO", "")
    monkeypatch.setattr(commands, "set_up", home_path)
    served: list[tuple[Path, int]] = []

    def serve(home: Path, port: int, **more: object) -> int:
        served.append((home, port))
        return 0

    monkeypatch.setattr("segue.server.serve", serve)
    assert commands.demo(Namespace(weeks=9, port=8766, no_browser=True)) == 0
    assert served == [(tmp_path / "mine-demo", 8766)]
    assert "This is a demo" in capsys.readouterr().out
    assert not (tmp_path / "mine").exists()
