"""Where the recommended model of a run is wrong, how sure it is, and what a threshold costs, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from segue.shared.components import Column, Table
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.pictures import Picture, brief, picture_of, said, table_of, without_commands
from segue.work.lab.reading import result_or_why, spoken

if TYPE_CHECKING:
    from feedback_lab.records.models import ErrorsResult, Mistake, ThresholdChoice, ThresholdPoint

PAIRS, PAIRS_SAID = 10, 3


@dataclass(frozen=True)
class Costs:
    """What an error costs, for one class against the rest. ``threshold``: a setting to look at beside the cheapest."""

    positive: str
    false_positive: float
    false_negative: float
    threshold: float | None = None


@dataclass(frozen=True)
class ErrorsPage:
    """What the model gets wrong. ``pairs``: the worst of them in words; ``mistakes``: those to read.

    ``costs``: what was kept for the next run, else what this one was told; none where no class has rows enough.
    """

    classes: Sequence[str]
    costs: Costs | None
    wrong: int
    n: int
    matrix: Picture | None
    pairs: Sequence[str]
    pairs_table: Table | None
    calibration: Picture | None
    calibration_key: str
    calibration_error: str
    mistakes: Sequence[Mistake]


@dataclass(frozen=True)
class Setting:
    """A threshold with what it brings."""

    threshold: float
    precision: float | None
    recall: float
    false_positives: int
    false_negatives: int
    cost: float


@dataclass(frozen=True)
class Threshold:
    """The costs of all thresholds for one class. ``settings``: 0.5, the cheapest, and one that was asked for, by name."""

    costs: Costs
    n: int
    positives: int
    picture: Picture
    table: Table
    settings: Mapping[str, Setting]


def errors_of(analysis: Analysis) -> ErrorsPage | str:
    """What the newest model gets wrong, or why nothing is known of it. Raises ``UserError`` where its folder was damaged."""
    found = errors_result(analysis)
    return found if isinstance(found, str) else _page(found, _costs(found, analysis.settings))


def errors_result(analysis: Analysis) -> ErrorsResult | str:
    """The result of the step ``errors``, or why it was left out. Raises ``UserError`` where the folder was damaged."""
    from feedback_lab.records.models import ErrorsResult

    found = result_or_why(analysis, "errors", ErrorsResult)
    return without_commands(found) if isinstance(found, str) else found


def _costs(found: ErrorsResult, kept: Mapping[str, Any]) -> Costs | None:
    run = found.threshold
    if kept.get("positive") not in found.classes:  # costs that were kept for another class say nothing of this one
        kept = {}
    positive = kept.get("positive") or (run.positive if run else "")
    if not positive:
        return None
    alarm = kept.get("cost_false_positive", run.cost_false_positive if run else 1.0)
    miss = kept.get("cost_false_negative", run.cost_false_negative if run else 1.0)
    return Costs(positive, alarm, miss, kept.get("threshold"))


def threshold_of(analysis: Analysis, costs: Costs) -> Threshold | None:
    """What thresholds cost on the test rows, from what the model said of them; ``None`` where all or none bear the class.

    Raises ``UserError`` for a class that does not exist and for costs that are none.
    """
    from feedback_lab.error_analysis import choose_threshold
    from feedback_lab.pipeline.model_steps import read_predictions
    from feedback_lab.pipeline.run import open_run

    with spoken():
        predictions = read_predictions(open_run(run_folder(analysis))[0])
        choice = choose_threshold(predictions, costs.false_positive, costs.false_negative, costs.positive)
        if choice is None:
            return None
        place = predictions.classes.index(costs.positive)
        of_class = predictions.truth == place
        asked = None if costs.threshold is None else _setting(predictions.scores[:, place], of_class, costs)
    return _threshold(costs, choice, asked, len(of_class), int(of_class.sum()))


def _setting(scores: Any, truth: Any, costs: Costs) -> Setting:
    """What a threshold brings that was asked for; a row is called by the class from that score on."""
    called = scores >= costs.threshold
    alarms, missed, hits = int((called & ~truth).sum()), int((~called & truth).sum()), int((called & truth).sum())
    cost = costs.false_positive * alarms + costs.false_negative * missed
    precision = hits / (hits + alarms) if hits + alarms else None
    return Setting(costs.threshold or 0.0, precision, hits / (hits + missed), alarms, missed, cost)


def _threshold(costs: Costs, choice: ThresholdChoice, asked: Setting | None, n: int, positives: int) -> Threshold:
    from feedback_lab.card.errors_section import threshold_figure

    settings = {"0.5": _of_point(choice.at_half), "the cheapest": _of_point(choice.best)}
    if asked is not None:
        settings["yours"] = asked
    picture = picture_of(threshold_figure(choice), "threshold")
    return Threshold(costs, n, positives, picture, _settings_table(settings, choice, n, positives), settings)


def _of_point(point: ThresholdPoint) -> Setting:
    return Setting(point.threshold, point.precision, point.recall, point.false_positives, point.false_negatives, point.cost)


def _settings_table(settings: Mapping[str, Setting], choice: ThresholdChoice, n: int, positives: int) -> Table:
    from feedback_lab.card import wording as w

    heads = ("Threshold", "Called", "Precision", "Recall", "False alarms", "Missed", "Cost")
    rows = []
    for name, each in settings.items():
        called = positives - each.false_negatives + each.false_positives
        shown = w.figure(each.threshold)
        counts = (w.count(each.false_positives), w.count(each.false_negatives), f"{each.cost:,.6g}")
        label = shown if name == "0.5" else f"{shown}, {name}"
        rows.append([label, w.count(called), w.percent(each.precision), w.percent(each.recall), *counts])
    caption = f"“{brief(choice.positive)}” at each setting, on {w.count(n, 'test row')}, {w.count(positives)} of that class"
    return Table(caption, [Column(head, is_number=place > 0) for place, head in enumerate(heads)], rows)


def _page(found: ErrorsResult, costs: Costs | None) -> ErrorsPage:
    from feedback_lab.card import wording as w
    from feedback_lab.card.errors_section import CALIBRATION_KEY, calibration_figure, matrix_figure, pairs_table

    n = sum(map(sum, found.matrix))
    wrong = n - sum(row[place] for place, row in enumerate(found.matrix))
    matrix, calibration = matrix_figure(found), calibration_figure(found)
    pairs = found.worst_pairs[:PAIRS_SAID]
    return ErrorsPage(
        classes=found.classes,
        costs=costs,
        wrong=wrong,
        n=n,
        matrix=picture_of(matrix, "matrix") if matrix else None,
        pairs=[f"{w.count(rows, 'row')} of “{brief(truth)}” called “{brief(called)}”" for truth, called, rows in pairs],
        pairs_table=table_of(pairs_table(found), PAIRS) if found.worst_pairs else None,
        calibration=picture_of(calibration, "calibration") if calibration else None,
        calibration_key=said(CALIBRATION_KEY),
        calibration_error=w.short(found.calibration_error, w.percent),
        mistakes=found.mistakes,
    )
