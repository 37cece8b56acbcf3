"""What the pages of the Lab show."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.evidence.models import Entry
from segue.jobs.models import Job, State
from segue.jobs.queries import waiting_before
from segue.work.lab import folders
from segue.work.lab.models import Analysis

STATE_WORDS = {
    "new": "columns to look at",
    "queued": "waiting",
    "running": "running",
    "done": "done",
    "failed": "could not be done",
    "cancelled": "cancelled",
    "gone": "deleted",
    "lost": "not in this data folder",
}


@dataclass(frozen=True)
class AnalysisRow:
    """An analysis in a list."""

    analysis: Analysis
    state: str
    words: str


@dataclass(frozen=True)
class RunPage:
    """How far a run is. ``waiting``: jobs that come before it; ``can_start``: the file is there to be run (again)."""

    analysis: Analysis
    job: Job | None
    state: str
    waiting: int
    can_start: bool

    @property
    def is_open(self) -> bool:
        """Whether something is still to come."""
        return self.state in (State.QUEUED, State.RUNNING)


def analysis_of(learner: Learner, pk: int) -> Analysis:
    """An analysis of this learner; 404 for anybody else's."""
    analysis = learner.analyses.select_related("job").filter(pk=pk).first()
    if analysis is None:
        raise Http404
    return analysis


def state_of(analysis: Analysis) -> str:
    """How far it is, in a word."""
    if analysis.gone_on is not None:
        return "gone"
    if analysis.facts:
        return "done" if folders.run_folder(analysis).is_dir() else "lost"
    return analysis.job.state if analysis.job is not None else "new"


def rows_of(learner: Learner) -> list[AnalysisRow]:
    """All analyses, the newest first."""
    found = [(analysis, state_of(analysis)) for analysis in learner.analyses.select_related("job")]
    return [AnalysisRow(analysis, state, STATE_WORDS[state]) for analysis, state in found]


def standing_with(learner: Learner, kind: str, sha256: str) -> Entry | None:
    """An entry of the ledger of this kind that holds this very file, and was not withdrawn."""
    found = learner.entries.filter(kind=kind, sort=Sort.ARTEFACT, attachments__sha256=sha256)
    return found.exclude(words_about__sort=Sort.WITHDRAWAL).first()


def run_page(learner: Learner, pk: int) -> RunPage:
    """How far a run is."""
    analysis = analysis_of(learner, pk)
    state, job = state_of(analysis), analysis.job
    waiting = waiting_before(job) if job is not None and state == State.QUEUED else 0
    again = state in ("new", State.FAILED, State.CANCELLED) and folders.raw_file(analysis).is_file()
    return RunPage(analysis, job, state, waiting, again)
