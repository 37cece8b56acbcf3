"""A run of the Lab as the case study sees it, without the hours that a run takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytest_django import Settings

from segue.accounts.models import Learner
from segue.work.build.actions import case_study as actions
from segue.work.build.queries import case_study as queries
from segue.work.lab.actions.runs import take_file
from segue.work.lab.figures import RunFigures
from segue.work.lab.models import Analysis
from tests.conftest import MONDAY
from tests.remembering import remembered_turns
from tests.work.build.sheets import RUN

__all__ = ["remembered_turns"]


class FakeRuns:
    """Versions of one analysis, the figures of each."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.versions: dict[int, RunFigures] = {}
        self.add()

    def add(self, score: str = "0.65 (0.63 to 0.67)", value: float = 0.6512, model: str = "linear") -> int:
        """One more version, with another score and model."""
        number = len(self.versions) + 1
        new = {"score": {"text": score, "value": value}, "model": {"text": f"“{model}”"}}
        figures = tuple(replace(f, **new.get(f.name, {})) for f in RUN.figures)  # type: ignore[arg-type]
        self.versions[number] = replace(
            RUN, analysis=self.analysis.pk, version=number, model=model, figures=figures, manifest_sha256=f"{number:x}" * 64
        )
        return number

    def figures_of(self, analysis: Analysis, version: int = 0) -> RunFigures | None:
        return self.versions.get(version or len(self.versions)) if analysis == self.analysis else None

    def runs_of(self, learner: Learner) -> list[Analysis]:
        return [self.analysis] if self.versions and learner == self.analysis.learner else []

    def newest_version(self, analysis: Analysis) -> int:
        return max(self.versions)


@pytest.fixture
def make_runs(priya: Learner, tmp_path: object, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., FakeRuns]:
    """An analysis whose runs are made up."""
    settings.HOME = tmp_path

    def make(permission: str = "own") -> FakeRuns:
        rows = [b"comment\nA comment about size\n"]
        kept = {"question": "", "permission": permission, "keep_until": MONDAY.replace(year=2027)}
        runs = FakeRuns(take_file(priya, "acme_reviews.csv", 9, rows, **kept))  # type: ignore[arg-type]
        for module in (actions, queries):
            monkeypatch.setattr(module, "figures_of", runs.figures_of)
        monkeypatch.setattr(queries, "runs_of", runs.runs_of)
        monkeypatch.setattr(queries, "newest_version", runs.newest_version)
        return runs

    return make


@pytest.fixture
def runs(make_runs: Callable[..., FakeRuns]) -> FakeRuns:
    """Runs on the learner's own data."""
    return make_runs()
