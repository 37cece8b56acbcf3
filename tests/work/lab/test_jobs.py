"""The worker's part: a run to its end, a file that can't be read, a cancelled and an interrupted run."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from segue.jobs.actions import cancel, claim, report_progress
from segue.jobs.models import Job, State
from segue.work.lab import folders, jobs
from segue.work.lab.actions.runs import JOB, remove, remove_expired, start, stop
from segue.work.lab.models import Analysis
from segue.work.lab.queries.runs import state_of
from segue.work.lab.reading import Look, look_at
from segue.work.lab.results import findings_of
from tests.conftest import MONDAY
from tests.work.lab.conftest import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def now(analysis: Analysis) -> Analysis:
    return Analysis.objects.select_related("job").get(pk=analysis.pk)


def wishes(look: Look) -> dict[str, Any]:
    roles = look.ingest.roles
    return {"text": roles.text, "time": "", "rating": roles.rating or "", "label": "", "segments": []}


def test_a_run_goes_to_its_end_and_the_file_as_it_came_is_deleted(bring: Callable[..., Analysis]) -> None:
    analysis = bring()
    assert folders.raw_file(analysis).is_file()
    start(analysis, wishes(look_at(analysis)))
    work_off()
    after = now(analysis)
    assert after.job is not None
    assert (after.job.state, after.job.error) == (State.DONE, "")
    assert state_of(after) == "done"
    assert not folders.raw_file(after).exists()
    found = findings_of(after)
    about = {"themes": len(found.themes), "target": found.target, "recommended": found.recommended}
    assert after.facts == {"rows": 240, "kept": 240, **about}
    assert found.redacted["EMAIL"] == 6
    assert found.recommended
    stored = b"".join(path.read_bytes() for path in folders.folder_of(after).rglob("*.json"))
    assert b"@example.com" not in stored


def test_a_file_that_turns_out_bad_fails_with_words_and_can_be_started_again(bring: Callable[..., Analysis]) -> None:
    analysis = start(
        bring(b"text,stars\nOne comment,5\n"), {"text": "no such column", "time": "", "rating": "", "label": "", "segments": []}
    )
    work_off()
    after = now(analysis)
    assert after.job is not None
    assert after.job.state == State.FAILED
    assert "There is no column “no such column”." in after.job.error
    assert "Traceback" not in after.job.error
    assert folders.raw_file(after).is_file()
    again = start(after, {})
    assert again.job != after.job


def test_a_cancelled_run_leaves_nothing_and_the_file_can_be_run_again(
    bring: Callable[..., Analysis], monkeypatch: pytest.MonkeyPatch
) -> None:
    analysis = start(bring(), {})
    seen: list[str] = []

    def report(percent: int, step: str) -> None:
        seen.append(step)
        if len(seen) == 3:
            cancel(Job.objects.get(kind=JOB))
        assert claimed is not None
        report_progress(claimed, percent, step)

    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None
    with pytest.raises(Exception, match="analysis"):
        jobs.analyse(claimed, report)
    after = now(analysis)
    assert state_of(after) == "cancelled"
    assert not folders.run_folder(after).exists()
    assert folders.raw_file(after).is_file()
    start(after, {})


def test_an_interrupted_run_goes_on_where_it_stopped(bring: Callable[..., Analysis]) -> None:
    class Stopped(Exception):
        pass

    analysis = start(bring(), {})
    claimed = claim("worker", jobs.HANDLERS)
    assert claimed is not None

    def report(percent: int, step: str) -> None:
        if percent > 20:
            raise Stopped

    with pytest.raises(Stopped):
        jobs.analyse(claimed, report)
    left = sorted(path.name for path in (folders.run_folder(analysis) / "results").iterdir())
    assert "redact.json" in left
    said: list[tuple[int, str]] = []
    jobs.analyse(claimed, lambda percent, step: said.append((percent, step)))
    assert said[-1][0] == 100
    assert [percent for percent, _ in said] == sorted(percent for percent, _ in said)
    assert now(analysis).facts["rows"] == 240


def test_what_is_past_its_day_goes_and_the_line_that_says_so_stays(
    done: Analysis, bring: Callable[..., Analysis], on_day: Callable[..., None]
) -> None:
    waiting = bring(name="waiting.csv")
    on_day(done.keep_until)
    assert remove_expired() == 1  # the one that nobody had analysed
    assert now(waiting).gone_on == done.keep_until
    assert folders.folder_of(done).is_dir()
    on_day(done.keep_until.replace(day=24))
    assert remove_expired() == 1
    assert remove_expired() == 0
    gone = now(done)
    assert gone.gone_on is not None
    assert gone.facts["rows"] == 240
    assert not folders.folder_of(gone).exists()


def test_removing_cancels_a_run_that_waits(bring: Callable[..., Analysis]) -> None:
    analysis = start(bring(), {})
    remove(analysis)
    assert now(analysis).job is not None
    assert Job.objects.get(kind=JOB).state == State.CANCELLED
    assert not stop(now(analysis))
    assert not folders.folder_of(analysis).exists()


def test_a_disk_that_is_full_leaves_nothing(bring: Callable[..., Analysis], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(Exception, match="Make room on the disk"):
        bring(b"text\nA comment\n")
    assert not Analysis.objects.exists()


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_a_file_whose_run_came_to_nothing_is_deleted_after_a_day(
    bring: Callable[..., Analysis], on_day: Callable[..., None], state: State
) -> None:
    analysis = start(bring(), {})
    Job.objects.update(state=state)
    assert remove_expired() == 0
    on_day(MONDAY + timedelta(days=2))
    assert remove_expired() == 1
    assert not folders.folder_of(analysis).exists()


def test_folders_that_no_row_knows_of_are_swept(done: Analysis, bring: Callable[..., Analysis]) -> None:
    strange, fresh = folders.root() / ("a" * 32), folders.root() / ("b" * 32)
    removed = bring(name="removed.csv")
    folder = folders.folder_of(removed)
    Analysis.objects.filter(pk=removed.pk).update(gone_on=MONDAY)
    for path in (strange, fresh):
        path.mkdir()
    for path in (strange, folder, folders.folder_of(done)):
        os.utime(path, (0, 0))
    remove_expired()
    assert not strange.exists()
    assert not folder.exists()
    assert fresh.exists()
    assert folders.folder_of(done).exists()


def test_folders_are_for_their_owner_alone(bring: Callable[..., Analysis]) -> None:
    analysis = bring(name="漢" * 200 + ".csv")
    for path in (folders.root(), folders.folder_of(analysis), folders.raw_file(analysis).parent):
        assert path.stat().st_mode & 0o077 == 0
    assert folders.raw_file(analysis).name == "file.csv"


def test_a_run_that_waits_again_leaves_nothing_when_it_is_cancelled(bring: Callable[..., Analysis]) -> None:
    analysis = start(bring(), {})
    (folders.run_folder(analysis) / "results").mkdir(parents=True)
    assert stop(now(analysis))
    assert not folders.run_folder(analysis).exists()


@pytest.mark.parametrize("left", ["lock", "draft"])
def test_what_a_killed_worker_left_does_not_stop_the_next(bring: Callable[..., Analysis], left: str) -> None:
    analysis = start(bring(), {})
    folder = folders.run_folder(analysis)
    folder.mkdir(parents=True)
    if left == "lock":
        (folder / "run.lock").write_text(str(os.getppid()))
    else:
        (folder / ".manifest.json.abcdefgh.json").write_text("{")
    Job.objects.update(attempts=1)
    work_off()
    assert state_of(now(analysis)) == "done"
