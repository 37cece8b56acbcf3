from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from segue.jobs.models import Job, State
from segue.vault import outgoing
from segue.vault.outgoing import file_of, new_file, remove_old


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def job(**more: Any) -> Job:
    return Job(pk=7, kind="export", **more)


def test_names_say_what_when_and_which() -> None:
    name = new_file(job(), ".zip").name
    assert name.startswith("segue-export-2026-11-23-")
    assert name.endswith("-7.zip")


def test_the_folder_is_its_owners_only(home: Path) -> None:
    assert new_file(job(), ".zip").parent.stat().st_mode & 0o077 == 0


def test_what_is_a_day_old_goes_and_nothing_else(home: Path) -> None:
    folder = new_file(job(), ".zip").parent
    for name in ("segue-export-old.zip", "segue-export-new.zip", "notes.txt"):
        (folder / name).touch()
    for name in ("segue-export-old.zip", "notes.txt"):
        os.utime(folder / name, (0, 0))
    remove_old()
    assert {path.name for path in folder.iterdir()} == {"segue-export-new.zip", "notes.txt"}


def test_only_a_finished_job_has_a_file_and_only_in_this_folder(home: Path) -> None:
    outgoing.folder().mkdir()
    (outgoing.folder() / "x.zip").touch()
    (home / "secret-key").touch()
    assert file_of(job(state=State.DONE, result={"name": "x.zip"})) == outgoing.folder() / "x.zip"
    assert file_of(job(state=State.RUNNING, result={"name": "x.zip"})) is None
    for name in ("gone.zip", "../secret-key", "", None, "/etc/passwd"):
        assert file_of(job(state=State.DONE, result={"name": name})) is None
    assert file_of(job(state=State.DONE)) is None
