"""Restoring a backup: everything is verified first; what was there before is kept; the switch itself is one rename.

Attached files need no switch: they are called after their checksum, so those of the backup are added to those that are there.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from segue.core.errors import UserError
from segue.shared import clock
from segue.vault.archive import Reader, damaged, hash_of, opened
from segue.vault.backup import attached, database_path, stored_files
from segue.vault.locks import hold_folder, without_workers
from segue.vault.manifest import DATABASE, MOST_BYTES, NAME, Kind, Manifest, read_manifest
from segue.vault.schema import examine, is_sound
from segue.vault.staging import mendable, move_into_place, staging, sync_folder

WHAT = "a backup of Segue"
SIDECARS = ("-wal", "-shm")
SPARE = 20 * 1024 * 1024


@dataclass(frozen=True)
class Restored:
    """What came of it. ``replaced``: the folder that holds what was there before, ``None`` where there was nothing.

    ``missing``: checksums of attached files that are neither in the backup nor in the data folder.
    """

    manifest: Manifest
    replaced: Path | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Verified:
    """A backup that was found good: its database and those of its files that the data folder lacks lie in ``stage``."""

    manifest: Manifest
    stage: Path
    new_files: tuple[str, ...]
    missing: tuple[str, ...]


def restore(path: Path) -> Restored:
    """Puts a backup in the place of the present data. Raises ``UserError`` where it can't; then nothing has changed.

    The database may be of an older schema afterwards; the caller brings it up to date.
    """
    current, home = database_path(), Path(settings.HOME)
    connections.close_all()
    with mendable(home), hold_folder(home, "restore"), without_workers(home), staging(home) as stage:
        verified = verify(path, stage)
        replaced = _keep_present(current, home)
        try:
            _add_files(verified, replaced)
            _switch(current, stage / DATABASE)
        except BaseException:
            if replaced is not None:  # the present data is still in its place; a second name of it would only confuse
                shutil.rmtree(replaced, ignore_errors=True)
            raise
    return Restored(verified.manifest, replaced, verified.missing)


# --- verifying ------------------------------------------------------------------------------------------------------------------


def verify(path: Path, stage: Path) -> Verified:
    """Checks everything about a backup and unpacks what is needed of it. Raises ``UserError``."""
    with opened(path, WHAT) as archive:
        manifest = _manifest(archive, path)
        _check_room(manifest, path)
        new_files = tuple(_unpack(archive, manifest, stage))
    examine(stage / DATABASE, f"The database in {path}", quick=False)
    missing = tuple(sorted(_missing(manifest, attached(stage / DATABASE))))
    unexplained = set(missing) - set(manifest.missing)
    if manifest.kind is Kind.FULL and unexplained:
        raise damaged(path, WHAT)
    return Verified(manifest, stage, new_files, missing)


def _manifest(archive: Reader, path: Path) -> Manifest:
    try:
        manifest = read_manifest(archive.text(NAME, MOST_BYTES), str(path))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise archive.damaged() from error
    if archive.sizes.keys() != manifest.members.keys() | {NAME}:
        raise archive.damaged()
    if any(archive.sizes[name] != member.size for name, member in manifest.members.items()):
        raise archive.damaged()
    return manifest


def _check_room(manifest: Manifest, path: Path) -> None:
    needed = sum(m.size for m in manifest.members.values()) + SPARE
    free = shutil.disk_usage(settings.HOME).free
    if needed > free:
        raise UserError(
            f"Restoring {path} needs up to {needed // 1024**2} MB; the disk of {settings.HOME} has {free // 1024**2} MB free.",
            "Free some space, or restore into a folder on another disk: --home FOLDER. Nothing was changed.",
        )


def _unpack(archive: Reader, manifest: Manifest, stage: Path) -> Iterator[str]:
    """Reads every member; keeps the database and the files that the data folder lacks, and names the latter."""
    for name, member in manifest.members.items():
        if name == DATABASE or not _is_whole(_stored(member.sha256)):
            target = stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(target, "wb") as file:
                found = archive.read(name, file.write)
            if name != DATABASE:
                yield member.sha256
        else:
            found = archive.read(name)
        if found != member:
            raise archive.damaged()


def _missing(manifest: Manifest, wanted: set[str]) -> Iterator[str]:
    return (sha for sha in wanted if f"files/{sha[:2]}/{sha}" not in manifest.members and not _is_whole(_stored(sha)))


def _stored(sha256: str) -> Path:
    return Path(settings.FILES) / sha256[:2] / sha256


def _is_whole(path: Path) -> bool:
    return path.is_file() and hash_of(path).sha256 == path.name


# --- replacing ------------------------------------------------------------------------------------------------------------------


def _keep_present(current: Path, home: Path) -> Path | None:
    """Puts the present database, with all it says, and a list of the attached files into a folder of their own."""
    if not current.exists():
        return None
    sound = is_sound(current)
    if sound:
        _settle(current)
    folder = _new_folder(home / "replaced")
    for suffix in ("", *(() if sound else SIDECARS)):
        _keep(current.with_name(current.name + suffix), folder / f"{DATABASE}{suffix}")
    lines = [f"{path.name} {path.stat().st_size}\n" for path in stored_files()]
    (folder / "files.txt").write_text("".join(lines), "ascii")
    sync_folder(folder)
    return folder


def _new_folder(parent: Path) -> Path:
    """A folder called after the moment, and a number where that is taken."""
    moment = f"{clock.now():%Y-%m-%d-%H%M%S}"
    names = (f"{moment}-{count}" if count > 1 else moment for count in itertools.count(1))
    folder = next(parent / name for name in names if not (parent / name).exists())
    folder.mkdir(parents=True, mode=0o700)
    return folder


def _settle(database: Path) -> None:
    """Brings what lies in the log beside a database into it. A damaged one is left as it is, log and all."""
    with closing(sqlite3.connect(database, timeout=10)) as opened_:
        busy = opened_.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    # Closing the last connection removes the log. Where it is still there, somebody else has the database open.
    if busy or database.with_name(database.name + SIDECARS[0]).exists():
        raise UserError(
            f"Another program has the database {database} open.",
            "Close it (a database viewer, a synchronising or backup program) and try again. Nothing was changed.",
        )


def _keep(path: Path, target: Path) -> None:
    """The same file under a second name, so that there is no moment without it; a copy where the disk knows no second names."""
    if not path.exists():
        return
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def _add_files(verified: Verified, replaced: Path | None) -> None:
    for sha256 in verified.new_files:
        target = _stored(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and replaced is not None:  # there, but damaged
            (replaced / "damaged-files").mkdir(exist_ok=True)
            _keep(target, replaced / "damaged-files" / sha256)
        move_into_place(verified.stage / "files" / sha256[:2] / sha256, target, sync=False)
    for folder in {_stored(sha256).parent for sha256 in verified.new_files}:
        sync_folder(folder)


def _switch(current: Path, new: Path) -> None:
    for suffix in SIDECARS:  # only those of a damaged database are still there
        current.with_name(current.name + suffix).unlink(missing_ok=True)
    move_into_place(new, current)
