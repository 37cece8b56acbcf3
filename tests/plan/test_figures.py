"""The six months as a picture: well formed, safe to print, and the same as its table."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from segue.accounts.models import Learner
from segue.core.availability import Span
from segue.core.loop import Turn
from segue.curriculum import current
from segue.plan.figures import LEFT, RIGHT, phases_figure
from segue.plan.queries import span_words, week_days
from segue.schedule.actions import choose
from segue.schedule.models import ChoiceSort
from segue.shared.components import Figure
from tests.conftest import MONDAY, give_hours
from tests.records import before_week, do

pytestmark = pytest.mark.django_db


def drawn(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


def today_lines(figure: Figure) -> list[float]:
    """Where the thin line stands."""
    return [float(line.get("x1", "0")) for line in drawn(figure).iter("line") if line.get("stroke") == "var(--ink)"]


def rows(figure: Figure) -> list[list[object]]:
    assert figure.table is not None
    return [list(row) for row in figure.table.rows]


def test_months_are_in_the_table_with_their_days(turn: Callable[[], Turn]) -> None:
    found = rows(phases_figure(turn()))
    assert [row[0] for row in found] == [p.months for p in current().programme.phases]
    for row, phase in zip(found, current().programme.phases, strict=True):
        days = sorted(d for week in range(phase.first_week, phase.last_week + 1) for d in week_days(turn(), week))
        assert row[1:] == [span_words(days[0], days[-1]), "0%"]


def test_caption_says_the_end(turn: Callable[[], Turn]) -> None:
    ends = turn().plan.ends_on
    assert ends is not None
    assert phases_figure(turn()).caption == f"At your hours the plan ends on {ends.day} {ends:%B %Y}."


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (40, 0), (40, 6), (120, 3), (400, 27)])
def test_everything_drawn_stays_in_the_picture(
    days: int, weeks: int, priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]
) -> None:
    today = MONDAY + timedelta(days=days)
    do(priya, before_week(weeks, MONDAY, today))
    on_day(today)
    figure = phases_figure(turn())
    width, height = (float(n) for n in drawn(figure).get("viewBox", "").split()[2:])
    for shape in drawn(figure).iter("rect"):
        assert LEFT <= float(shape.get("x", "0")) <= float(shape.get("x", "0")) + float(shape.get("width", "0")) <= RIGHT + 4
    for line in drawn(figure).iter("line"):
        assert 0 <= float(line.get("x1", "-1")) <= width
        assert 0 <= float(line.get("y1", "-1")) <= float(line.get("y2", "-1")) <= height
    for row, group in zip(rows(figure), drawn(figure).iter("g"), strict=True):
        assert str(row[0]) in "".join(group.itertext())


def test_picture_has_a_title_and_neither_style_nor_script(turn: Callable[[], Turn]) -> None:
    svg = phases_figure(turn()).svg
    assert drawn(phases_figure(turn())).get("aria-labelledby") == "phases-title"
    assert not re.search(r"style=|<script|on\w+=|href", svg)


def test_labels_are_escaped(turn: Callable[[], Turn]) -> None:
    now = turn()
    phases = tuple(replace(p, months="<b>Month & more</b>") for p in now.programme.phases)
    figure = phases_figure(replace(now, programme=replace(now.programme, phases=phases)))
    assert "<b>" not in figure.svg
    assert "<b>Month & more</b>" in "".join(drawn(figure).itertext())


def test_part_done_is_drawn_and_written(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    do(priya, before_week(5, MONDAY))
    on_day(MONDAY + timedelta(weeks=5))
    found = rows(phases_figure(turn()))
    assert [row[2] for row in found] == ["100%", "0%", "0%", "0%", "0%", "0%"]
    assert len(list(drawn(phases_figure(turn())).iter("rect"))) == 7


def test_left_out_activities_count_for_nothing(priya: Learner, turn: Callable[[], Turn]) -> None:
    first, *others = [a.id for a in current().programme.activities if a.week <= 4 and not a.buffer]
    for activity_id in others:
        choose(priya, ChoiceSort.SKIP, activity_id, reason="No")
    do(priya, MONDAY, first)
    assert rows(phases_figure(turn()))[0][2] == "100%"


def test_today_is_a_line_while_the_plan_runs(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    assert today_lines(phases_figure(turn())) == [LEFT]
    on_day(MONDAY + timedelta(days=60))
    assert len(today_lines(phases_figure(turn()))) == 1
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + timedelta(days=400))
    assert today_lines(phases_figure(turn())) == []


def test_start_ahead_leaves_room_before_it(priya: Learner, on_day: Callable[[date], None], turn: Callable[[], Turn]) -> None:
    on_day(MONDAY - timedelta(days=90))
    figure = phases_figure(turn())
    assert today_lines(figure) == [LEFT]
    assert min(float(r.get("x", "0")) for r in drawn(figure).iter("rect")) > LEFT + 50


def test_plan_without_a_day_has_no_picture(priya: Learner, turn: Callable[[], Turn]) -> None:
    give_hours(priya, off=(Span(date(1, 1, 1), date.max),))
    figure = phases_figure(turn())
    assert (figure.caption, figure.svg, rows(figure)) == ("The plan has no end yet.", "", [])


def test_very_long_plan_has_a_mark_a_quarter(priya: Learner, turn: Callable[[], Turn]) -> None:
    give_hours(priya, (60, 0, 0, 0, 0, 0, 0))
    labels = [t.text for t in drawn(phases_figure(turn())).iter("text") if t.get("font-size") == "11"]
    assert labels
    assert set(labels) <= {"Jan", "Apr", "Jul", "Oct"}
