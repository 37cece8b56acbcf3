from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from feedback_lab.sentiment.tones import compound_tones, compounds, rating_cuts, rating_tones

NAN = float("nan")


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([1, 2, 3, 4, 5], [0, 0, 1, 2, 2]),
        ([1, 2.5, 3, 3.5, NAN], [0, 0, 1, 2, -1]),
        ([0, 3, 5, 7, 10], [0, 0, 1, 2, 2]),
        ([1, 4, 7, 8, 10], [0, 1, 1, 2, 2]),
        ([0.0, 1.0], [0, 2]),
        ([4.0], [2]),
        ([1.0], [1]),  # nothing says which scale this is
    ],
)
def test_ratings_as_tones(ratings: list[float], expected: list[int]) -> None:
    values = np.array(ratings, float)
    assert rating_tones(values, rating_cuts(values)[0]).tolist() == expected


def test_the_limits_of_vader() -> None:
    assert compound_tones(np.array([-0.05, -0.0499, 0, 0.0499, 0.05])).tolist() == [0, 1, 1, 1, 2]


def test_plain_words_have_the_tone_they_should() -> None:
    scores = compounds(["I love it, great!", "terrible, I hate it", "It has two sleeves.", "", "\ud800 awful 😀"])
    assert scores[0] > 0.5 > -0.5 > scores[1]
    assert scores[2] == scores[3] == 0
    assert np.isfinite(scores).all()


def test_a_huge_text_is_cut() -> None:
    assert compounds(["good " * 200_000])[0] > 0.9


def test_the_lexicon_reaches_for_no_network() -> None:
    code = (
        "import sys; from feedback_lab.sentiment import compounds; compounds(['good']); "
        "print({'requests', 'nltk'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "set()"
