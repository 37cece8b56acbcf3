"""The first screen: claims that the figures carry, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedback_lab.card.blocks import plain_text
from feedback_lab.card.summary import findings, limit, recommendation
from feedback_lab.card.view import RunView
from feedback_lab.records.figures import Estimate
from feedback_lab.records.source import Finding
from tests.card.sample import DRIVERS, FULL, PROFILE, THEMES_RESULT
from tests.card.sample_models import DRIFT, SELECT, SLICES
from tests.card.variants import NOTHING, ONE_THEME, no_intervals

LEAK = Finding("Leak", "stop", 9, "A column gives it away.", "Drop it.")


def claims(run: RunView) -> list[str]:
    return [plain_text(claim) for claim, _ in findings(run)]


def test_full_run_has_five_claims_with_their_evidence() -> None:
    assert claims(FULL) == [
        "The largest theme is “Late or missed delivery”: 17.5% of the rows.",
        "Rows about “Late or missed delivery” are rated 0.94 lower than all others.",
        "The model “words” predicts “stars” with a macro-F1 of 0.68; always saying the most frequent class reaches 0.25.",
        "The model does worse for “65+” in “age”.",
        "New rows begin to differ from the old ones: watch the model.",
    ]
    assert all(plain_text(rests) for _, rests in findings(FULL))
    assert "95% interval −0.25 to −0.02, n = 118" in plain_text(findings(FULL)[3][1])


def test_difference_that_is_not_settled_is_no_finding() -> None:
    unsettled = tuple(replace(d, established=False) for d in DRIVERS.by_rating)
    assert not any("are rated" in claim for claim in claims(replace(FULL, drivers=replace(DRIVERS, by_rating=unsettled))))
    assert not any("are rated" in claim for claim in claims(no_intervals()))


def test_no_settled_gap_is_said_so() -> None:
    piece = SLICES.slices[0]
    even = replace(piece, disparity=None, groups=tuple(replace(score, established=False) for score in piece.groups))
    run = replace(FULL, slices=replace(SLICES, slices=(even,)))
    assert "No group is served better or worse as far as these rows can show." in claims(run)
    assert "5 of 6 groups have at least 50 rows" in plain_text(findings(run)[3][1])


def test_groups_that_differ_from_each_other_only_are_a_finding() -> None:
    piece = SLICES.slices[0]
    groups = tuple(replace(score, established=False) for score in piece.groups)
    apart = replace(piece, disparity=Estimate(0.1, 0.02, 0.2, 900), groups=groups)
    found = claims(replace(FULL, slices=replace(SLICES, slices=(apart,))))
    assert f"The model does better for some groups in “{piece.column}” than for others." in found
    assert not any("No group is served" in claim for claim in found)


def test_themes_alone_give_three_claims() -> None:
    run = replace(NOTHING, themes=THEMES_RESULT)
    assert [claim.split()[0] for claim in claims(run)] == ["The", "Next", "Found"]


@pytest.mark.parametrize(("run", "most"), [(NOTHING, 0), (ONE_THEME, 2)])
def test_small_runs(run: RunView, most: int) -> None:
    assert len(claims(run)) == most


def test_recommendation_or_why_there_is_none() -> None:
    assert plain_text(recommendation(FULL)).startswith("Use “words”. It lies within")
    assert plain_text(recommendation(NOTHING)) == "No model was compared. The file has 3 rows; at least 50 are needed."


def test_no_model_better_than_the_baseline_is_said_so() -> None:
    run = replace(FULL, select=replace(SELECT, recommended="majority", reason="None was better."))
    assert "No model predicts “stars” better than always saying its most frequent class." in claims(run)
    assert plain_text(recommendation(run)) == "Use none yet. None was better."


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (FULL, "People who write in"),
        (replace(FULL, select=replace(SELECT, n_test=120)), "tested on 120 rows only"),
        (replace(FULL, themes=replace(THEMES_RESULT, stability=0.31)), "agreement 0.31"),
        (replace(FULL, drift=replace(DRIFT, recommendation="retrain", reason="It fell.")), "no longer resemble. It fell."),
        (
            replace(FULL, profile=replace(PROFILE, findings=(LEAK,))),
            "A column gives it away. Drop it.",
        ),
    ],
)
def test_gravest_limit_comes_first(run: RunView, words: str) -> None:
    assert words in plain_text(limit(run))
