"""Slices as pages take them, against what the step of the run says."""

from __future__ import annotations

import pytest

from segue.work.lab.models import Analysis
from segue.work.lab.slicing import LENGTH, NOT_INSTALLED, Sliced, figure_of_cut, sliced_of, table_of_cut
from tests.work.lab.made_run import LONG, SCRIPT, make, predicted, selected


def sliced(analysis: Analysis, metric: str = "macro_f1") -> Sliced:
    found = sliced_of(analysis, metric=metric)
    assert isinstance(found, Sliced)
    return found


def test_scores_are_those_of_the_step_of_the_run(done: Analysis) -> None:
    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.models import SelectResult, SlicesResult
    from segue.work.lab.folders import run_folder

    folder, _ = open_run(run_folder(done))
    select, step = stored(folder, "select", SelectResult), stored(folder, "slices", SlicesResult)
    found = sliced(done)
    best = next(each for each in select.candidates if each.name == select.recommended)
    assert found.overall.value == pytest.approx(best.macro_f1.value)
    told = {each.column: {group.group: group for group in each.groups} for each in step.slices}
    shared = [cut for cut in found.cuts if cut.column in told]
    assert shared
    for cut in shared:
        for group in cut.groups:
            own = told[cut.column][group.name]
            assert group.n == own.n == sum(vars(group.counts).values())
            if group.score is not None:
                assert (group.score.value, group.score.low) == pytest.approx((own.metric.value, own.metric.low))


def test_share_right_and_length_are_there_for_any_run(done: Analysis) -> None:
    found = sliced(done, "accuracy")
    assert LENGTH in found.columns
    assert found.target not in found.columns
    assert sum(group.n for group in found.cuts[0].groups) == found.n
    assert found.data == "realistic"
    assert sliced(done, "odd").metric == "macro_f1"


def test_hostile_names_and_a_run_without_groups(done: Analysis) -> None:
    analysis = make(done, select=selected(), predictions=predicted())
    found = sliced(analysis)
    assert found.columns == (LENGTH,)
    cut = found.cuts[0]
    figure = figure_of_cut(found, cut, "slice-0", "What it shows")
    assert figure is not None
    assert SCRIPT not in figure.svg
    again = sliced_of(analysis, positive=LONG)
    assert isinstance(again, Sliced)
    assert LONG not in table_of_cut(again, cut).columns[3].label


def test_why_there_are_none(done: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    without = make(done)
    assert sliced_of(without) == "No column says anything."
    monkeypatch.setattr("segue.work.lab.slicing.is_installed", lambda: False)
    assert sliced_of(without) == NOT_INSTALLED
