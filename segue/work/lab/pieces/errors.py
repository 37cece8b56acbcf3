"""Evidence from errors: what was read and how it was sorted, and thresholds side by side; what follows is for a person to say."""

from __future__ import annotations

from segue.work.lab.errors import Setting, Threshold, errors_of, threshold_of
from segue.work.lab.mistakes import mistakes_of, sorted_of
from segue.work.lab.models import Analysis
from segue.work.lab.pieces.piece import Piece, data_of, percent, prompts
from segue.work.lab.pieces.run import opened, source_of

ERROR_ANALYSIS, THRESHOLD_MEMO = "error-analysis", "threshold-memo"


def make_error_analysis(analysis: Analysis) -> Piece | None:
    """The kinds of the errors that were read, and room for where they come from and what to do."""
    run = opened(analysis, "errors")
    found = sorted_of(analysis, mistakes_of(analysis)) if run else None
    if run is None or found is None or not found.read:
        return None
    facts: dict[str, float | str] = {
        "read": found.read,
        "categories": found.kinds,
        "largest": percent(found.largest_share),
        "data": data_of(analysis),
    }
    counted = "\n".join(f"- {kind.label}: {rows}" for kind, rows in found.counts)
    rest = prompts(
        "One masked example of each kind", "Where they come from", "What the largest kind needs, and what it might mend"
    )
    body = f"{source_of(analysis, run[1])}\n\n{counted}\n\n{rest}"
    return Piece(ERROR_ANALYSIS, f"Error analysis: {analysis.file_name}", facts, body)


def make_threshold_memo(analysis: Analysis) -> Piece | None:
    """The settings side by side at the costs that were kept, and room for the decision."""
    run, found = opened(analysis, "errors"), errors_of(analysis)
    costs = None if isinstance(found, str) else found.costs
    threshold = threshold_of(analysis, costs) if costs else None
    if run is None or threshold is None:
        return None
    options = "\n".join(f"- {name}: {_option(setting)}" for name, setting in threshold.settings.items())
    about = f"“{threshold.costs.positive[:60]}”, {threshold.positives:,} of {threshold.n:,} test rows."
    rest = prompts("Decision", "Cost of each error", "When I would change it")
    body = f"{source_of(analysis, run[1])} {about}\n\n{options}\n\n{rest}"
    return Piece(THRESHOLD_MEMO, f"Threshold memo: {analysis.file_name}", _facts(analysis, threshold), body)


def _facts(analysis: Analysis, threshold: Threshold) -> dict[str, float | str]:
    """Figures of the setting that was asked for, else of the cheapest. What can't be worked out is left open."""
    chosen = threshold.settings.get("yours") or threshold.settings["the cheapest"]
    facts: dict[str, float | str] = {"recall": percent(chosen.recall), "data": data_of(analysis)}
    if chosen.precision is not None:
        facts["precision"] = percent(chosen.precision)
    if threshold.costs.false_positive > 0:
        facts["cost_ratio"] = float(f"{threshold.costs.false_negative / threshold.costs.false_positive:.3g}")
    return facts


def _option(setting: Setting) -> str:
    precision = "none called" if setting.precision is None else f"precision {setting.precision:.0%}"
    called_wrong = f"{setting.false_positives:,} false alarms, {setting.false_negatives:,} missed"
    return f"{setting.threshold:.2f}, {precision}, recall {setting.recall:.0%}, {called_wrong}"
