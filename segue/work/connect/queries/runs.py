"""Runs of the Lab that answer a point of criticism, by ``analysis:version``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.wording import written_date
from segue.shared import clock
from segue.work.lab.figures import figures_of
from segue.work.lab.models import Analysis, Version

MOST = 40
SCORE = "score"


@dataclass(frozen=True)
class RunLink:
    """A run in words; ``analysis`` is its number where its page is still there."""

    words: str
    analysis: int | None


@dataclass(frozen=True)
class RunScore:
    """The score of a run, and of the version before it; empty where there is none."""

    name: str
    now: str
    before: str

    @property
    def words(self) -> str:
        """Both in a sentence."""
        return f"{self.name} {self.now}" + (f", {self.before} in the version before" if self.before else "") + "."


def run_choices(learner: Learner) -> list[tuple[str, str]]:
    """Finished runs whose files are there, the newest first, as choices. One query."""
    found = Version.objects.filter(analysis__learner=learner, analysis__gone_on=None).select_related("analysis")
    return [(f"{row.analysis_id}:{row.number}", _words(row)) for row in found.order_by("-made_at", "-id")[:MOST]]


def _words(row: Version) -> str:
    return f"{row.analysis.file_name}, version {row.number} of {written_date(clock.day_of(row.made_at))}"


def run_links(learner: Learner, runs: Iterable[str]) -> Mapping[str, RunLink]:
    """Runs in words, by name. One query, however many; none where there are no runs."""
    named = {run: _numbers(run) for run in runs if run}
    there = Analysis.objects.filter(learner=learner, pk__in=[pk for pk, _ in named.values()]) if named else ()
    analyses = {analysis.pk: analysis for analysis in there}
    return {run: _link(analyses.get(pk), version) for run, (pk, version) in named.items()}


def _link(analysis: Analysis | None, version: int) -> RunLink:
    if analysis is None:
        return RunLink("A run that is not in this data folder", None)
    return RunLink(f"{analysis.file_name}, version {version}", analysis.pk if analysis.gone_on is None else None)


def _numbers(run: str) -> tuple[int, int]:
    """Analysis and version of a run; zeros, which nothing has, for what is no run."""
    parts = [int(part) for part in run.split(":") if part.isascii() and part.isdigit() and len(part) < 10]
    return (parts[0], parts[1]) if len(parts) == 2 else (0, 0)


def run_score(learner: Learner, run: str) -> RunScore | None:
    """The score of a run beside that of the version before; ``None`` where its files are gone or it has none."""
    pk, version = _numbers(run)
    analysis = learner.analyses.filter(pk=pk, gone_on=None).first()
    now = _score(analysis, version) if analysis else None
    if analysis is None or now is None:
        return None
    before = _score(analysis, version - 1) if version > 1 else None
    return RunScore(now[0], now[1], before[1] if before else "")


def _score(analysis: Analysis, version: int) -> tuple[str, str] | None:
    try:
        found = figures_of(analysis, version)
    except UserError:  # a folder that was damaged has no score
        return None
    figure = found.named().get(SCORE) if found else None
    return (figure.label, figure.text) if figure else None
