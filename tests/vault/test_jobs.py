from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.jobs.actions import JobCancelled, cancel, claim, enqueue, report_progress
from segue.jobs.models import Job, State
from segue.jobs.worker import Report, Worker
from segue.vault.actions import ask_for_backup, ask_for_export
from segue.vault.jobs import HANDLERS, build_backup, build_export, see_to_daily_backup
from segue.vault.outgoing import file_of
from segue.vault.restore import restore
from tests.vault.conftest import MONDAY, close_database

OnDay = Callable[[date], None]


def work() -> None:
    Worker(HANDLERS, should_stop=lambda: False, sleep=lambda _: None, chores=see_to_daily_backup).run(once=True)


def quiet(percent: int, step: str) -> None:
    pass


def test_an_export_is_made_to_be_downloaded(learner: Learner, home: Path) -> None:
    job = ask_for_export(learner)
    work()
    job.refresh_from_db()
    made = file_of(job)
    assert (job.state, job.progress) == (State.DONE, 100)
    assert made is not None
    assert made.parent == home / "outgoing"
    assert (job.result["entries"], job.result["files"], job.result["missing"]) == (7, 3, [])
    assert job.result["size"] == made.stat().st_size
    assert zipfile.ZipFile(made).testzip() is None


def test_a_backup_made_as_a_job_can_be_restored(learner: Learner, home: Path) -> None:
    job = ask_for_backup(learner)
    work()
    job.refresh_from_db()
    made = file_of(job)
    assert made is not None
    assert made.name.endswith(".seguebackup")
    close_database()
    assert len(restore(made).manifest.members) == 4


@pytest.mark.parametrize("build", [build_export, build_backup])
def test_progress_grows_and_every_step_has_words(learner: Learner, home: Path, build: Callable[[Job, Report], object]) -> None:
    told: list[tuple[int, str]] = []
    build(enqueue("export" if build is build_export else "backup", learner), lambda percent, step: told.append((percent, step)))
    percents = [percent for percent, _ in told]
    assert percents == sorted(percents)
    assert len(percents) >= 5
    assert percents[-1] < 100
    assert all(step and step[0].isupper() for _, step in told)


@pytest.mark.parametrize("build", [build_export, build_backup])
def test_a_cancelled_one_leaves_nothing(learner: Learner, home: Path, build: Callable[[Job, Report], object]) -> None:
    kind = "export" if build is build_export else "backup"
    enqueue(kind, learner)
    job = claim("worker", [kind])
    assert job is not None

    def report(percent: int, step: str) -> None:
        if percent >= 30:
            cancel(job)
        report_progress(job, percent, step)

    with pytest.raises(JobCancelled):
        build(job, report)
    assert list((home / "outgoing").iterdir()) == []


def test_where_the_folder_can_not_be_made_it_fails_in_words(learner: Learner, home: Path) -> None:
    (home / "outgoing").write_text("in the way")
    with pytest.raises(UserError, match="a file lies where a folder is needed"):
        build_export(enqueue("export", learner), quiet)


def test_over_midnight_the_day_gets_its_backup_once(learner: Learner, home: Path, on_day: OnDay) -> None:
    work()
    work()
    assert [path.name for path in (home / "backups").iterdir()] == ["daily-2026-11-23.seguebackup"]
    on_day(MONDAY + timedelta(1))
    see_to_daily_backup()
    see_to_daily_backup()
    assert Job.objects.filter(state=State.QUEUED, kind="daily-backup", learner=None).count() == 1
    work()
    assert len(list((home / "backups").iterdir())) == 2
    assert Job.objects.filter(kind="daily-backup").count() == 2


def test_a_daily_backup_that_failed_is_not_tried_every_minute(learner: Learner, home: Path) -> None:
    (home / "backups").write_text("in the way")
    work()
    work()
    (job,) = Job.objects.filter(kind="daily-backup")
    assert job.state == State.FAILED


def test_several_workers_do_each_job_once(home: Path) -> None:
    """On a database as it is in earnest: each thread has its own connection, as each worker has."""
    jobs = [enqueue("paint").pk for _ in range(40)]
    begin, taken = threading.Barrier(4), list[int]()

    def one_worker(name: str) -> None:
        begin.wait()
        while job := claim(name, ["paint"]):
            taken.append(job.pk)
        connections.close_all()

    threads = [threading.Thread(target=one_worker, args=(f"worker {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == jobs
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}
