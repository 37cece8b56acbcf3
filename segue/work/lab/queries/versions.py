"""Versions of an analysis: what the next run would be told, and what has changed since the newest one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from segue.jobs.models import Job, State
from segue.work.lab import folders
from segue.work.lab.models import Analysis, Version
from segue.work.lab.queries.marks import all_labels, without_eval_set

# From so many gold labels on, a model learns from them and not from a column of the file, unless the learner says otherwise.
ENOUGH_LABELS = 40
LABELS, COLUMNS = "labels", "columns"
# What was decided about errors of one class, and goes when that class does.
OF_A_CLASS = ("positive", "cost_false_positive", "cost_false_negative", "threshold")
# A class of fewer texts is left out of the comparison by the Lab; some of these may be copies.
ENOUGH_OF_A_CLASS = 10
OF_PAGES = frozenset({"learn_from", "threshold"})  # settings that no run is told
# What a run depends on and a person decides, by the name under which its hash is kept.
INPUT_WORDS = {
    "labels": "labels by hand",
    "themes": "edits of themes",
    "settings": "what the model is told",
    "notes": "answers of the model card and the datasheet",
}


@dataclass(frozen=True)
class Told:
    """What a run is told: settings of the Lab, and from which labels a model learns; no ``gold``: from a column of the file."""

    settings: Mapping[str, Any]
    own: Mapping[int, str]
    second: Mapping[int, str]
    gold: Mapping[int, str]
    notes: Mapping[str, str]
    learns_from: str


@dataclass(frozen=True)
class NextRun:
    """The run that would come next. ``changed``: what is decided otherwise than for the newest; ``job``: one under way."""

    number: int
    changed: tuple[str, ...]
    job: Job | None
    failed: Job | None
    learns_from: str


def told(analysis: Analysis) -> Told:
    """What the next run is told."""
    labels = all_labels(analysis)
    there = without_eval_set(analysis, labels.gold)
    source = _source(analysis, len(there))
    gold = there if source == LABELS else {}
    settings = {name: value for name, value in analysis.settings.items() if name not in OF_PAGES}
    if gold:  # what was chosen of a column of the file says nothing of labels by hand, and would stop the run
        settings.pop("target", None)
        if Counter(gold.values())[settings.get("positive", "")] < ENOUGH_OF_A_CLASS:
            settings = {name: value for name, value in settings.items() if name not in OF_A_CLASS}
    notes = {name: text for name, text in analysis.notes.items() if text}
    return Told(settings, labels.own if gold else {}, labels.second if gold else {}, gold, notes, source)


def _source(analysis: Analysis, labels: int) -> str:
    chosen = analysis.settings.get("learn_from", "")
    if chosen in (LABELS, COLUMNS):
        return str(chosen)
    return LABELS if labels >= ENOUGH_LABELS else COLUMNS


def learns_from(analysis: Analysis) -> str:
    """Whether the next model learns from labels by hand or from a column of the file."""
    return told(analysis).learns_from


def inputs_of(analysis: Analysis, run: Told) -> dict[str, str]:
    """Hashes of what a run goes by, by name; empty where nothing was decided."""
    edits = folders.edits_file(analysis)
    labels = [sorted(each.items()) for each in (run.own, run.second, run.gold)]
    return {
        "labels": _hash(labels) if any(labels) else "",
        "themes": hashlib.sha256(edits.read_bytes()).hexdigest() if edits.is_file() else "",
        "settings": _hash(run.settings) if run.settings else "",
        "notes": _hash(run.notes) if run.notes else "",
    }


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def version_of(analysis: Analysis, number: int = 0) -> Version:
    """A version, the newest where none is named; 404 where there is none."""
    found = analysis.versions.filter(number=number or analysis.version).first()
    if found is None:
        raise Http404
    return found


def next_run(analysis: Analysis) -> NextRun:
    """The run that would come next, and why there might be one. Only for an analysis that has a finished one."""
    newest = version_of(analysis)
    run = told(analysis)
    now = inputs_of(analysis, run)
    changed = tuple(words for name, words in INPUT_WORDS.items() if now[name] != newest.inputs.get(name, ""))
    job = analysis.job
    under_way = job is not None and not job.is_over
    failed = job is not None and job.state == State.FAILED
    return NextRun(
        analysis.version + 1,
        changed,
        job if under_way else None,
        job if failed else None,
        run.learns_from,
    )
