"""Labels, and models against baselines: how well, at what cost, and what more labels would bring."""

from __future__ import annotations

import math

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import (
    Block,
    Code,
    Column,
    Figure,
    Fold,
    Given,
    Line,
    Named,
    Paragraph,
    Section,
    Strong,
    Table,
    enumerated,
)
from feedback_lab.card.charts import Dot, Place, dots, line_with_band
from feedback_lab.card.drawing import NO_ZERO, Frame
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import RunView
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import Agreement, Candidate, LabelResult, SelectResult

QUEUE = 20
SAMPLE_COLUMNS = 160
MACRO_F1 = (
    "Macro-F1 joins how many of a class were found with how many of those called so are right, and takes the mean over all "
    "classes, so that a rare class counts as much as a frequent one. 0 is worst, 1 is best."
)


def labels_section(run: RunView) -> list[Section]:
    """What was labelled and how far labellers agree, or none."""
    label = run.label
    if label is None:
        return []
    blocks: list[Block] = [Paragraph(Given(label.says), "lede"), Paragraph(f"{w.count(label.labelled, 'row')} have a label.")]
    if label.agreement is not None:
        blocks += _agreement(label.agreement)
    if label.gold_sha256 is not None:
        blocks.append(Paragraph(("The gold set, which no model is trained on, has the hash ", Code(label.gold_sha256), ".")))
    if label.queue:
        blocks.append(Fold(f"The next {w.count(min(len(label.queue), QUEUE), 'row')} to label", (_queue(label),), printed=False))
    return [Section("Labels", tuple(blocks), "labels")]


def _agreement(agreement: Agreement) -> list[Block]:
    says = (
        f"Two labellers gave the same label to {w.percent(agreement.observed)} of {w.count(agreement.n, 'row')}. Cohen's kappa, "
        f"which takes chance out, is {w.short(agreement.kappa)}; 1 is full agreement, 0 is chance."
    )
    table = Table(
        "Where labellers disagree most",
        (Column("One said"), Column("The other said"), Column("Rows", True)),
        tuple((Given(shorten(a, 60)), Given(shorten(b, 60)), w.count(rows)) for a, b, rows in agreement.disagreements),
    )
    return [Paragraph(says), Paragraph(Given(agreement.says)), *([table] if agreement.disagreements else [])]


def _queue(label: LabelResult) -> Table:
    return Table(
        "Rows to label next",
        (Column("Row", True), Column("Text"), Column("Why this one")),
        tuple((f"{item.row:,}", Given(shorten(item.text, SAMPLE_COLUMNS)), Given(item.reason)) for item in label.queue[:QUEUE]),
    )


def models_section(run: RunView) -> list[Section]:
    """The comparison, or none."""
    select = run.select
    if select is None:
        return []
    target = "the label" if select.target.kind == "label" else "a rating, folded into classes,"
    lede: Line = (
        f"What is predicted: {target} in ",
        Named(shorten(select.target.column, 60)),
        f", {w.count(len(select.target.classes), 'class', 'classes')}. Trained on {w.count(select.n_train, 'row')}, tested on "
        f"{w.count(select.n_test)} others.",
    )
    folded: list[Block] = [Paragraph(Given(select.target.says))] if select.target.says else []
    chosen: Line = ("Recommended: ", Strong(select.recommended), ". ", Given(select.reason))
    blocks: list[Block] = [
        Paragraph(lede, "lede"),
        *folded,
        candidates_figure(select),
        Paragraph(chosen),
        Paragraph(MACRO_F1, "note"),
    ]
    if select.dropped_classes:
        names = enumerated([shorten(name, 40) for name in select.dropped_classes], 12)
        blocks.append(Paragraph(("Left out, with too few rows to learn or to test: ", *names, "."), "note"))
    blocks += [*_costs(select), *_more_labels(select), *_classes(run.recommended)]
    return [Section("Models against baselines", tuple(blocks), "models")]


def candidates_figure(select: SelectResult) -> Figure:
    """All candidates on one scale, each with its interval, against the most frequent class."""
    ordered = sorted(select.candidates, key=lambda c: (-_rank(c.macro_f1), c.name))
    majority = next((c.macro_f1.value for c in ordered if c.name == "majority"), None)
    best = ordered[0] if ordered else None
    title = "Macro-F1 on the test rows, with 95% intervals"
    says: Line = "No candidate was scored."
    if best is not None:
        against = f", against {w.figure(majority)} for always saying the most frequent class" if majority is not None else ""
        says = (Named(shorten(best.name, 60)), f" scores highest with {w.short(best.macro_f1)}{against}.")
    drawn = [_dot(c, select.recommended) for c in ordered]
    table = Table(
        "Candidates on the same test rows",
        (
            Column("Candidate"),
            Column("What it is"),
            Column("Macro-F1 (95% interval)", True),
            Column("Accuracy (95% interval)", True),
            Column("Folds", True),
        ),
        tuple((Given(c.name), Given(c.says), w.short(c.macro_f1), w.short(c.accuracy), _folds(c)) for c in ordered),
    )
    warns = (
        "Intervals that overlap leave the order open; all candidates saw the same rows, so a difference can be surer than it "
        "looks. Folds are parts of the training rows: far apart means that the score depends on which rows are drawn. Rows of "
        f"another time or place may score lower. {NO_ZERO}"
    )
    frame = Frame("chart-models", title, f"{len(drawn)} candidates. {w.count(select.n_test, 'test row')}.")
    return Figure(title, says, dots(frame, drawn, majority, "dashed: always the most frequent class"), table, warns)


def _rank(estimate: Estimate) -> float:
    return estimate.value if math.isfinite(estimate.value) else -1.0


def _dot(candidate: Candidate, recommended: str) -> Dot:
    e = candidate.macro_f1
    chosen = candidate.name == recommended
    name = f"{candidate.name} (recommended)" if chosen else candidate.name
    return Dot(name, e.value, e.low, e.high, w.short(e), f"n = {e.n:,}", role="chosen" if chosen else "")


def _folds(candidate: Candidate) -> str:
    known = [score for score in candidate.folds if math.isfinite(score)]
    return f"{w.figure(min(known))} to {w.figure(max(known))}" if known else "–"


def _costs(select: SelectResult) -> list[Block]:
    if not select.costs:
        return []
    table = Table(
        "Cost of each candidate, measured on the machine of the run",
        (Column("Candidate"), Column("Per 1,000 texts", True), Column("Training", True), Column("Size on disk", True)),
        tuple(
            (Given(c.name), w.milliseconds(c.milliseconds_per_1000), w.seconds(c.fit_seconds), w.size(c.size_bytes))
            for c in select.costs
        ),
    )
    return [
        Section(
            "Cost",
            (
                table,
                Paragraph(
                    "Nothing is paid per text: models run on your own machine. Times differ between machines and runs.", "note"
                ),
            ),
        )
    ]


def _more_labels(select: SelectResult) -> list[Block]:
    figure = curve_figure(select)
    return [Section("What more labels would bring", (figure,))] if figure is not None else []


def curve_figure(select: SelectResult) -> Figure | None:
    """The learning curve with its band and the forecast, or none where no curve was measured."""
    if not select.curve:
        return None
    last, forecast = select.curve[-1], select.forecast
    places = [Place(p.n, p.macro_f1.value, p.macro_f1.low, p.macro_f1.high, w.count(p.n)) for p in select.curve]
    ahead = None
    if forecast is not None and forecast.gain is not None:
        ahead = Place(
            last.n + forecast.extra, last.macro_f1.value + forecast.gain, math.nan, math.nan, w.count(last.n + forecast.extra)
        )
    says: Line = (
        Given(forecast.says)
        if forecast is not None
        else f"Trained on {w.count(last.n, 'row')}, the model reaches {w.short(last.macro_f1)}."
    )
    title = "Macro-F1 by number of training rows"
    rows: list[tuple[Line, ...]] = [
        (w.count(p.n), w.figure(p.macro_f1.value), w.interval(p.macro_f1), w.count(p.macro_f1.n)) for p in select.curve
    ]
    if ahead is not None:
        rows.append((f"{w.count(int(ahead.x))} (forecast)", w.figure(ahead.y), "–", "–"))
    table = Table(
        title,
        (Column("Training rows"), Column("Macro-F1", True), Column("95% interval", True), Column("Test rows", True)),
        tuple(rows),
    )
    axes = (
        "Training rows, on a logarithmic scale",
        "Macro-F1; band: 95% interval" + ("; dashed: forecast" if ahead else ""),
    )
    shown = (
        f"{len(places)} points, from {w.figure(places[0].y)} with {places[0].name} rows to {w.figure(places[-1].y)} with "
        f"{places[-1].name}."
    )
    svg = line_with_band(Frame("chart-curve", title, shown), places, axes, ahead, logarithmic=True)
    warns = f"The forecast carries a curve on beyond what was measured. Other labels, or a changed guide, break it. {NO_ZERO}"
    return Figure(title, says, svg, table, warns)


def classes_table(best: Candidate) -> Table:
    """Classes as a candidate predicts them, the weakest first."""
    return Table(
        f"Classes, as {best.name} predicts them",
        (
            Column("Class"),
            Column("Rows", True),
            Column("Found (recall)", True),
            Column("Right when said (precision)", True),
            Column("F1", True),
        ),
        tuple(
            (Given(shorten(c.name, 60)), w.count(c.n), w.percent(c.recall), w.percent(c.precision), w.figure(c.f1))
            for c in sorted(best.classes, key=lambda c: (c.f1, c.name))
        ),
    )


def _classes(best: Candidate | None) -> list[Block]:
    if best is None or not best.classes:
        return []
    table = classes_table(best)
    weakest = min(best.classes, key=lambda c: (c.f1, c.name))
    says: Line = (
        "The weakest class is ",
        Named(shorten(weakest.name, 60)),
        f": {w.percent(weakest.recall)} of {w.count(weakest.n, 'row')} found.",
    )
    shown: Block = table if len(best.classes) <= 12 else Fold(f"All {len(best.classes)} classes, weakest first", (table,))
    return [Section("Class by class", (Paragraph(says), shown))]
