from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest

from segue.demo import script

MONDAY = date(2026, 11, 23)


def test_events_come_in_the_order_of_time() -> None:
    moments = [event.at for event in script.events(MONDAY, script.WEEKS)]
    assert all(a <= b for a, b in pairwise(moments))


def test_events_stay_within_their_week_and_its_day() -> None:
    for event in script.events(MONDAY, script.WEEKS):
        assert event.at.date() == script.day_of(MONDAY, event.week, event.fields["day"])
        assert 7 <= event.at.hour < 24


def test_every_event_says_one_thing() -> None:
    for event in script.events(MONDAY, script.WEEKS):
        assert [verb for verb in script.VERBS if verb in event.fields] == [event.verb]


@pytest.mark.parametrize("weeks", [0, 1, 9, 26])
def test_events_stop_with_the_weeks(weeks: int) -> None:
    found = list(script.events(MONDAY, weeks))
    assert max(event.week for event in found) == max(weeks, 1)
    assert max(event.at for event in found) < datetime.combine(
        script.day_of(MONDAY, max(weeks, 1) + 1, "mon"), datetime.min.time()
    )


def test_fill_puts_figures_and_days_in() -> None:
    assert script.fill("{{exported}} rows, kappa {{ kappa }}, by {{day 2 fri}}", MONDAY) == (
        "1,842 rows, kappa 0.71, by Friday 4 December 2026"
    )


@pytest.mark.parametrize("name", ["nothing", "kapa"])
def test_fill_refuses_a_figure_that_there_is_not(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        script.fill(f"{{{{{name}}}}}", MONDAY)


@pytest.mark.parametrize(("figure", "words"), [(1842, "1,842"), (0.7, "0.70"), (14.5, "14.5"), (4.1, "4.10"), ("Six", "Six")])
def test_shown(figure: object, words: str) -> None:
    assert script.shown(figure) == words


def test_facts_take_figures() -> None:
    assert script.facts({"items": "=gold", "data": "real", "hours": 5}) == {"items": 220, "data": "real", "hours": 5}
