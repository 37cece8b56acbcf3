"""What the page of the lineage shows: a run from its source to its report, and what rests on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.evidence.models import Entry
from segue.shared.components import Figure, Table
from segue.work.deepen.lineage import figure_of, table_of
from segue.work.deepen.models import ModelItem, Replay
from segue.work.lab.lineage import Lineage, RunVersion, lineage_of, run_versions
from segue.work.lab.pictures import without_commands

QUOTED = 16  # letters of a hash that pieces of evidence and case studies quote


@dataclass(frozen=True)
class LineagePage:
    """A run and what rests on it. ``found``: ``None`` without a run, or where the parts that read one are not installed."""

    runs: tuple[RunVersion, ...]
    run: RunVersion | None
    found: Lineage | None
    figure: Figure | None
    table: Table | None
    left_out: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    models: tuple[ModelItem, ...]
    replays: tuple[Replay, ...]


def lineage_page(learner: Learner, named: str) -> LineagePage:
    """The run that is named, or the newest; 404 where somebody names one that is not there."""
    runs = run_versions(learner)
    run = next((each for each in runs if each.id == named), None) if named else next(iter(runs), None)
    if named and run is None:
        raise Http404
    found = lineage_of(run) if run else None
    if run is None or found is None:
        return LineagePage(tuple(runs), run, None, None, None, (), (), (), ())
    return LineagePage(
        runs=tuple(runs),
        run=run,
        found=found,
        figure=figure_of(found),
        table=table_of(found),
        left_out=tuple((step.name, without_commands(step.reason)) for step in found.steps if step.reason),
        entries=entries_on(learner, found),
        models=tuple(learner.model_items.filter(analysis=run.analysis.pk, lab_version=run.number)),
        replays=tuple(learner.replays.filter(analysis=run.analysis.pk, version=run.number)),
    )


def entries_on(learner: Learner, found: Lineage) -> tuple[Entry, ...]:
    """Standing entries whose text names the source and the version of the run, or its manifest. One query."""
    run = found.run
    names = Q(body__contains=f"(SHA-256 {found.source_sha256[:QUOTED]}…), version {run.number},")
    if run.manifest_sha256:
        names |= Q(body__contains=run.manifest_sha256[:QUOTED])
    standing = learner.entries.filter(names, sort=Sort.ARTEFACT, revisions=None).exclude(words_about__sort=Sort.WITHDRAWAL)
    return tuple(standing.order_by("number").distinct())
