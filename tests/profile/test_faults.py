"""Each fault of the data has its finding, and sound data has none."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from feedback_lab.profile.counting import Counts
from feedback_lab.profile.faults import Doubles, faults
from feedback_lab.records.source import Count, Finding


def days(*steps: int) -> Counter[str]:
    """A row on each day, so many days after New Year."""
    return Counter((date(2026, 1, 1) + timedelta(step)).isoformat() for step in steps)


def found(doubled: int = 0, near: int = 0, languages: tuple[Count, ...] = (), **changes: object) -> dict[str, Finding]:
    counts = Counts(rows=100, words=Counter({10: 100}))
    for name, value in changes.items():
        setattr(counts, name, value)
    doubles = Doubles(np.arange(1, doubled + 1), np.arange(1, near + 1), 100)
    return {finding.name: finding for finding in faults(counts, doubles, languages)}


@pytest.mark.parametrize(
    ("changes", "name", "severity", "rows"),
    [
        ({"doubled": 5}, "duplicates", "info", 5),
        ({"doubled": 50}, "duplicates", "warning", 50),
        ({"near": 4}, "near-duplicates", "info", 4),
        ({"without_words": 3}, "no-words", "info", 3),
        ({"without_words": 30}, "no-words", "warning", 30),
        ({"words": Counter({1: 30, 9: 70})}, "short", "warning", 30),
        ({"languages": (Count("en", 80), Count("de", 20))}, "languages", "warning", 20),
        ({"labels": Counter(yes=90, no=10)}, "imbalance", "warning", 90),
        ({"labels": Counter(yes=100)}, "one-class", "warning", 100),
        ({"labels": Counter(yes=50, no=46, maybe=4)}, "small-classes", "warning", 4),
        ({"ratings": Counter({"1": 20, "2": 5, "3": 5, "4": 10, "5": 60})}, "j-shaped-ratings", "info", 80),
        ({"ratings": Counter({"1": 5, "2": 5, "3": 10, "4": 20, "5": 60})}, "skewed-ratings", "info", 60),
        ({"ratings": Counter({"1": 60, "2": 20, "3": 10, "4": 5, "5": 5})}, "skewed-ratings", "info", 60),
        ({"days": days(*[5] * 30, *range(70))}, "one-day", "warning", 31),
        ({"days": days(*[5] * 100)}, "one-day", "warning", 100),
        ({"days": days(*range(50), *range(150, 200))}, "time-gap", "warning", 0),
        ({"missing": Counter(time=60)}, "missing: time", "warning", 60),
        ({"missing": Counter(label=60)}, "missing: label", "info", 60),
    ],
)
def test_each_fault_is_named(changes: dict[str, object], name: str, severity: str, rows: int) -> None:
    finding = found(**changes)[name]  # type: ignore[arg-type]
    assert (finding.severity, finding.rows) == (severity, rows)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"doubled": 0, "near": 1, "languages": (Count("en", 95), Count("und", 5), Count("de", 2))},
        {"labels": Counter(yes=60, no=40), "ratings": Counter({"1": 20, "2": 20, "3": 20, "4": 20, "5": 20})},
        {"days": days(*range(100)), "missing": Counter(time=10)},
        {"days": days(1, 1, 1, 90)},  # too few to have a shape
        {"ratings": Counter({str(step): 1 for step in range(100)})},  # a measurement, not a scale
    ],
)
def test_sound_data_has_no_fault(changes: dict[str, object]) -> None:
    assert found(**changes) == {}  # type: ignore[arg-type]
