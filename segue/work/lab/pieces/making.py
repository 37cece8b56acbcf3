"""Which kinds of evidence an analysis can give, and who makes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from segue.work.lab.models import Analysis
from segue.work.lab.pieces import data, errors, labels, papers, run
from segue.work.lab.pieces.piece import Piece

# By kind of evidence. A maker gives ``None`` where there is nothing to make it of.
MAKERS: Mapping[str, Callable[[Analysis], Piece | None]] = {
    data.WALK: data.make_walk,
    data.PROFILING: data.make_profiling,
    data.SCAN: data.make_scan,
    papers.CARD: papers.make_card,
    papers.SHEET: papers.make_sheet,
    run.RUN: run.make_run,
    run.THEMES: run.make_themes,
    run.COMPARISON: run.make_comparison,
    labels.GUIDE: labels.make_guide,
    labels.GOLD: labels.make_gold,
    labels.AGREEMENT: labels.make_agreement,
    errors.ERROR_ANALYSIS: errors.make_error_analysis,
    errors.THRESHOLD_MEMO: errors.make_threshold_memo,
}


def piece_of(analysis: Analysis, kind: str) -> Piece | None:
    """The piece of a kind that an analysis can give; ``None`` where there is nothing to make it of. Raises ``UserError``."""
    return MAKERS[kind](analysis)
