"""Evidence from model card and datasheet: the person’s own answers under their headings, with a line of figures each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from segue.work.lab.models import Analysis
from segue.work.lab.papers import DATASHEET, MODEL_CARD, paper_of, run_view
from segue.work.lab.pieces.piece import Piece, data_of

if TYPE_CHECKING:
    from feedback_lab.card.view import RunView

CARD, SHEET = "model-card", "data-sheet"


def make_card(analysis: Analysis) -> Piece | None:
    """The model card; ``None`` where the run has no model."""
    view = run_view(analysis)
    if view.select is None:
        return None
    facts: dict[str, float | str] = {"sections": paper_of(analysis, MODEL_CARD, view).filled, "data": data_of(analysis)}
    return Piece(CARD, f"Model card: {analysis.file_name}", facts, _body(analysis, MODEL_CARD, view, _card_lines(view)))


def make_sheet(analysis: Analysis) -> Piece | None:
    """The datasheet; ``None`` where the file was not looked at."""
    view = run_view(analysis)
    if view.ingest is None:
        return None
    facts: dict[str, float | str] = {
        "sections": paper_of(analysis, DATASHEET, view).filled,
        "rows": view.ingest.kept,
        "fields": sum(1 for column in view.ingest.columns if column.role),
        "data": data_of(analysis),
    }
    return Piece(SHEET, f"Datasheet: {analysis.file_name}", facts, _body(analysis, DATASHEET, view, _sheet_lines(view)))


def _body(analysis: Analysis, slug: str, view: RunView, lines: Mapping[str, str]) -> str:
    """Each section with its line of figures and what the person wrote. What they left open stays open."""
    sections = []
    for section in paper_of(analysis, slug, view).sections:
        answers = [question.answer for question in section.questions if question.answer]
        sections.append("\n\n".join(filter(None, [f"## {section.title}", lines.get(section.title, ""), *answers])))
    return "\n\n".join(sections) + "\n"


def _card_lines(view: RunView) -> dict[str, str]:
    from feedback_lab.card import wording as w

    select, best, baseline = view.select, view.recommended, view.majority
    if select is None or best is None:
        return {}
    said = {
        "Model Details": f"“{select.recommended}”, predicts {select.target.column}.",
        "Metrics": f"Macro-F1 {w.short(best.macro_f1)}.",
        "Evaluation Data": f"{select.n_test:,} rows.",
        "Training Data": f"{select.n_train:,} rows.",
    }
    if baseline is not None:
        said["Quantitative Analyses"] = f"{w.figure(best.macro_f1.value)}; baseline {w.figure(baseline.macro_f1.value)}."
    if view.redact is not None:
        said["Ethical Considerations"] = f"Personal data replaced in {view.redact.rows_changed:,} rows."
    return said


def _sheet_lines(view: RunView) -> dict[str, str]:
    said = {}
    if view.ingest is not None:
        said["Composition"] = f"{view.ingest.rows:,} rows, {view.ingest.kept:,} kept."
    if view.redact is not None:
        said["Preprocessing/cleaning/labeling"] = f"Personal data replaced in {view.redact.rows_changed:,} rows."
    return said
