"""What a worker does for the Lab: the steps of a run, one after the other, from where an earlier attempt stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Any

from segue.core.errors import UserError
from segue.jobs.actions import JobCancelled
from segue.jobs.models import Job
from segue.jobs.worker import Handler, Report
from segue.work.lab import folders
from segue.work.lab.actions.runs import JOB
from segue.work.lab.actions.versions import AGAIN, finish
from segue.work.lab.judging import JUDGES
from segue.work.lab.labelling import LEAST_SHARED
from segue.work.lab.models import Analysis
from segue.work.lab.queries.versions import Told, inputs_of, told
from segue.work.lab.reading import spoken, wishes_from

if TYPE_CHECKING:
    from feedback_lab.pipeline import Config


def analyse(job: Job, report: Report) -> Mapping[str, Any]:
    """The whole run. The file as it came is deleted when it is over."""
    from feedback_lab.pipeline import STEPS, Config, run_steps

    analysis = Analysis.objects.get(pk=job.payload["analysis"])
    if analysis.version:  # a worker was killed after it had finished the run, and before it could say so
        folders.clear_raw(analysis)
        return {}
    config = Config(question=analysis.question, title=analysis.file_name, roles=wishes_from(analysis.wishes))
    raw, folder, progress = folders.raw_file(analysis), folders.run_folder(analysis, 1), _progress(report)
    _unlock(folder)
    try:
        with spoken():
            _from_where_it_stopped(job, analysis, lambda: run_steps(STEPS, raw, folder, config, progress))
    except JobCancelled:
        folders.clear_run(analysis, 1)
        raise
    finish(analysis, 1, {})
    folders.clear_raw(analysis)
    return {}


def analyse_again(job: Job, report: Report) -> Mapping[str, Any]:
    """The next version: all steps after redaction that something decided since makes different."""
    from feedback_lab.pipeline import STEPS, run_steps

    analysis, number = Analysis.objects.get(pk=job.payload["analysis"]), job.payload["version"]
    if number <= analysis.version:  # as above
        return {}
    run = told(analysis)
    inputs = inputs_of(analysis, run)
    folder = folders.begin_from(analysis, number)
    config = _told_config(analysis, run, folder)
    _unlock(folder)
    try:
        with spoken():
            run_steps(STEPS, None, folder, config, _progress(report))
    except (JobCancelled, UserError):
        folders.clear_run(analysis, number)
        raise
    finish(analysis, number, inputs)
    return {}


def _unlock(folder: Path) -> None:
    """One worker at a time holds the data folder: a lock in there is that of a worker that was killed."""
    from feedback_lab.pipeline.run import LOCK

    (folder / LOCK).unlink(missing_ok=True)


def _told_config(analysis: Analysis, told: Told, folder: Path) -> Config:
    """Settings of a version. What people decided is written into its folder, so that a version holds all it was made from."""
    from feedback_lab.files import write_json
    from feedback_lab.pipeline import Config
    from feedback_lab.pipeline.document_steps import NOTES

    (folder / "edits.json").unlink(missing_ok=True)
    if folders.edits_file(analysis).is_file():
        copyfile(folders.edits_file(analysis), folder / "edits.json")
    (folder / NOTES).unlink(missing_ok=True)
    if told.notes:
        write_json(folder / NOTES, dict(told.notes))
    shared = len(told.own.keys() & told.second.keys()) >= LEAST_SHARED
    labellers = {"own": told.own, "second": told.second if shared else {}}
    labels = tuple(_write_labels(folder, name, labels) for name, labels in labellers.items() if labels)
    gold = _write_labels(folder, "gold", told.gold) if told.gold else ""
    about: dict[str, Any] = {"question": analysis.question, "title": analysis.file_name, "roles": wishes_from(analysis.wishes)}
    return Config(**about, labels=labels, gold=gold, **told.settings)


def _write_labels(folder: Path, name: str, labels: Mapping[int, str]) -> str:
    from feedback_lab.files import write_text
    from feedback_lab.label import GoldSet

    path = folder / "labels" / f"{name}.csv"
    write_text(path, GoldSet.of(labels).table())  # anew: it may be the file of the version before under a second name
    return str(path)


def _from_where_it_stopped(job: Job, analysis: Analysis, run: Callable[[], object]) -> None:
    """Goes on with what an attempt before left; where that can't be gone on with, begins anew."""
    from feedback_lab.errors import LabError

    try:
        run()
    except LabError:
        if job.attempts < 2 or not folders.raw_file(analysis).is_file():
            raise
        folders.clear_run(analysis, 1)
        run()


def _progress(report: Report) -> Callable[[str, float], None]:
    """Percent of the whole, told when it changes."""
    from feedback_lab.pipeline import STEPS

    weights, says = {step.name: step.weight for step in STEPS}, {step.name: step.says for step in STEPS}
    names, total = list(weights), sum(weights.values())
    last = (-1, "")

    def tell(step: str, share: float) -> None:
        nonlocal last
        before = sum(weights[name] for name in names[: names.index(step)])
        now = (int(100 * (before + weights[step] * share) / total), says[step])
        if now != last:
            last = now
            report(*now)

    return tell


HANDLERS: Mapping[str, Handler] = {JOB: analyse, AGAIN: analyse_again, **JUDGES}
