from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from feedback_lab.engines import open_engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.records.rows import Floats, Rows
from feedback_lab.sentiment import LEAST, MOST_ROWS, sentiment

GOOD, BAD, PLAIN = "great, I love it", "awful, I hate it", "it has two sleeves"


def rows(texts: list[str], ratings: Floats | None = None) -> Rows:
    return Rows(np.arange(1, len(texts) + 1), texts, ratings=ratings)


def test_shares_come_with_intervals() -> None:
    found = sentiment(rows([GOOD] * 30 + [BAD] * 10 + [PLAIN] * 10 + ["", "  "]))
    assert found.rows == 50
    assert {tone: share.value for tone, share in found.shares.items()} == {"negative": 0.2, "neutral": 0.2, "positive": 0.6}
    assert all(share.low < share.value < share.high for share in found.shares.values())
    assert found.against_ratings is None
    assert found.majority is None
    assert "too few ratings" in found.says


def test_the_check_stands_beside_its_baseline() -> None:
    texts = [GOOD] * 60 + [BAD] * 30 + [PLAIN] * 30 + [GOOD] * 5
    ratings = np.array([5.0] * 60 + [1.0] * 30 + [3.0] * 30 + [float("nan")] * 5)
    found = sentiment(rows(texts, ratings))
    assert found.against_ratings is not None
    assert found.majority is not None
    assert (found.against_ratings.value, found.against_ratings.n) == (1.0, 120)
    assert found.majority.value == pytest.approx(f1_score(np.repeat([2, 0, 1], [60, 30, 30]), [2] * 120, average="macro"))
    assert "always saying the most frequent class gets 0.22" in found.says
    assert "It says more than that baseline" in found.says


def test_a_useless_lexicon_is_called_so() -> None:
    found = sentiment(rows([GOOD, BAD] * 50, np.array([5.0, 5.0, 1.0, 1.0] * 25)))
    assert "not shown to say more" in found.says


@pytest.mark.parametrize("rated", [0, LEAST - 1])
def test_few_ratings_are_no_check(rated: int) -> None:
    ratings = np.array([5.0] * rated + [float("nan")] * (30 - rated))
    assert sentiment(rows([GOOD] * 30, ratings)).against_ratings is None


def test_other_languages_are_left_out() -> None:
    with pytest.raises(NotEnoughData, match="40% of the texts"):
        sentiment(rows([GOOD] * 30), english_share=0.4)
    with pytest.raises(NotEnoughData, match="No row has a text"):
        sentiment(rows(["", " "]))


def test_an_engine_changes_nothing() -> None:
    some = rows([GOOD, BAD, PLAIN] * 800, np.array([5.0, 1.0, 3.0] * 800))
    with open_engine("serial") as engine:
        assert sentiment(some, engine) == sentiment(some)


def test_a_large_file_is_sampled() -> None:
    found = sentiment(rows(["ok"] * (MOST_ROWS + 10)))
    assert found.rows == MOST_ROWS
