"""Figures in words."""

from __future__ import annotations

from math import inf, nan

import pytest

from feedback_lab.card import wording as w
from feedback_lab.records.figures import Estimate

SURE = Estimate(0.7123, 0.684, 0.7411, 2_000)
UNSURE = Estimate(0.7, nan, nan, 1)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (w.count(20_000), "20,000"),
        (w.count(1, "row"), "1 row"),
        (w.count(0, "row"), "0 rows"),
        (w.count(3, "class", "classes"), "3 classes"),
        (w.figure(-0.124), "−0.12"),
        (w.figure(-0.001), "0.00"),
        (w.figure(nan), "not known"),
        (w.figure(inf), "not known"),
        (w.figure(None), "not known"),
        (w.figure(1_234.5, 1), "1,234.5"),
        (w.signed(0.2), "+0.20"),
        (w.signed(0.001), "0.00"),
        (w.signed(-0.2), "−0.20"),
        (w.signed(nan), "not known"),
        (w.percent(0.1823), "18.2%"),
        (w.percent(None), "not known"),
        (w.percent(0.5, 0), "50%"),
        (w.interval(SURE), "0.68 to 0.74"),
        (w.interval(UNSURE), "no interval"),
        (w.short(SURE), "0.71 (0.68 to 0.74)"),
        (w.short(UNSURE), "0.70 (no interval)"),
        (w.short(None), "not known"),
        (w.full(SURE, w.percent), "71.2% (95% interval 68.4% to 74.1%, n = 2,000)"),
        (w.full(UNSURE), "0.70 (no interval, n = 1)"),
        (w.full(None), "not known"),
        (w.size(210), "210 bytes"),
        (w.size(1), "1 byte"),
        (w.size(7_600_000), "7.6 MB"),
        (w.size(12_000), "12.0 kB"),
        (w.size(3_200_000_000), "3.2 GB"),
        (w.seconds(0.001), "under 0.01 s"),
        (w.seconds(2.714), "2.71 s"),
        (w.seconds(45.2), "45 s"),
        (w.seconds(200), "3 min 20 s"),
        (w.milliseconds(61.23), "61.2 ms"),
        (w.milliseconds(0.04), "0.04 ms"),
        (w.day("2027-03-05"), "5 March 2027"),
        (w.day("2027-03-05T10:00:00"), "5 March 2027"),
        (w.day("soon"), "soon"),
        (w.day(None), "not known"),
    ],
)
def test_wording(shown: str, expected: str) -> None:
    assert shown == expected
