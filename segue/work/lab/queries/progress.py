"""The way from a run to a documented result: which steps are done, and which comes next."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from segue.core.evidence import Sort
from segue.work.lab.models import Analysis, Purpose
from segue.work.lab.queries.marks import eval_set_of
from segue.work.lab.queries.versions import version_of

ROWS_TO_READ, LABELS_TO_MAKE, LABELS_TWICE, ERRORS_TO_READ = 100, 200, 50, 50


@dataclass(frozen=True)
class WayStep:
    """A step of the work. ``state``: done, now or later; ``kind``: its evidence; ``recorded``: it is in the ledger."""

    title: str
    says: str
    url: str
    state: str
    kind: str
    recorded: bool


def way_of(analysis: Analysis, answered: int, asked: int, edits: int) -> list[WayStep]:
    """All steps in their order. ``answered`` of ``asked`` questions of the cards have an answer; ``edits`` of themes by hand."""
    counts = dict(analysis.marks.values_list("purpose").annotate(Count("pk")))
    read, own, second, errors = (counts.get(each, 0) for each in (Purpose.WALK, Purpose.OWN, Purpose.SECOND, Purpose.ERROR))
    facts = version_of(analysis).facts
    to_read = min(ROWS_TO_READ, facts.get("kept", ROWS_TO_READ))
    aside = eval_set_of(analysis)
    steps = (
        ("Read 100 rows by hand", f"{read} of {to_read} read", "rows", "data-walk", read >= to_read),
        ("Name the themes", "No name of yours yet" if not edits else f"{edits} changed by hand", "themes", "themes", edits > 0),
        ("Label 200 rows", f"{own} labelled", "labels", "gold-set", own >= LABELS_TO_MAKE),
        ("Have a second person label 50", f"{second} labelled twice", "labels", "agreement", second >= LABELS_TWICE),
        ("Compare the models", f"It learns: {facts.get('target') or 'nothing yet'}", "models", "comparison", _learns(facts)),
        ("Read 50 errors", f"{errors} read", "errors", "error-analysis", errors >= ERRORS_TO_READ),
        ("Put rows aside as a gate", _aside_words(aside.rows if aside else ()), "gate", "", aside is not None),
        ("Fill in model card and datasheet", f"{answered} of {asked} answered", "papers", "model-card", answered >= asked),
    )
    recorded = _recorded(analysis, [kind for _, _, _, kind, _ in steps])
    now = next((at for at, step in enumerate(steps) if not step[4]), len(steps))
    return [
        WayStep(title, says, reverse(f"lab:show-{view}", args=[analysis.pk]), _state(at, now, done), kind, kind in recorded)
        for at, (title, says, view, kind, done) in enumerate(steps)
    ]


def _learns(facts: dict[str, object]) -> bool:
    from feedback_lab.pipeline.model_steps import BY_HAND

    return facts.get("target") == BY_HAND


def _aside_words(rows: object) -> str:
    count = len(rows) if isinstance(rows, (list, tuple)) else 0
    return f"{count} rows put aside" if count else "None yet"


def _state(at: int, now: int, done: bool) -> str:
    return "done" if done else "now" if at == now else "later"


def _recorded(analysis: Analysis, kinds: list[str]) -> frozenset[str]:
    found = analysis.learner.entries.filter(kind__in=kinds, sort=Sort.ARTEFACT).exclude(words_about__sort=Sort.WITHDRAWAL)
    return frozenset(found.values_list("kind", flat=True))
