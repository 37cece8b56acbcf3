from __future__ import annotations

from collections.abc import Sequence

import pytest

from feedback_lab.errors import LabError
from feedback_lab.ingest.choices import choose
from feedback_lab.ingest.columns import look_at
from feedback_lab.ingest.wishes import Wishes

N = 60
TEXT = [f"I waited for {n} days and nobody called me back" for n in range(N)]
FEW = ["north", "south", "east"] * (N // 3)
RATINGS = [str(n % 5 + 1) for n in range(N)]


def roles_of(**columns: Sequence[str]) -> dict[str, str]:
    looks = [look_at(name, place, cells) for place, (name, cells) in enumerate(columns.items())]
    choice = choose(looks, Wishes())
    return {name: choice.role_of(name) for name in columns}


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("rating", RATINGS, "rating"),
        ("starRating", RATINGS, "rating"),
        ("stars", ["★★★", "★★★★☆"] * 30, "rating"),
        ("nps", [str(n - 30) for n in range(N)], "rating"),
        ("rating", [str(n * 100) for n in range(N)], ""),
        ("price", RATINGS, "segment"),
        ("label", FEW, "label"),
        ("Issue Category", FEW, "label"),
        ("label", ["0", "1"] * 30, "label"),
        ("label", ["only"] * N, "label"),
        ("Product Category", FEW, "segment"),
        ("region", FEW, "segment"),
        ("region", ["only"] * N, ""),
        ("order_id", RATINGS, ""),
        ("index", [str(n) for n in range(N)], ""),
        ("column 1", [str(n) for n in range(N)], ""),
        ("hash", [f"a{n}b{n}" for n in range(N)], ""),
        ("title", [f"Waited {n} days" for n in range(N)], ""),
        ("customer", FEW, ""),
        ("email", [f"a{n % 9}@example.com" for n in range(N)], ""),
        ("city name", FEW, "segment"),
        ("likes", [str(n * n) for n in range(N)], ""),
        ("created_at", [f"2026-11-03T10:{n:02}:00Z" for n in range(N)], "time"),
        ("timestamp", [str(1_793_701_230 + n) for n in range(N)], "time"),
        ("serial", [str(1_793_701_230 + n * n) for n in range(N)], ""),
        ("when", [f"3 Nov 20{n:02}" for n in range(N)], "time"),
        ("empty", [""] * N, ""),
    ],
)
def test_the_role_of_a_column_beside_a_text(name: str, cells: list[str], role: str) -> None:
    assert roles_of(comment=TEXT, **{name: cells}) == {"comment": "text", name: role}


def test_the_text_is_the_longest_in_a_language() -> None:
    links = [f"https://example.com/{n}?with=a&very={n}&long=address&that=never&ends={n}" for n in range(N)]
    codes = [f"{{{n}: [{n}, {n}], {n * 2}: [{n * 3}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]}}" for n in range(N)]
    titles = [f"waited {n} days" for n in range(N)]
    assert roles_of(a=links, b=codes, c=TEXT, d=titles)["c"] == "text"


def test_a_name_tips_the_scale() -> None:
    assert roles_of(summary=[text + " again" for text in TEXT], review_text=TEXT)["review_text"] == "text"


def test_without_texts_it_says_what_there_is() -> None:
    with pytest.raises(LabError, match=r"No column holds texts\.\nThere are 2 columns: region, rating"):
        roles_of(region=FEW, rating=RATINGS)


def test_the_second_date_is_not_used_and_says_why() -> None:
    days = [f"2026-11-{n % 28 + 1:02}" for n in range(N)]
    looks = [
        look_at(name, place, cells) for place, (name, cells) in enumerate({"text": TEXT, "born": days, "date": days}.items())
    ]
    choice = choose(looks, Wishes())
    assert choice.time == "date"
    assert choice.reasons["born"] == "dates, but “date” is the time already"
