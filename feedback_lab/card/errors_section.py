"""What the recommended model gets wrong, how sure it is, and where to put the threshold."""

from __future__ import annotations

import math

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import Block, Column, Facts, Figure, Fold, Given, Line, Named, Paragraph, Section, Table, parts_of
from feedback_lab.card.charts import NAMED_COLUMNS, Dot, Place, dots, heat, line_with_band
from feedback_lab.card.drawing import NO_ZERO, Frame
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import RunView
from feedback_lab.records.models import CalibrationBin, ErrorsResult, ThresholdChoice

IN_MATRIX = 12
MISTAKES = 20
PAIRS = 10
TEXT = 220


def errors_section(run: RunView) -> list[Section]:
    """The section, or none where no model was looked at."""
    errors = run.errors
    if errors is None:
        return []
    total = sum(map(sum, errors.matrix))
    right = sum(errors.matrix[i][i] for i in range(len(errors.classes)))
    name: Line = ("The model ", Named(run.select.recommended)) if run.select is not None else "The model"
    rate = w.percent((total - right) / max(total, 1))
    lede = (*parts_of(name), f" is wrong on {total - right:,} of {w.count(total, 'test row')} ({rate}).")
    blocks: list[Block] = [Paragraph(lede, "lede")]
    matrix = matrix_figure(errors)
    blocks += [matrix] if matrix is not None else []
    blocks += [*_pairs(errors), *_mistakes(errors), *_calibration(errors)]
    if errors.threshold is not None:
        blocks.append(_threshold(errors.threshold))
    return [Section("What it gets wrong", tuple(blocks), "errors")]


def _worst(errors: ErrorsResult) -> list[int]:
    """Places of the classes with the most rows wrong, going in or out; all of them where they fit."""
    places = range(len(errors.classes))
    if len(errors.classes) <= IN_MATRIX:
        return list(places)

    def wrong(i: int) -> int:
        return sum(errors.matrix[i]) + sum(row[i] for row in errors.matrix) - 2 * errors.matrix[i][i]

    return sorted(sorted(places, key=lambda i: (-wrong(i), i))[:IN_MATRIX])


def matrix_figure(errors: ErrorsResult) -> Figure | None:
    """The confusion matrix, of the classes with most mistakes where there are many; none without classes."""
    if not errors.classes:
        return None
    places = _worst(errors)
    names = [errors.classes[i] for i in places]
    counts = [[errors.matrix[i][j] for j in places] for i in places]
    cut = len(places) < len(errors.classes)
    title = "Confusion matrix" + (f": the {IN_MATRIX} classes with most mistakes, of {len(errors.classes)}" if cut else "")
    pairs = [pair for pair in errors.worst_pairs if pair[2]]
    says: Line = "No row was called by a wrong class."
    if pairs:
        truth, said, rows = pairs[0]
        says = ("The most frequent mistake: ", _named(truth), " called ", _named(said), f", {w.count(rows, 'row')}.")
    if cut:
        says = (
            *(says if isinstance(says, tuple) else (says,)),
            f" Of {len(errors.classes)} classes, {IN_MATRIX} are drawn; rows called by another class are not in the picture.",
        )
    table = Table(
        f"{title} (rows: true class; columns: predicted class)",
        (Column("True class"), *(Column(f"{i + 1} {shorten(name, 24)}", True) for i, name in enumerate(names))),
        tuple((Given(f"{i + 1} {shorten(name, 60)}"), *(w.count(rows) for rows in counts[i])) for i, name in enumerate(names)),
    )
    frame = Frame("chart-confusion", title, f"{len(names)} by {len(names)} cells. The diagonal, with an edge, is what was right.")
    warns = (
        "Shades are shares of a row, so a rare class can look as dark as a frequent one. The numbers in the cells are test rows."
    )
    return Figure(title, says, heat(frame, names, counts), table, warns, wide=len(names) > NAMED_COLUMNS)


def _name(text: str) -> Given:
    return Given(shorten(text, 60))


def _named(text: str) -> Named:
    return Named(shorten(text, 60))


def _pairs(errors: ErrorsResult) -> list[Block]:
    if not errors.worst_pairs:
        return []
    return [Section("Pairs that are mixed up most", (pairs_table(errors),))]


def pairs_table(errors: ErrorsResult) -> Table:
    """Pairs of true and predicted class with most mistakes, the worst first."""
    rows_of = {name: sum(row) for name, row in zip(errors.classes, errors.matrix, strict=False)}
    rows = tuple(
        (_name(truth), _name(said), w.count(rows), w.percent(rows / rows_of[truth]) if rows_of.get(truth) else w.UNKNOWN)
        for truth, said, rows in errors.worst_pairs[:PAIRS]
    )
    columns = (Column("True class"), Column("Called"), Column("Rows", True), Column("Share of the true class", True))
    return Table("Test rows by true class and what the model called them", columns, rows)


def _mistakes(errors: ErrorsResult) -> list[Block]:
    if not errors.mistakes:
        return []
    shown = errors.mistakes[:MISTAKES]
    table = Table(
        f"{w.count(len(shown), 'mistake')} of {w.count(len(errors.mistakes))} that the run holds",
        (
            Column("Row", True),
            Column("Text"),
            Column("True class"),
            Column("Called"),
            Column("How sure", True),
            Column("First guess why"),
        ),
        tuple(
            (
                f"{m.row:,}",
                Given(shorten(m.text, TEXT)),
                _name(m.truth),
                _name(m.predicted),
                w.percent(m.confidence, 0),
                Given(m.tag),
            )
            for m in shown
        ),
    )
    blocks: list[Block] = [Paragraph("Read them. The reason is a first guess by rule; a person decides."), table]
    if errors.taxonomy:
        blocks.append(
            Fold("What the reasons mean", (Facts(tuple((tag, Given(says)) for tag, says in errors.taxonomy.items()), "terms"),))
        )
    return [Section("Mistakes to read", tuple(blocks))]


CALIBRATION_KEY = (
    "Dot: share right, with its 95% interval. Upright bar: how sure the model was. Where they meet, its confidence can be "
    "taken at its word."
)


def _calibration(errors: ErrorsResult) -> list[Block]:
    figure = calibration_figure(errors)
    return [Section("How sure it is", (figure, Paragraph(CALIBRATION_KEY, "note")))] if figure is not None else []


def calibration_figure(errors: ErrorsResult) -> Figure | None:
    """How often the model is right by how sure it is, or none without rows."""
    bins = [b for b in errors.calibration if b.n]
    if not bins:
        return None
    title = "How often the model is right, by how sure it is"
    says = f"On average, how sure the model is and how often it is right lie {w.full(errors.calibration_error, w.percent)} apart."
    drawn = [
        Dot(
            f"Sure {_span(b)}",
            100 * b.accuracy.value,
            100 * b.accuracy.low,
            100 * b.accuracy.high,
            w.short(b.accuracy, _whole),
            f"n = {b.n:,}",
            mark=100 * b.confidence,
        )
        for b in bins
    ]
    table = Table(
        title,
        (Column("How sure"), Column("Rows", True), Column("Mean confidence", True), Column("Right (95% interval)", True)),
        tuple(
            (
                _span(b),
                w.count(b.n),
                w.percent(b.confidence),
                w.short(b.accuracy, w.percent),
            )
            for b in bins
        ),
    )
    frame = Frame("chart-calibration", title, f"{len(bins)} groups of rows. Dot: share right. Bar: mean confidence.")
    warns = "Groups with few rows have wide intervals. Confidence on other data, such as a new product, is often too high."
    return Figure(title, says, dots(frame, drawn, unit="%"), table, warns)


def _span(group: CalibrationBin) -> str:
    """From where to where a group goes, with a decimal where both ends would look the same."""
    low, high = (w.percent(end, 0) for end in (group.low, group.high))
    return f"{low} to {high}" if low != high else f"{w.percent(group.low)} to {w.percent(group.high)}"


def _whole(share: float) -> str:
    return w.percent(share, 0)


def _threshold(choice: ThresholdChoice) -> Section:
    best, half = choice.best, choice.at_half
    prices: Line = (
        "For ",
        _named(choice.positive),
        f": a false alarm costs {w.figure(choice.cost_false_positive, 1)}, a missed one "
        f"{w.figure(choice.cost_false_negative, 1)}. ",
        f"At {w.figure(best.threshold)}: {w.count(best.false_positives, 'false alarm')}, {best.false_negatives:,} missed. ",
        f"At {w.figure(half.threshold)}: {w.count(half.false_positives, 'false alarm')}, {half.false_negatives:,} missed.",
    )
    return Section("Threshold by cost", (threshold_figure(choice), Paragraph(prices)))


def threshold_figure(choice: ThresholdChoice) -> Figure:
    """The cost of all thresholds, with the cheapest and 0.5 marked."""
    best, half = choice.best, choice.at_half
    title = "Cost by threshold"
    places = [Place(p.threshold, p.cost, math.nan, math.nan, "") for p in choice.points]
    marks = [(best.threshold, f"cheapest, {w.figure(best.threshold)}"), (half.threshold, f"at {w.figure(half.threshold)}")]
    shown = (
        f"Cost is lowest, {w.figure(best.cost, 0)}, at a threshold of {w.figure(best.threshold)}; at {w.figure(half.threshold)} "
        f"it is {w.figure(half.cost, 0)}."
    )
    axes = ("Say the class from this score on", "Cost over all test rows")
    table = Table(
        title,
        (
            Column("Threshold"),
            Column("False alarms", True),
            Column("Missed", True),
            Column("Precision", True),
            Column("Recall", True),
            Column("Cost", True),
        ),
        tuple(
            (
                w.figure(p.threshold, 3),
                w.count(p.false_positives),
                w.count(p.false_negatives),
                w.percent(p.precision),
                w.percent(p.recall),
                w.figure(p.cost, 1),
            )
            for p in choice.points
        ),
    )
    warns = (
        "The lowest point was picked on the same rows that it is measured on, so it looks a little cheaper than it will be. It "
        f"stands or falls with the two prices. {NO_ZERO}"
    )
    drawing = line_with_band(Frame("chart-threshold", title, shown), places, axes, marks=marks)
    return Figure(title, Given(choice.says), drawing, table, warns)
