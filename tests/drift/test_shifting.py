from __future__ import annotations

from dataclasses import replace

import pytest

from feedback_lab.drift import SHIFTS, seeded_shift
from feedback_lab.errors import LabError, NotEnoughData
from tests.drift.samples import rows

ALL = rows(500)


@pytest.mark.parametrize("kind", SHIFTS)
def test_the_seed_decides(kind: str) -> None:
    first, again = seeded_shift(ALL, 1, kind), seeded_shift(ALL, 1, kind)
    assert first.number.tolist() == again.number.tolist()
    assert first.texts == again.texts


def test_a_class_goes_texts_become_short_low_ratings_become_frequent() -> None:
    assert set(seeded_shift(ALL, 0, "class").labels or []) == {"billing", "fit"}
    assert max(len(text.split()) for text in seeded_shift(ALL, 0, "short").texts) == 4
    worse = seeded_shift(ALL, 0, "ratings").ratings
    assert worse is not None
    assert (worse < 3).mean() > 0.4
    assert len(set(seeded_shift(ALL, 0, "ratings").number.tolist())) == len(worse)


def test_without_labels_the_most_frequent_rating_goes() -> None:
    found = seeded_shift(replace(ALL, labels=None), 0, "class").ratings
    assert found is not None
    assert len(set(found.tolist())) == 4


def test_what_can_not_be_shifted() -> None:
    bare = replace(ALL, labels=None, ratings=None)
    with pytest.raises(LabError, match="class, short, ratings"):
        seeded_shift(ALL, 0, "sideways")
    for kind in ("class", "ratings"):
        with pytest.raises(NotEnoughData):
            seeded_shift(bare, 0, kind)
