"""Versions and language models held against rows that were put aside, as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from segue.core.errors import UserError
from segue.jobs.models import Job, State
from segue.shared.components import Column, Stat, Table
from segue.work.lab.gate import (
    MEND_SET,
    Score,
    Unseen,
    changed_labels,
    read_set,
    score_from,
    thresholds_of,
    unfit,
    unseen_rows,
)
from segue.work.lab.models import Analysis, EvalRun, EvalSet, Subject
from segue.work.lab.queries.marks import eval_set_of, to_learn_from
from segue.work.lab.queries.versions import ENOUGH_LABELS

JUDGE, ASK = "judge-model", "judge-endpoint"
OPEN = (State.QUEUED, State.RUNNING)


@dataclass(frozen=True)
class RowRead:
    """A row of the set with what was said of it. ``beside``: what the trained model said, where that was asked too."""

    row: int
    text: str
    label: str
    said: str
    beside: str = ""


@dataclass(frozen=True)
class RunRow:
    """A judgement in a list. ``same_set``: by the rows and labels that the set has now, so that scores compare."""

    run: EvalRun
    score: Score
    same_set: bool


@dataclass(frozen=True)
class Threshold:
    """A threshold that was set."""

    at: datetime
    pass_at: float
    reason: str


@dataclass(frozen=True)
class Offer:
    """Rows that could be put aside. ``left``: labels that would stay to learn from, ``enough`` for a model."""

    unseen: Unseen
    left: int
    enough: bool


@dataclass(frozen=True)
class GatePage:
    """The set, the newest verdict by it, all verdicts, and what can be done.

    ``fault``: why the set can't be read. ``unfit``: why the newest version can't be judged. ``verdict`` is by the set as it is.
    """

    analysis: Analysis
    eval_set: EvalSet | None
    offer: Offer | None
    labels: int
    fault: str
    changed: int
    unfit: str
    verdict: RunRow | None
    worse: Sequence[RowRead]
    runs: Sequence[RunRow]
    thresholds: Sequence[Threshold]
    job: Job | None
    failed: Job | None

    @property
    def is_judged(self) -> bool:
        """Whether the newest version has a verdict by the set and the threshold as they are."""
        found = self.verdict
        same = found is not None and self.eval_set is not None and found.run.pass_at == self.eval_set.pass_at
        return same and found is not None and found.run.version == self.analysis.version


@dataclass(frozen=True)
class JudgementPage:
    """One judgement. ``wrong``: rows that it got wrong, with texts while the set is the same."""

    row: RunRow
    stats: Sequence[Stat]
    classes: Table
    worse: Sequence[RowRead]
    wrong: Sequence[RowRead]
    beside: Table | None
    counts: Mapping[str, int]


def jobs_of(analysis: Analysis) -> QuerySet[Job]:
    """All judgements that were asked for."""
    return Job.objects.filter(kind__in=(JUDGE, ASK), payload__analysis=analysis.pk)


def open_jobs(analysis: Analysis) -> QuerySet[Job]:
    """Judgements that are waiting or running."""
    return jobs_of(analysis).filter(state__in=OPEN)


def last_passed(eval_set: EvalSet, number: int) -> EvalRun | None:
    """The judgement of the last version before this one that passed by the very same rows and labels."""
    earlier = eval_set.runs.filter(subject=Subject.MODEL, passed=True, version__lt=number, figures__sha256=eval_set.sha256)
    return earlier.order_by("-version", "-id").first()


def gate_page(analysis: Analysis) -> GatePage:
    """What the page of the gate shows."""
    eval_set = eval_set_of(analysis)
    last = jobs_of(analysis).last()
    about: dict[str, Any] = {
        "analysis": analysis,
        "eval_set": eval_set,
        "labels": len(to_learn_from(analysis)),
        "job": last if last is not None and not last.is_over else None,
        "failed": last if last is not None and last.state == State.FAILED else None,
    }
    if eval_set is None:
        return GatePage(**about, **_without_set(analysis))
    return GatePage(**about, **_with_set(analysis, eval_set))


def _without_set(analysis: Analysis) -> dict[str, Any]:
    unseen = unseen_rows(analysis)
    nothing: dict[str, Any] = {"fault": "", "changed": 0, "unfit": "", "verdict": None, "worse": (), "runs": (), "thresholds": ()}
    return nothing | {"offer": _offer(analysis, unseen) if unseen is not None else None}


def _offer(analysis: Analysis, unseen: Unseen) -> Offer:
    left = len(to_learn_from(analysis).keys() - set(unseen.rows))
    return Offer(unseen, left, left >= ENOUGH_LABELS)


def _with_set(analysis: Analysis, eval_set: EvalSet) -> dict[str, Any]:
    rows, fault = rows_of(analysis, eval_set)
    runs = [_row(run, eval_set) for run in eval_set.runs.all()]
    verdict = next((row for row in runs if row.run.subject == Subject.MODEL and row.same_set), None)
    labels = [label for _, label in rows.values()]
    return {
        "offer": None,
        "fault": fault,
        "changed": changed_labels(analysis, eval_set, labels) if rows else 0,
        "unfit": unfit(analysis, eval_set, analysis.version),
        "verdict": verdict,
        "worse": _worse(verdict.run, rows) if verdict else (),
        "runs": runs,
        "thresholds": [
            Threshold(datetime.fromisoformat(each["at"]), each["pass_at"], each["reason"]) for each in thresholds_of(analysis)
        ],
    }


def rows_of(analysis: Analysis, eval_set: EvalSet) -> tuple[dict[int, tuple[str, str]], str]:
    """Text and label of each row of the set, or why they can't be read."""
    try:
        found = read_set(analysis, eval_set)
    except UserError as error:
        return {}, error.message + (f" {MEND_SET}" if error.hint == MEND_SET else f" {error.hint}")
    return dict(zip(eval_set.rows, zip(found.texts, found.labels, strict=True), strict=True)), ""


def _row(run: EvalRun, eval_set: EvalSet) -> RunRow:
    score = score_from(run.figures["score"])
    assert score is not None
    return RunRow(run, score, run.figures["sha256"] == eval_set.sha256)


def _worse(run: EvalRun, rows: Mapping[int, tuple[str, str]]) -> list[RowRead]:
    """Rows that were right before and are wrong now; without their texts where the set is another one by now."""
    return [
        RowRead(each["row"], rows.get(each["row"], ("", ""))[0], each["label"], each["said"]) for each in run.figures["worse"]
    ]


def judgement_page(analysis: Analysis, number: int) -> JudgementPage:
    """One judgement; 404 where there is no such one."""
    eval_set = eval_set_of(analysis)
    run = eval_set.runs.filter(pk=number).first() if eval_set is not None else None
    if eval_set is None or run is None:
        raise Http404
    row = _row(run, eval_set)
    rows = rows_of(analysis, eval_set)[0] if row.same_set else {}
    numbers = run.figures.get("rows", eval_set.rows if row.same_set else [])
    beside = run.figures.get("beside") or {}
    read = _read(run, rows, numbers, beside) if rows else []
    wrong = [each for each in read if each.said != each.label]
    table = _beside_table(row, beside) if beside else None
    return JudgementPage(row, _stats(row), _classes(run), _worse(run, rows), wrong, table, _counts(read) if beside else {})


def _read(run: EvalRun, rows: Mapping[int, tuple[str, str]], numbers: Sequence[int], beside: Mapping[str, Any]) -> list[RowRead]:
    others = beside.get("answers") or [""] * len(numbers)
    return [RowRead(number, *rows[number], said, other) for number, said, other in zip(numbers, run.answers, others, strict=True)]


def _counts(read: Sequence[RowRead]) -> dict[str, int]:
    """Rows that both get right, the language model alone, the trained model alone, and neither."""
    pairs = [(each.said == each.label, each.beside == each.label) for each in read]
    names = {"both": (True, True), "endpoint": (True, False), "model": (False, True), "neither": (False, False)}
    return {name: pairs.count(pair) for name, pair in names.items()} if read else {}


def _stats(row: RunRow) -> list[Stat]:
    figures, usage = row.run.figures, row.run.figures.get("usage")
    found = [Stat(f"{row.score.value:.2f}", label="macro-F1", note=f"{row.score.interval}, {row.score.n:,} rows")]
    found.append(Stat(f"{row.run.pass_at:g}", label="threshold", note="the score from which one passes"))
    if usage is None:
        return [*found, Stat(f"{figures['milliseconds']:,.0f}", "ms", "per 1,000 texts", "measured on this computer")]
    found.append(Stat(figures["invalid"], label="answers that named no label", note="they count as wrong"))
    if usage["median_milliseconds"] is not None:
        slow = f"95 of 100 within {figures['slow']:,.0f} ms" if figures["slow"] is not None else ""
        found.append(Stat(f"{usage['median_milliseconds']:,.0f}", "ms", "median time of an answer", slow))
    found.append(_tokens(usage))
    if usage["cost"] is not None:
        found.append(Stat(f"{usage['cost']:.4f}", label="cost", note="in the currency of the prices you gave"))
    return found


def _tokens(usage: Mapping[str, Any]) -> Stat:
    if not usage["tokens_sent"]:
        return Stat("not known", label="tokens", note="the endpoint did not count them")
    return Stat(f"{usage['tokens_sent']:,}", label="tokens sent", note=f"{usage['tokens_received']:,} received")


def _classes(run: EvalRun) -> Table:
    columns = [Column("Label"), *(Column(name, is_number=True) for name in ("Precision", "Recall", "F1", "Rows"))]
    shown = [
        [each["name"], f"{each['precision']:.2f}", f"{each['recall']:.2f}", f"{each['f1']:.2f}", f"{each['n']:,}"]
        for each in run.figures["classes"]
    ]
    return Table("By label, the rows of the set that have it", columns, shown)


def _beside_table(row: RunRow, beside: Mapping[str, Any]) -> Table:
    score, usage = score_from(beside["score"]), row.run.figures["usage"]
    assert score is not None
    middle = usage["median_milliseconds"]
    cost = f"{usage['cost']:.4f}" if usage["cost"] is not None else "not known"
    columns = [Column("Model"), *(Column(name, is_number=True) for name in ("Macro-F1", "ms a text", "Cost"))]
    shown = [
        [row.run.name, row.score.words, f"{middle:,.0f}" if middle is not None else "", cost],
        [f"Version {beside['version']}, trained here", score.words, f"{beside['milliseconds'] / 1000:,.2f}", "none"],
    ]
    return Table(f"Both on the same {score.n:,} rows; figures with 95% intervals", columns, shown)
