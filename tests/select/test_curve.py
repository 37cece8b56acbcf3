from __future__ import annotations

import numpy as np
import pytest

from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import CurvePoint
from feedback_lab.select.curve import fit_power_law, forecast_of, sizes_of
from feedback_lab.select.splitting import nested_order

SIZES = np.array([50, 100, 200, 400, 600, 800])


def curve(scores: list[float], half: float = 0.02) -> list[CurvePoint]:
    sizes = SIZES[: len(scores)].tolist()
    return [CurvePoint(n, Estimate(f1, f1 - half, f1 + half, 200)) for n, f1 in zip(sizes, scores, strict=True)]


@pytest.mark.parametrize("law", [(0.1, 2.0, 0.5), (0.0, 1.0, 0.3), (0.3, 30.0, 1.0)])
def test_a_power_law_is_found_again(law: tuple[float, float, float]) -> None:
    floor, slope, exponent = law
    found, explained = fit_power_law(SIZES.astype(float), 1 - floor - slope * SIZES**-exponent)
    assert explained > 0.999
    assert (found.floor, found.slope, found.exponent) == pytest.approx(law, rel=0.02, abs=1e-6)


def test_the_forecast_follows_the_law() -> None:
    scores = (1 - 0.1 - 2.0 * SIZES**-0.5).tolist()
    found = forecast_of(curve(scores))
    assert found.gain == pytest.approx(2 * (800**-0.5 - 1000**-0.5), abs=1e-4)
    assert "too little to tell apart" in found.says
    assert "from 0.829 with 800 rows" in forecast_of(curve(scores, half=0.001)).says


@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ([0.5, 0.6, 0.7], "too few labelled rows"),
        ([0.70, 0.71, 0.70, 0.71, 0.70, 0.71], "no more than chance"),
        ([0.7, 0.6, 0.5, 0.4, 0.4, 0.4], "no more than chance"),
        ([0.3, 0.8, 0.2, 0.9, 0.3, 0.9], "too uneven"),
    ],
)
def test_no_gain_is_promised_where_the_curve_does_not_bear_it(scores: list[float], says: str) -> None:
    found = forecast_of(curve(scores))
    assert found.gain is None
    assert says in found.says


def test_every_point_knows_every_class() -> None:
    labels = np.repeat([0, 1, 2], [600, 390, 10])
    order = nested_order(labels, 0)
    sizes = sizes_of(labels, order)
    assert sizes[-1] == 1_000
    assert all(len(set(labels[order[:size]])) == 3 for size in sizes)
    assert sizes_of(np.array([0, 1] * 5), np.arange(10)) == [10]
