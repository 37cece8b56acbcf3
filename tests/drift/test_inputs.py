from __future__ import annotations

from dataclasses import replace

import numpy as np

from feedback_lab.drift import input_shifts
from feedback_lab.records.rows import Roles, Rows
from tests.drift.samples import ROLES, rows


def test_each_feature_has_its_figure() -> None:
    old, new = rows(200), rows(100, seed=1)
    themes = np.zeros(200, np.int64), np.ones(100, np.int64)
    found = input_shifts(old, new, ROLES, themes, languages=lambda texts: ["en"] * len(texts))
    assert [each.feature for each in found] == [
        "words in a text",
        "language",
        "rating (stars)",
        "label (topic)",
        "segment (country)",
        "theme",
    ]
    assert {(each.reference_n, each.new_n) for each in found} == {(200, 100)}
    assert found[1].psi == 0
    assert found[-1].psi > 1


def test_what_moved_shows_in_its_own_figure() -> None:
    old = rows(500)
    new = replace(rows(300, seed=1), ratings=np.full(300, 1.0), segments={"country": ["US"] * 300})
    found = {each.feature: each.psi for each in input_shifts(old, new, ROLES)}
    assert found["rating (stars)"] > 0.25
    assert found["segment (country)"] > 0.25
    assert found["words in a text"] < 0.25


def test_what_one_side_lacks_is_left_out() -> None:
    bare = Rows(np.arange(50), ["some words here"] * 50)
    assert [each.feature for each in input_shifts(rows(50), bare, Roles("text"))] == ["words in a text"]
