"""How messy days and ratings are read, and what each step of cleaning does."""

from __future__ import annotations

from datetime import date

import pytest

from segue.work.learn.figures.cleaning import (
    DO,
    Row,
    drop_empty,
    drop_twins,
    even_dates,
    even_ratings,
    raw,
    read_date,
    read_rating,
    trim,
)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("02.03.2026", date(2026, 3, 2)),
        (" 2 March 2026 ", date(2026, 3, 2)),
        ("03/04/2026", None),
        ("2026-02-30", None),
        ("", None),
    ],
)
def test_a_day_is_read_where_only_one_can_be_meant(written: str, day: date | None) -> None:
    assert read_date(written) == day


@pytest.mark.parametrize(
    ("written", "stars"),
    [("4", 4), ("4/5", 4), ("8/10", 4), ("1 star", 1), ("2 stars", 2), ("★★★★", 4), ("Five", 5), (" 3 ", 3),
     ("", None), ("-", None), ("n/a", None), ("7", None), ("0", None), ("11/10", None)],
)  # fmt: skip
def test_a_rating_is_read_as_one_to_five(written: str, stars: int | None) -> None:
    assert read_rating(written) == stars


def row(text: str = "Fine.", on: str = "2026-03-02", rating: str = "3", number: int = 1) -> Row:
    return Row(number, on, rating, text)


def test_each_step_does_what_it_says() -> None:
    assert trim([row("  I WAS  CHARGED! ")]) == [row("I was charged!")]
    assert trim([row("the API is down")]) == [row("The API is down")]
    assert drop_empty([row(" "), row("-"), row("Ok")]) == [row("Ok")]
    assert even_dates([row(on="02.03.2026"), row(on="03/04/2026")]) == [row(), row(on="03/04/2026")]
    assert even_ratings([row(rating="6/10"), row(rating="n/a")]) == [row(), row(rating="")]
    assert drop_twins([row(), row(number=2), row("Fine", number=3)]) == [row(), row("Fine", number=3)]


def test_no_step_invents_a_row() -> None:
    for step in DO.values():
        assert {r.number for r in step(raw())} <= {r.number for r in raw()}
