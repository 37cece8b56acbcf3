from __future__ import annotations

import json
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from segue.core.errors import UserError
from segue.evidence.files import path_of
from segue.evidence.models import Attachment, Entry
from segue.vault.archive import hash_of
from segue.vault.locks import hold_folder, hold_worker, without_workers
from segue.vault.manifest import DATABASE, NAME
from segue.vault.restore import restore
from tests.vault.conftest import close_database, contents

Members = dict[str, bytes]


def titles() -> list[tuple[int, str]]:
    return list(Entry.objects.order_by("number").values_list("number", "sort"))


def refused(path: Path, home: Path, words: str) -> UserError:
    """Restoring fails with a message, and nothing has changed."""
    close_database()
    before = contents(home)
    with pytest.raises(UserError, match=words) as caught:
        restore(path)
    assert contents(home) == before
    assert not (home / "replaced").exists()
    assert not list(home.glob(".segue-*"))
    assert caught.value.hint
    return caught.value


def members_of(path: Path) -> Members:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, change: Callable[[Members, dict[str, Any]], None]) -> Path:
    """The backup, changed and packed again."""
    members = members_of(path)
    manifest = json.loads(members.pop(NAME))
    change(members, manifest)
    members.setdefault(NAME, json.dumps(manifest).encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_not_a_zip_not_a_backup_not_there(backup: Path, home: Path) -> None:
    elsewhere = backup.parent
    (elsewhere / "text").write_text("Dear diary")
    (elsewhere / "empty").touch()
    with zipfile.ZipFile(elsewhere / "zip", "w") as archive:
        archive.writestr("photo.jpg", b"...")
    for name in ("text", "empty", "zip"):
        refused(elsewhere / name, home, f"{name} is not a backup of Segue, or it is damaged. Nothing was changed")
    refused(elsewhere / "nowhere", home, "nowhere is not there")
    refused(elsewhere, home, "is a folder")


def test_truncated_anywhere(backup: Path, home: Path) -> None:
    data = backup.read_bytes()
    for size in (1, 100, len(data) // 2, len(data) - 30, len(data) - 1):
        backup.write_bytes(data[:size])
        refused(backup, home, "damaged")


def test_any_byte_changed_is_refused_or_harmless(backup: Path, home: Path) -> None:
    """A zip has bytes that mean nothing (a date). What counts: either it is refused, or all of it is what it was."""
    data, random_ = backup.read_bytes(), random.Random(7)
    refusals = 0
    for position in random_.sample(range(len(data)), 60):
        changed = bytearray(data)
        changed[position] ^= 1 << random_.randrange(8)
        backup.write_bytes(changed)
        try:
            restore(backup)
        except UserError:
            refusals += 1
        else:
            assert len(titles()) == 7
            assert all(hash_of(path_of(sha)).sha256 == sha for sha in Attachment.objects.values_list("sha256", flat=True))
    assert refusals > 40


def _swap_database(members: Members, manifest: dict[str, Any]) -> None:
    members[DATABASE] = members[DATABASE][:-1] + b"!"


def _lose_a_file(members: Members, manifest: dict[str, Any]) -> None:
    members.pop(next(name for name in members if name.startswith("files/")))


def _lose_a_file_and_its_line(members: Members, manifest: dict[str, Any]) -> None:
    name = next(name for name in members if name.startswith("files/"))
    members.pop(name)
    manifest["members"].pop(name)


def _add_a_file(members: Members, manifest: dict[str, Any]) -> None:
    members["extra.txt"] = b"stowaway"


def _rename_a_file(members: Members, manifest: dict[str, Any]) -> None:
    name = next(name for name in members if name.startswith("files/"))
    other = f"files/00/00{name[11:]}"
    members[other] = members.pop(name)
    manifest["members"][other] = manifest["members"].pop(name)


def _lie_about_a_size(members: Members, manifest: dict[str, Any]) -> None:
    manifest["members"][DATABASE]["size"] += 1


def _no_manifest(members: Members, manifest: dict[str, Any]) -> None:
    members[NAME] = b"not json"


def _list_instead_of_manifest(members: Members, manifest: dict[str, Any]) -> None:
    members[NAME] = b"[]"


def _deep_manifest(members: Members, manifest: dict[str, Any]) -> None:
    members[NAME] = b"[" * 100_000


def _members_are_text(members: Members, manifest: dict[str, Any]) -> None:
    manifest["members"] = {DATABASE: "here"}


@pytest.mark.parametrize(
    "change",
    [
        _swap_database,
        _lose_a_file,
        _add_a_file,
        _rename_a_file,
        _lie_about_a_size,
        _no_manifest,
        _list_instead_of_manifest,
        _deep_manifest,
        _members_are_text,
    ],
)
def test_whatever_does_not_agree_is_refused(backup: Path, home: Path, change: Callable[[Members, dict[str, Any]], None]) -> None:
    refused(rewrite(backup, change), home, "is not a backup of Segue, or it is damaged. Nothing was changed")


def test_a_full_backup_that_lacks_files_nobody_has_is_refused(backup: Path, home: Path) -> None:
    rewrite(backup, _lose_a_file_and_its_line)
    for path in (home / "files").glob("??/*"):
        path.unlink()
    refused(backup, home, "is not a backup of Segue, or it is damaged")


def test_a_path_that_leads_out_is_refused(backup: Path, home: Path) -> None:
    for name in ("../evil", "/etc/evil", "files/../../evil", "C:evil", "files\\..\\evil"):
        with zipfile.ZipFile(backup, "a") as archive:
            archive.writestr(name, b"evil")
        refused(backup, home, "points out of it")
        rewrite(backup, lambda members, manifest, name=name: members.pop(name) and None)  # type: ignore[misc]


def test_a_newer_format_is_named(backup: Path, home: Path) -> None:
    error = refused(rewrite(backup, lambda _, manifest: manifest.update(format_version=2)), home, "format 2")
    assert "newer Segue" in error.hint


def with_database(path: Path, change: Callable[[sqlite3.Connection], object]) -> Path:
    """The backup with another database inside, everything else being right."""

    def swap(members: Members, manifest: dict[str, Any]) -> None:
        look = path.parent / "look.sqlite3"
        look.write_bytes(members[DATABASE])
        with closing(sqlite3.connect(look, isolation_level=None)) as database:
            change(database)
        members[DATABASE] = look.read_bytes()
        manifest["members"][DATABASE] = {"sha256": hash_of(look).sha256, "size": look.stat().st_size}

    return rewrite(path, swap)


def test_a_newer_schema_is_named(backup: Path, home: Path) -> None:
    sql = "INSERT INTO django_migrations (app, name, applied) VALUES ('evidence', '0099_from_the_future', '2027-01-01')"
    error = refused(with_database(backup, lambda d: d.execute(sql)), home, "newer Segue.*evidence.0099_from_the_future")
    assert "Install that newer version" in error.hint


def test_another_programs_database_is_named(backup: Path, home: Path) -> None:
    def drop_all(database: sqlite3.Connection) -> None:
        database.execute("PRAGMA foreign_keys=OFF")
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall():
            database.execute(f'DROP TABLE "{name}"')
        database.execute("CREATE TABLE songs (title)")

    refused(with_database(backup, drop_all), home, "belongs to another program")


def test_dangling_rows_are_refused(backup: Path, home: Path) -> None:
    def dangle(database: sqlite3.Connection) -> None:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute(
            "INSERT INTO evidence_attachment (entry_id, name, sha256, size, media_type) VALUES (999, 'x', 'y', 1, 'z')"
        )

    refused(with_database(backup, dangle), home, "is damaged")


def test_an_older_schema_is_taken_and_says_what_is_pending(backup: Path, home: Path) -> None:
    from segue.vault.schema import examine

    restore(with_database(backup, lambda d: d.execute("DELETE FROM django_migrations WHERE app = 'jobs'")))
    assert {app for app, _ in examine(home / DATABASE).pending} == {"jobs"}


def test_not_under_a_running_segue(backup: Path, home: Path) -> None:
    with hold_folder(home, "start"):
        error = refused(backup, home, "is used by another Segue")
    assert "Stop that Segue first" in error.hint


def test_not_under_a_running_worker(backup: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("segue.vault.restore.without_workers", partial(without_workers, patience=0))
    with hold_worker(home):
        refused(backup, home, "A worker still uses")


def test_not_while_another_program_has_the_database_open(backup: Path, home: Path) -> None:
    close_database()
    with closing(sqlite3.connect(home / DATABASE)) as viewer:
        viewer.execute("PRAGMA journal_mode=WAL")
        viewer.execute("SELECT count(*) FROM evidence_entry").fetchone()
        with pytest.raises(UserError, match="Another program has the database"):
            restore(backup)
    assert len(titles()) == 8


def test_not_without_room(backup: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 5, 5))
    refused(backup, home, "has 0 MB free")
