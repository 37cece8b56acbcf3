"""Groups and drift: selection rates where somebody is selected, and no verdict where chance explains it."""

from __future__ import annotations

from dataclasses import replace

from feedback_lab.card import report_html
from feedback_lab.records.figures import Estimate
from tests.card.reading import read
from tests.card.sample import FULL
from tests.card.sample_models import DRIFT, SLICES


def text_of(**changes: object) -> str:
    return read(report_html(replace(FULL, **changes))).text  # type: ignore[arg-type]


def test_selection_rates_only_where_somebody_is_selected() -> None:
    piece = SLICES.slices[0]
    groups = tuple(replace(score, selection_rate=Estimate(0.31, 0.24, 0.38, score.n)) for score in piece.groups)
    chosen = replace(
        SLICES, positive="refund", slices=(replace(piece, groups=groups, four_fifths=Estimate(0.72, 0.55, 0.94, 412)),)
    )
    text = text_of(slices=chosen)
    assert "Selected (95% interval)" in text
    assert "31.0% (24.0% to 38.0%)" in text
    assert "0.72 (95% interval 0.55 to 0.94, n = 412). Below 0.80, US practice" in text
    assert "US practice" not in text_of()
    assert "Selected (95% interval)" not in text_of()


def test_small_group_is_shown_and_not_judged() -> None:
    assert "not given 24 0.60 (0.39 to 0.82) −0.07 (−0.30 to +0.15) too few rows" in text_of()


def test_shift_that_chance_explains_is_no_change() -> None:
    text = text_of()
    assert "language 0.009 0.012 no more than chance" in text
    assert "theme 0.131 0.011 some change" in text


def test_action_comes_first() -> None:
    assert "Retrain the model. It fell." in text_of(drift=replace(DRIFT, recommendation="retrain", reason="It fell."))
