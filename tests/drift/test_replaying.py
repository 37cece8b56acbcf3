from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from feedback_lab.drift import replay
from feedback_lab.errors import LabError, NotEnoughData
from feedback_lab.records.rows import Rows
from tests.drift.samples import ROLES, HashedWords, rows, train


def moving() -> Rows:
    """Two calm periods, then two in which a topic appears."""
    return Rows.joined([rows(400, shares=(0.5, 0.5, 0.0)), rows(400, seed=1, shares=(0.2, 0.2, 0.6), first=401)])


@pytest.mark.parametrize("by", ["time", "order"])
def test_period_by_period_against_the_first(by: str) -> None:
    shuffled = moving().take(np.random.default_rng(0).permutation(800))
    found = replay(shuffled, ROLES, HashedWords(), train, periods=4, split_by=by)
    assert [each.recommendation for each in found] == ["hold", "retrain", "retrain"]
    assert {each.reference_n for each in found} == {200}
    assert len({each.champion_reference for each in found}) == 1


def test_without_a_way_to_train_only_inputs_are_compared() -> None:
    found = replay(rows(300), ROLES, HashedWords(), None, periods=3)
    assert [each.champion_new for each in found] == [None, None]


def test_what_can_not_be_replayed() -> None:
    with pytest.raises(NotEnoughData, match="fewer periods"):
        replay(rows(100), ROLES, HashedWords(), None, periods=6)
    with pytest.raises(NotEnoughData, match="No row has a time"):
        replay(replace(rows(300), times=None), ROLES, HashedWords(), None)
    with pytest.raises(LabError, match="time or by order"):
        replay(rows(300), ROLES, HashedWords(), None, split_by="country")
    with pytest.raises(LabError, match="2 or more"):
        replay(rows(300), ROLES, HashedWords(), None, periods=1)
