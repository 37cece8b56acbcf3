"""Days of exports, in five languages, old and new."""

from __future__ import annotations

from datetime import date

import pytest

from segue.work.connect.contact_dates import DAY_FIRST, MONTH_FIRST, is_ambiguous, order_of, read_day


@pytest.mark.parametrize(
    "text",
    [
        "21 Nov 2023",
        "21 Nov. 2023",
        "21. November 2023",
        "21-Nov-23",
        "November 21, 2023",
        "21 nov. 2023",
        "21 novembre 2023",
        "21 de noviembre de 2023",
        "2023年11月21日",
        "２０２３年１１月２１日",
        "2023-11-21",
        "2023-11-21T10:00:00Z",
        "20231121",
        "2023/11/21 10:00",
        "21.11.2023",
        "21.11.23",
        " 21  Nov  2023 ",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text, MONTH_FIRST) == read_day(text, DAY_FIRST) == date(2023, 11, 21)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("3. März 2021", 3),
        ("3 Mai 2021", 5),
        ("3 mars 2021", 3),
        ("3 mai 2021", 5),
        ("3 juin 2021", 6),
        ("3 juil. 2021", 7),
        ("3 août 2021", 8),
        ("3 févr. 2021", 2),
        ("3 déc. 2021", 12),
        ("3 ene. 2021", 1),
        ("3 abr. 2021", 4),
        ("3 dic. 2021", 12),
        ("3. Dezember 2021", 12),
        ("3. Okt. 2021", 10),
        ("3 maggio 2021", 5),
        ("3 set 2021", 9),
    ],
)
def test_months_have_their_names(text: str, month: int) -> None:
    assert read_day(text) == date(2021, month, 3)


def test_the_old_american_form_has_the_month_first() -> None:
    assert read_day("11/21/17, 3:15 PM", MONTH_FIRST) == date(2017, 11, 21)
    assert read_day("03/04/2017", MONTH_FIRST) == date(2017, 3, 4)
    assert read_day("03/04/2017", DAY_FIRST) == date(2017, 4, 3)
    assert read_day("03/04/71", DAY_FIRST) == date(1971, 4, 3)


@pytest.mark.parametrize("text", ["", "soon", "31 Feb 2020", "2020-13-01", "11/21/17", "21 Foo 2020", "99999-01-01", "1" * 500])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text, DAY_FIRST) is None


def test_one_day_tells_the_order_of_all() -> None:
    assert order_of(["03/04/17", "11/21/17, 3:15 PM"]) == MONTH_FIRST
    assert order_of(["03/04/17", "21/11/17"]) == DAY_FIRST
    assert order_of(["03/04/17", "2017-01-01", ""]) == ""
    assert is_ambiguous("03/04/17")
    assert not is_ambiguous("03/03/17")
    assert not is_ambiguous("21/11/17")
