"""Whom the model serves less well, and what new rows did to it."""

from __future__ import annotations

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import Block, Column, Figure, Given, Line, Named, Paragraph, Points, Section, Table
from feedback_lab.card.charts import Bar, Dot, bars, dots
from feedback_lab.card.drawing import NO_ZERO, Frame
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import RunView
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import DriftResult, Slice, SliceScore, SlicesResult

IN_CHART = 24
PSI_SOME, PSI_MUCH = 0.1, 0.25
ACTIONS = {"hold": "Keep the model.", "watch": "Keep the model and look again soon.", "retrain": "Retrain the model."}


def slices_section(run: RunView) -> list[Section]:
    """The section, or none where there are no groups."""
    slices = run.slices
    if slices is None or not slices.slices:
        return []
    lede = (
        f"How the recommended model does by group. Groups below {w.count(slices.min_n, 'row')} are shown as hollow dots and not "
        "judged."
    )
    blocks: list[Block] = [Paragraph(lede, "lede")]
    blocks += [_slice(piece, slices, place) for place, piece in enumerate(slices.slices)]
    return [Section("By group", tuple(blocks), "groups")]


def _slice(piece: Slice, slices: SlicesResult, place: int) -> Section:
    name = shorten(piece.column, 60)
    shown = piece.groups[:IN_CHART]
    title = f"{_metric(piece.metric)} by {name}" + (
        f", {IN_CHART} of {len(piece.groups)} groups" if len(piece.groups) > IN_CHART else ""
    )
    drawn = [_dot(score, slices.min_n) for score in shown]
    overall = _overall(piece)
    frame = Frame(f"chart-slice-{place}", title, f"{len(shown)} groups, each a dot with its 95% interval.")
    warns = (
        "A wide interval is a small group, not a bad one. Groups differ in what they write about, so a gap may come from the "
        f"theme. A gap that is not settled is not a gap of zero. {NO_ZERO}"
    )
    figure = Figure(
        title,
        Given(piece.says),
        dots(frame, drawn, overall, "dashed: mean of the groups, weighed by rows"),
        _table(piece, slices),
        warns,
    )
    return Section(("By ", Given(name)), (figure, *_four_fifths(piece, slices)))


def _metric(name: str) -> str:
    return {"macro_f1": "Macro-F1", "accuracy": "Accuracy"}.get(name, name[:1].upper() + name[1:])


def _overall(piece: Slice) -> float | None:
    known = [score for score in piece.groups if w.bounded(score.metric)]
    rows = sum(score.n for score in known)
    return sum(score.metric.value * score.n for score in known) / rows if rows else None


def _dot(score: SliceScore, least: int) -> Dot:
    e = score.metric
    return Dot(score.group, e.value, e.low, e.high, w.short(e), f"n = {score.n:,}", role="faint" if score.n < least else "")


def _table(piece: Slice, slices: SlicesResult) -> Table:
    rates = any(score.selection_rate is not None for score in piece.groups)
    columns = [
        Column("Group"),
        Column("n", True),
        Column(f"{_metric(piece.metric)} (95% interval)", True),
        Column("Gap to all others (interval)", True),
        Column("Settled"),
    ]
    columns += [Column("Selected (95% interval)", True)] if rates else []
    rows: list[tuple[Line, ...]] = []
    for score in piece.groups:
        verdict = "too few rows" if score.n < slices.min_n else "yes" if score.established else "no"
        row: list[Line] = [
            Given(shorten(score.group, 60)),
            w.count(score.n),
            w.short(score.metric),
            w.short(score.gap, w.signed),
            verdict,
        ]
        rows.append((*row, *([w.short(score.selection_rate, w.percent)] if rates else [])))
    far = f"; largest distance between two judged groups {w.full(piece.disparity)}" if piece.disparity is not None else ""
    return Table(f"Groups of {shorten(piece.column, 60)}{far}", tuple(columns), tuple(rows))


def _four_fifths(piece: Slice, slices: SlicesResult) -> list[Block]:
    if piece.four_fifths is None:
        return []
    says: Line = (
        "Lowest selection rate divided by the highest, for ",
        Named(shorten(slices.positive or "the class", 60)),
        f": {w.full(piece.four_fifths)}. Below 0.80, US practice calls it a sign of adverse impact.",
    )
    return [Paragraph(says)]


def drift_section(run: RunView) -> list[Section]:
    """The section, or none where there was nothing to compare."""
    drift = run.drift
    if drift is None:
        return []
    does = ACTIONS.get(drift.recommendation, drift.recommendation)
    blocks: list[Block] = [Paragraph((f"{does} ", Given(drift.reason)), "lede")]
    blocks.append(
        Paragraph(
            f"{w.count(drift.new_n, 'new row')} against {w.count(drift.reference_n, 'reference row')}, split by {drift.split_by}."
        )
    )
    if drift.fired:
        blocks += [Paragraph("Limits that were reached:"), Points(tuple(Given(line) for line in drift.fired))]
    if drift.inputs:
        blocks.append(_inputs(drift))
    lines = _lines(drift)
    if lines:
        blocks.append(Points(lines))
    blocks += _champions(drift)
    return [Section("New rows against old ones", tuple(blocks), "drift")]


def _lines(drift: DriftResult) -> tuple[Line, ...]:
    lines: list[Line] = []
    if drift.auc is not None:
        lines.append(
            f"A classifier that tells new from old by their vectors reaches an AUC of {w.full(drift.auc)}; 0.50 is no difference."
        )
    if drift.predictions_psi is not None:
        lines.append(f"Predictions: PSI {w.figure(drift.predictions_psi, 3)}, {_psi(drift.predictions_psi)}.")
    return tuple(lines)


def _psi(value: float, by_chance: float | None = None) -> str:
    """What a PSI means; one that rows of the same source reach as well means nothing."""
    if by_chance is not None and value <= by_chance:
        return "no more than chance"
    return "little change" if value < PSI_SOME else "some change" if value <= PSI_MUCH else "much change"


def _inputs(drift: DriftResult) -> Figure:
    ordered = sorted(drift.inputs, key=lambda shift: (-shift.psi, shift.feature))
    title = "How far inputs moved (PSI)"
    says: Line = (
        Named(shorten(ordered[0].feature, 60)),
        f" moved most: PSI {w.figure(ordered[0].psi, 3)}, {_psi(ordered[0].psi, ordered[0].by_chance)}.",
    )
    drawn = [
        Bar(shift.feature, shift.psi, f"{w.figure(shift.psi, 3)}, {_psi(shift.psi, shift.by_chance)}")
        for shift in ordered[:IN_CHART]
    ]
    table = Table(
        title,
        (
            Column("Feature"),
            Column("PSI", True),
            Column("By chance", True),
            Column("Change"),
            Column("Old rows", True),
            Column("New rows", True),
        ),
        tuple(
            (
                Given(shorten(s.feature, 60)),
                w.figure(s.psi, 3),
                "–" if s.by_chance is None else w.figure(s.by_chance, 3),
                _psi(s.psi, s.by_chance),
                w.count(s.reference_n),
                w.count(s.new_n),
            )
            for s in ordered
        ),
    )
    warns = (
        "PSI grows when there are few rows; “by chance” is what rows of the same source exceed in one of 1,000 comparisons. "
        "Its limits (0.10 and 0.25) are custom, not law. Inputs can move without any harm to the model."
    )
    frame = Frame(
        "chart-drift", title, f"{len(drawn)} bars, from {w.figure(ordered[0].psi, 3)} down to {w.figure(ordered[-1].psi, 3)}."
    )
    return Figure(title, says, bars(frame, drawn), table, warns)


def _champions(drift: DriftResult) -> list[Block]:
    rows: list[tuple[str, Estimate | None]] = [
        ("Present model, old test rows", drift.champion_reference),
        ("Present model, newest rows", drift.champion_new),
        ("Retrained model, the same newest rows", drift.challenger_new),
    ]
    known = [(name, e) for name, e in rows if e is not None]
    if not known:
        return []
    title = "Present model against a retrained one: macro-F1"
    says = (
        f"Retrained minus present, on the same rows: {w.full(drift.difference, w.signed)}."
        if drift.difference is not None
        else "There was nothing to retrain with."
    )
    drawn = [Dot(name, e.value, e.low, e.high, w.short(e), f"n = {e.n:,}") for name, e in known]
    table = Table(
        title,
        (Column("Model and rows"), Column("Macro-F1 (95% interval)", True), Column("n", True)),
        tuple((name, w.short(e), w.count(e.n)) for name, e in known),
    )
    warns = (
        "Old and new test rows are different rows, so a lower score can also mean harder texts. Only the two models on the "
        "newest rows are a like-for-like match."
    )
    return [Figure(title, says, dots(Frame("chart-champions", title, says), drawn), table, warns)]
