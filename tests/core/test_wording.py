from __future__ import annotations

from datetime import date

import pytest

from segue.core.wording import counted, quoted, spoken_minutes, written_date


def test_a_date_is_written_out() -> None:
    assert written_date(date(2026, 11, 3)) == "Tuesday 3 November 2026"


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (85, "1 h 25 min"), (300, "5 h")])
def test_minutes_are_spoken(minutes: int, said: str) -> None:
    assert spoken_minutes(minutes) == said


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 week"), (1.04, "1 week"), (0, "0 weeks"), (2, "2 weeks"), (6.6, "6.6 weeks"), (19.0, "19 weeks")]
)
def test_units_are_counted(number: float, said: str) -> None:
    assert counted(number, "week") == said


@pytest.mark.parametrize(("titles", "said"), [(["A"], "“A”"), (["A", "B"], "“A” and “B”"), (["A", "B", "C"], "“A”, “B” and “C”")])
def test_titles_are_quoted(titles: list[str], said: str) -> None:
    assert quoted(titles) == said
