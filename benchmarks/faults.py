"""Kills Segue without warning in the middle of saving, of backing up and of restoring, and counts what is lost.

    python benchmarks/faults.py --times 50

Each run starts a process of its own, kills it (SIGKILL) at a random moment, and looks: the database is sound, everything that was
acknowledged is there with its attached file, every file that looks like a finished backup is one. Exits with 1 where anything is
not so. The seed makes the moments the same each time, as far as a machine repeats itself.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

DAY = date(2026, 11, 23)
BALLAST = 24  # files of one megabyte, so that a backup takes long enough to be hit


@dataclass
class Count:
    """What was seen of one scenario."""

    name: str
    runs: int = 0
    hit: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)

    def expect(self, good: bool, fault: str) -> None:
        if not good:
            self.faults.append(f"run {self.runs}: {fault}")


def set_up(home: Path) -> None:
    """Django on this data folder, for the rest of the process."""
    os.environ["SEGUE_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "segue.settings"
    os.environ.pop("SEGUE_DATABASE_URL", None)
    import django

    django.setup()


# --- what is killed: each says on its output what it has finished --------------------------------------------------------------


def save_for_ever(home: Path) -> None:
    """Appends entries with an attached file each; says a number once it is told that it is saved."""
    from segue.accounts.actions import make_local_learner
    from segue.core.evidence import Sort
    from segue.evidence.actions import append
    from segue.evidence.files import store

    learner = make_local_learner()
    count = learner.entries.count()
    while True:
        count += 1
        file = store(f"{count}.txt", "text/plain", [f"file of entry {count} ".encode() * 200])
        entry = append(learner, Sort.ARTEFACT, DAY, [file], title=f"Entry {count}", body=f"Text of entry {count}. " * 100)
        print(entry.number, file.sha256, flush=True)


def back_up_for_ever(home: Path) -> None:
    """Makes one backup after the other; says the name of each that is finished."""
    from segue.vault.backup import make_backup

    print("begin", flush=True)
    for count in range(10_000):
        target = home / "backups" / f"{os.getpid()}-{count}.seguebackup"
        make_backup(target)
        print(target.name, flush=True)


def restore_for_ever(home: Path) -> None:
    """Restores one of two backups after the other; says which it has restored."""
    from segue.vault.restore import restore

    print("begin", flush=True)
    for count in range(10_000):
        name = ("early", "late")[count % 2]
        restore(home.parent / f"{name}.seguebackup")
        print(name, flush=True)


CHILDREN: dict[str, Callable[[Path], None]] = {"save": save_for_ever, "back-up": back_up_for_ever, "restore": restore_for_ever}


class Victim:
    """A process to be killed, and what it said."""

    def __init__(self, home: Path, child: str) -> None:
        from django.db import connections

        connections.close_all()  # so that the victim is alone with the database
        self.said: list[str] = []
        self.begun = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--child", child, "--home", str(home)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith("\n"):  # the last one may have been cut off
                self.said.append(line.strip())
            self.begun.set()

    def kill_after(self, seconds: float) -> bool:
        """Kills it that long after its first word. Whether it was still running."""
        self.begun.wait(60)
        time.sleep(seconds)
        running = self._process.poll() is None
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        return running


# --- what is looked at ---------------------------------------------------------------------------------------------------------


def look_at_database(home: Path, count: Count) -> None:
    """As the next start does, and more thoroughly."""
    from segue.core.errors import UserError
    from segue.vault.upkeep import check_database, look_at_database

    try:
        count.expect(not look_at_database(quick=False).pending, "the database is not up to date")
        for fault in check_database():
            count.expect(False, fault)
    except UserError as error:
        count.expect(False, str(error))


def entries_of(home: Path) -> dict[int, str]:
    """Number -> checksum of its attached file."""
    sql = "SELECT e.number, a.sha256 FROM evidence_entry e LEFT JOIN evidence_attachment a ON a.entry_id = e.id ORDER BY e.number"
    with closing(sqlite3.connect(home / "segue.sqlite3")) as database:
        return dict(database.execute(sql).fetchall())


def is_good_backup(path: Path, home: Path) -> bool:
    """Whether a restore would take it."""
    from segue.core.errors import UserError
    from segue.vault.restore import verify
    from segue.vault.staging import staging

    try:
        with staging(home) as stage:
            verify(path, stage)
    except UserError:
        return False
    return True


def leftovers(folder: Path) -> list[Path]:
    """What was being made when the process was killed. An empty folder, killed before its lock was there, goes a little later."""
    return [stage for stage in folder.glob(".segue-*.part") if any(stage.iterdir())]


# --- scenarios -----------------------------------------------------------------------------------------------------------------


def seconds_of(work: Callable[[], object]) -> float:
    """How long it takes when nobody kills it, so that the moments spread over all of it."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def kill_saves(home: Path, times: int, moments: random.Random) -> Count:
    """Killed while it saves: nothing that was acknowledged is missing, and the backup made before still holds."""
    from segue.vault.backup import make_backup

    count = Count("kill -9 while saving")
    before = home.parent / "before.seguebackup"
    make_backup(before)
    for _ in range(times):
        count.runs += 1
        victim = Victim(home, "save")
        count.hit += victim.kill_after(moments.uniform(0, 0.3))
        look_at_database(home, count)
        there = entries_of(home)
        for line in victim.said:
            number, sha256 = line.split()
            count.acknowledged += 1
            count.expect(there.get(int(number)) == sha256, f"entry {number} was acknowledged and is not there")
        count.expect(list(there) == list(range(1, len(there) + 1)), "numbers have a gap")
        count.expect(is_good_backup(before, home), "the backup made before does not verify")
    return count


def kill_backups(home: Path, times: int, moments: random.Random) -> Count:
    """Killed while it backs up and another process saves: what looks finished is finished, and the next start tidies up."""
    from segue.vault.backup import make_backup
    from segue.vault.upkeep import remove_leftovers

    count = Count("kill -9 while backing up")
    folder = home / "backups"
    folder.mkdir(exist_ok=True)
    takes = seconds_of(lambda: make_backup(home.parent / "measured.seguebackup"))
    for _ in range(times):
        count.runs += 1
        saver, victim = Victim(home, "save"), Victim(home, "back-up")
        saver.begun.wait(60)
        victim.kill_after(moments.uniform(0, 3 * takes))
        saver.kill_after(0)
        count.hit += bool(leftovers(folder))
        finished = set(victim.said) - {"begin"}
        count.acknowledged += len(finished)
        there = {path.name for path in folder.glob("*.seguebackup")}
        count.expect(finished <= there, f"acknowledged backups are missing: {finished - there}")
        for path in folder.glob("*.seguebackup"):
            count.expect(is_good_backup(path, home), f"{path.name} looks finished and is not")
        remove_leftovers()
        count.expect(not leftovers(folder), "half-made files stay")
        look_at_database(home, count)
        shutil.rmtree(folder)
        folder.mkdir()
    return count


def kill_restores(home: Path, times: int, moments: random.Random) -> Count:
    """Killed while it restores: the database is the one before or the one after, whole, and it can be restored again."""
    from segue.accounts.actions import make_local_learner
    from segue.core.evidence import Sort
    from segue.evidence.actions import append
    from segue.vault.backup import make_backup
    from segue.vault.restore import restore
    from segue.vault.upkeep import remove_leftovers

    count = Count("kill -9 while restoring")
    sizes = {len(entries_of(home))}
    make_backup(home.parent / "early.seguebackup")
    append(make_local_learner(), Sort.TIME, DAY, minutes=5)
    sizes.add(len(entries_of(home)))
    make_backup(home.parent / "late.seguebackup")
    takes = seconds_of(lambda: restore(home.parent / "late.seguebackup"))
    for _ in range(times):
        count.runs += 1
        for path in list((home / "files").glob("??/*"))[::7]:
            path.unlink()  # so that there are files to be put back
        victim = Victim(home, "restore")
        victim.kill_after(moments.uniform(0, 3 * takes))
        count.hit += bool(leftovers(home))
        count.acknowledged += len(victim.said) - 1
        remove_leftovers()
        count.expect(len(entries_of(home)) in sizes, "the database is neither the one before nor the one after")
        count.expect(restore(home.parent / "late.seguebackup").missing == (), "files are missing after another restore")
        look_at_database(home, count)
        shutil.rmtree(home / "replaced")
    return count


# In this order, because saving makes many files, which slow the others down.
SCENARIOS = {"restores": kill_restores, "backups": kill_backups, "saves": kill_saves}


@contextmanager
def new_home() -> Iterator[Path]:
    """A data folder with a database and some attached files, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="segue-faults-"))
    home = folder / "home"
    home.mkdir()
    set_up(home)
    from segue.accounts.actions import make_local_learner
    from segue.core.evidence import Sort
    from segue.evidence.actions import append
    from segue.evidence.files import store
    from segue.vault.upkeep import bring_up_to_date

    bring_up_to_date()
    bulk = random.Random(0)
    for number in range(BALLAST):
        file = store(f"{number}.bin", "", [bulk.randbytes(1024 * 1024)])
        append(make_local_learner(), Sort.ARTEFACT, DAY, [file], title=f"Ballast {number}")
    try:
        yield home
    finally:
        shutil.rmtree(folder)


def main() -> int:
    """Runs the scenarios and prints what was seen."""
    options = argparse.ArgumentParser(description="Kills Segue in the middle of its work and counts what is lost.")
    options.add_argument("--times", type=int, default=50, help="how often in each scenario (50)")
    options.add_argument("--seed", type=int, default=1, help="of the moments (1)")
    options.add_argument("--only", choices=SCENARIOS, help="one scenario")
    options.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    options.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child:
        set_up(given.home)
        CHILDREN[given.child](given.home)
    counts = []
    with new_home() as home:
        for name, scenario in SCENARIOS.items():
            if given.only in (None, name):
                seed = int.from_bytes(hashlib.sha256(f"{given.seed} {name}".encode()).digest()[:4])
                counts.append(scenario(home, given.times, random.Random(seed)))
    print("| Scenario | Kills | In the middle of it | Acknowledged | Faults |\n|---|---|---|---|---|")
    for count in counts:
        print(f"| {count.name} | {count.runs} | {count.hit} | {count.acknowledged} | {len(count.faults)} |")
        for fault in count.faults[:20]:
            print(f"  {fault}")
    return 1 if any(count.faults for count in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
