from __future__ import annotations

import pytest

from segue.core.competency import Tier
from tests.core.sample import C1, C2, TRACK


def test_tiers_are_in_order_of_trust() -> None:
    assert sorted(Tier, reverse=True) == [Tier.E3, Tier.E2, Tier.E1, Tier.E0]
    assert [int(tier) for tier in Tier] == [0, 1, 2, 3]


def test_a_level_by_its_number() -> None:
    assert [C1.level(n).number for n in (1, 2, 3, 4)] == [1, 2, 3, 4]


@pytest.mark.parametrize(("competency", "number"), [(C1, 0), (C1, 5), (C2, 3), (TRACK, 2)])
def test_a_level_that_there_is_not_is_an_error(competency: object, number: int) -> None:
    with pytest.raises(KeyError, match=f"has no level {number}"):
        competency.level(number)  # type: ignore[attr-defined]
