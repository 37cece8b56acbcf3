"""A finished analysis as all its pages show it: its views, and whether the next run has something to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404
from django.urls import reverse

from segue.accounts.models import Learner
from segue.shared.components import Tab
from segue.work.lab.models import Analysis
from segue.work.lab.queries.runs import analysis_of, state_of
from segue.work.lab.queries.versions import NextRun, next_run

# The views in the order of the work.
VIEWS: Sequence[tuple[str, str, str]] = (
    ("overview", "Overview", "lab:show-analysis"),
    ("rows", "Rows", "lab:show-rows"),
    ("themes", "Themes", "lab:show-themes"),
    ("drivers", "Drivers", "lab:show-drivers"),
    ("labels", "Labels", "lab:show-labels"),
    ("models", "Models", "lab:show-models"),
    ("errors", "Errors", "lab:show-errors"),
    ("gate", "Gate", "lab:show-gate"),
    ("papers", "Papers", "lab:show-papers"),
    ("versions", "Versions", "lab:list-versions"),
)


@dataclass(frozen=True)
class Workspace:
    """An analysis that has a finished run."""

    analysis: Analysis
    tabs: Sequence[Tab]
    next: NextRun
    crumbs: Sequence[tuple[str, str]]


def done_or_404(learner: Learner, pk: int) -> Analysis:
    """An analysis of this learner whose run is over and whose files are there."""
    analysis = analysis_of(learner, pk)
    if state_of(analysis) != "done":
        raise Http404
    return analysis


def workspace(analysis: Analysis, view: str) -> Workspace:
    """What every page of a finished analysis has around it. ``view``: which of them this is."""
    tabs = [Tab(label, reverse(name, args=[analysis.pk]), current=key == view) for key, label, name in VIEWS]
    here = next(label for key, label, _ in VIEWS if key == view)
    first = reverse("lab:show-analysis", args=[analysis.pk])
    trail = [(analysis.file_name, "" if view == "overview" else first), *([] if view == "overview" else [(here, "")])]
    crumbs = [("Build", reverse("build:show-build")), ("Lab", reverse("lab:list-analyses")), *trail]
    return Workspace(analysis, tabs, next_run(analysis), crumbs)


def below(analysis: Analysis, view: str, here: str) -> Workspace:
    """What a page below one of the views has around it."""
    work = workspace(analysis, view)
    label, name = next((label, name) for key, label, name in VIEWS if key == view)
    there = (label, reverse(name, args=[analysis.pk]))
    return replace(work, crumbs=[*work.crumbs[:-1], there, (here, "")])
