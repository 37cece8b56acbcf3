"""What a worker does for the Lab: the steps of a run, one after the other, from where an earlier attempt stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from segue.jobs.actions import JobCancelled
from segue.jobs.models import Job
from segue.jobs.worker import Handler, Report
from segue.work.lab import folders
from segue.work.lab.actions import JOB, finish
from segue.work.lab.models import Analysis
from segue.work.lab.reading import spoken, wishes_from
from segue.work.lab.results import facts_of


def analyse(job: Job, report: Report) -> Mapping[str, Any]:
    """The whole run. The file as it came is deleted when it is over."""
    from feedback_lab.pipeline import STEPS, Config, run_steps
    from feedback_lab.pipeline.run import LOCK

    analysis = Analysis.objects.get(pk=job.payload["analysis"])
    config = Config(question=analysis.question, title=analysis.file_name, roles=wishes_from(analysis.wishes))
    raw = folders.raw_file(analysis)
    progress = _progress({step.name: step.weight for step in STEPS}, {step.name: step.says for step in STEPS}, report)
    # One worker at a time holds the data folder: a lock in there is that of a worker that was killed.
    (folders.run_folder(analysis) / LOCK).unlink(missing_ok=True)
    try:
        with spoken():
            _from_where_it_stopped(job, analysis, lambda: run_steps(STEPS, raw, folders.run_folder(analysis), config, progress))
    except JobCancelled:
        folders.clear_run(analysis)
        raise
    finish(analysis, facts_of(analysis))
    return {}


def _from_where_it_stopped(job: Job, analysis: Analysis, run: Callable[[], object]) -> None:
    """Goes on with what an attempt before left; where that can't be gone on with, begins anew."""
    from feedback_lab.errors import LabError

    try:
        run()
    except LabError:
        if job.attempts < 2:
            raise
        folders.clear_run(analysis)
        run()


def _progress(weights: Mapping[str, float], says: Mapping[str, str], report: Report) -> Callable[[str, float], None]:
    """Percent of the whole, told when it changes."""
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


HANDLERS: Mapping[str, Handler] = {JOB: analyse}
