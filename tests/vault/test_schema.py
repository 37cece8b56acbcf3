from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from segue.core.errors import UserError
from segue.vault.schema import check_writable, compare, examine, is_sound, known_migrations
from tests.vault.conftest import contents

APPLY = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2027-01-01')"


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "a #?% database.sqlite3"))


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        for statement in statements:
            opened.execute(statement)


def test_knows_what_django_knows() -> None:
    assert known_migrations() == set(MigrationLoader(None).disk_migrations or ())


def test_up_to_date(database: Path) -> None:
    found = examine(database)
    assert not found.pending
    assert not found.is_new
    assert set(found.applied) == known_migrations()
    assert found.last["jobs"] >= "0001_jobs"


@pytest.mark.parametrize("make", [lambda path: None, Path.touch, lambda path: run(path, "VACUUM")])
def test_missing_and_empty_files_are_new(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path / "new")
    found = examine(tmp_path / "new")
    assert found.is_new
    assert set(found.pending) == known_migrations()


def test_an_older_one_lacks_changes(database: Path) -> None:
    run(database, "DELETE FROM django_migrations WHERE app IN ('jobs', 'evidence') AND name > '0001_m'")
    found = examine(database)
    assert found.pending
    assert {app for app, _ in found.pending} <= {"jobs", "evidence"}
    assert not found.is_new


def test_one_whose_first_start_was_killed_is_ours(tmp_path: Path) -> None:
    """The table of changes comes first, then Django's own changes: nothing of Segue may be there yet."""
    path = tmp_path / "half"
    run(path, "CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name, applied)")
    assert examine(path).is_new
    run(path, "INSERT INTO django_migrations VALUES (1, 'contenttypes', '0001_initial', '')")
    assert ("accounts", "0001_users_and_learners") in examine(path).pending


# --- refused, and left as it is ---------------------------------------------------------------------------------------------


def refused(path: Path, words: str) -> UserError:
    before = contents(path.parent)
    with pytest.raises(UserError, match=words) as caught:
        examine(path)
    assert contents(path.parent) == before
    assert [p.name for p in path.parent.iterdir()] == [path.name], "no file is made beside it"
    assert str(path) in caught.value.message
    assert not is_sound(path)
    return caught.value


def test_a_newer_one(database: Path) -> None:
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(APPLY, ("evidence", "0099_from_the_future"))
    error = refused(database, "written by a newer Segue.*evidence.0099_from_the_future")
    assert "Install that newer version" in error.hint


def test_a_newer_one_with_an_app_of_its_own(database: Path) -> None:
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute(APPLY, ("cohorts", "0001_cohorts"))
    refused(database, "newer Segue.*cohorts.0001_cohorts")


def test_another_programs(tmp_path: Path) -> None:
    run(tmp_path / "songs", "CREATE TABLE songs (title)", "INSERT INTO songs VALUES ('x')")
    error = refused(tmp_path / "songs", "belongs to another program")
    assert "--home" in error.hint


def test_another_django_programs(tmp_path: Path) -> None:
    run(
        tmp_path / "shop",
        "CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app, name, applied)",
        "INSERT INTO django_migrations VALUES (1, 'auth', '0001_initial', ''), (2, 'accounts', '0001_initial', '')",
    )
    refused(tmp_path / "shop", "belongs to another program")


def test_another_programs_with_a_log(tmp_path: Path) -> None:
    run(tmp_path / "songs", "PRAGMA journal_mode=WAL", "CREATE TABLE songs (title)")
    refused(tmp_path / "songs", "belongs to another program")


@pytest.mark.parametrize("seed", range(3))
def test_random_bytes(tmp_path: Path, seed: int) -> None:
    (tmp_path / "rubbish").write_bytes(random.Random(seed).randbytes(50_000))
    error = refused(tmp_path / "rubbish", "is damaged or no database")
    assert "Restore the newest backup" in error.hint


def test_a_good_head_on_rubbish(database: Path) -> None:
    data = database.read_bytes()
    database.write_bytes(data[:100] + random.Random(5).randbytes(len(data) - 100))
    refused(database, "is damaged")


@pytest.mark.parametrize("page", range(1, 6))
def test_one_page_overwritten(database: Path, page: int) -> None:
    data = bytearray(database.read_bytes())
    data[page * 4096 : (page + 1) * 4096] = random.Random(page).randbytes(4096)
    database.write_bytes(data)
    refused(database, "is damaged")


def test_truncated(database: Path) -> None:
    data = database.read_bytes()
    for size in (15, 16, 99, 4096, len(data) // 2, len(data) - 4096):
        database.write_bytes(data[:size])
        refused(database, "is damaged")


def test_rows_that_point_nowhere_are_found_by_the_thorough_look_only(database: Path) -> None:
    sql = "INSERT INTO evidence_attachment (entry_id, name, sha256, size, media_type) VALUES (999, 'x', 'y', 1, 'z')"
    run(database, "PRAGMA foreign_keys=OFF", sql)
    assert is_sound(database)
    with pytest.raises(UserError, match="is damaged"):
        examine(database, quick=False)


def test_changes_in_the_log_count(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute(APPLY, ("evidence", "0099_from_the_future"))
        with pytest.raises(UserError, match="newer Segue"):
            examine(database)


def test_compare_says_what_is_unknown_last() -> None:
    known = tuple(known_migrations())
    with pytest.raises(UserError, match=r"change plan\.0002_b\."):
        compare((*known, ("plan", "0001_a"), ("plan", "0002_b")), "It")


# --- writable ---------------------------------------------------------------------------------------------------------------


def test_writable(database: Path, tmp_path: Path) -> None:
    check_writable(database)
    check_writable(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_kept_busy_by_another_program(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **more: connect(*given, **more | {"timeout": 0}))
    with closing(connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match=r"Another program keeps the database .* busy") as caught:
            check_writable(database)
    assert "What was saved before is safe" in caught.value.hint


@pytest.fixture
def read_only(migrated: Path) -> Iterator[Path]:
    """A database in a folder, neither of which may be written."""
    folder = Path(tempfile.mkdtemp())
    database = Path(shutil.copy(migrated, folder / "segue.sqlite3"))
    database.chmod(0o444)
    folder.chmod(0o555)
    yield database
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="permissions are another matter on Windows")
def test_read_only(read_only: Path) -> None:
    """In a process that is nobody, since root may write everywhere."""
    said = as_nobody(lambda: check_writable(read_only))
    assert said.startswith("UserError")
    assert f"{read_only} can't be written: it, or its folder, is read-only" in said


def as_nobody(step: Callable[[], object]) -> str:
    """The error that a step ends with for somebody who is not root."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            step()
        except BaseException as error:
            os.write(writer, f"{type(error).__name__} {error}".encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as said:
        os.waitpid(child, 0)
        return said.read()
