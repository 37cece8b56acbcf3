"""What the readiness pages are given to print, and the levels of past days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from segue.accounts.models import Learner
from segue.core.evidence import Ledger
from segue.core.loop import Turn
from segue.core.readiness import assess
from segue.curriculum import current
from segue.evidence.actions import rate_self, withdraw_versions
from segue.evidence.models import Entry
from segue.evidence.queries import core_entries
from segue.readiness.queries import MOST_POINTS, closing_of, gate_cards, history, history_figure, levels_figure, overview
from segue.schedule.queries import turn_of
from tests.conftest import MONDAY
from tests.records import append_all, before_week, do, minutes

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def turn(learner: Learner) -> Turn:
    found = turn_of(learner)
    assert found is not None
    return found


def test_overview_has_a_row_for_each_competency_and_the_track_apart(priya: Learner) -> None:
    page = overview(turn(priya))
    assert [row.result.competency.id for row in page.rows] == [f"C{n}" for n in range(1, 9)]
    assert page.track is not None
    assert page.track.result.competency.is_track
    assert (page.track.level_name, page.track.needed_name) == ("not yet", "complete")
    assert all(row.needed == current().programme.gates[-1].levels[row.result.competency.id] for row in page.rows)
    assert not any(row.enough for row in page.rows)
    assert not page.is_open


def test_gap_of_a_row_is_its_first_open_line(priya: Learner) -> None:
    now = turn(priya)
    for row in overview(now).rows:
        assert row.gap is not None
        assert row.gap == next(g for g in now.gaps if g.line.competency == row.result.competency.id)


def test_gaps_come_in_order_of_their_days(priya: Learner) -> None:
    page = overview(turn(priya))
    days = [row.gap.on or date.max for row in page.gaps]
    assert days == sorted(days)
    assert len(page.gaps) == len(turn(priya).gaps)
    assert page.opens_on == max(days)


def test_later_gate_repeats_nothing_of_the_earlier(priya: Learner) -> None:
    first, second = gate_cards(turn(priya).readiness.gates)
    assert (first.after, second.after) == ("", first.result.gate.name)
    assert first.lines == first.result.lines
    assert [line.id for line in second.lines] == ["T"]


def test_what_closes_a_gap_in_words(priya: Learner) -> None:
    now = turn(priya)
    gap = next(g for g in now.gaps if len(g.activity_ids) > 2)
    words, url = closing_of(now, gap)
    titles = [now.activities[i].title for i in gap.activity_ids]
    assert words == f"{titles[-1]} and {len(titles) - 1} before it"
    assert url == f"/activity/{gap.activity_ids[-1]}/"
    assert closing_of(now, replace(gap, status="skipped"))[0] == f"Left out: {words}"
    assert closing_of(now, replace(gap, activity_ids=gap.activity_ids[-1:]))[0] == titles[-1]
    assert closing_of(now, replace(gap, activity_ids=())) == ("", "")


def test_picture_of_levels_is_its_table(priya: Learner) -> None:
    rate_self(priya, "C3", 2, MONDAY)
    do(priya, MONDAY, "w01-diagnostic")
    rows = overview(turn(priya)).rows
    figure = levels_figure(rows)
    assert figure.table is not None
    assert figure.chart is not None
    assert [list(row)[1:] for row in figure.table.rows] == [
        [r.result.level, "none" if r.result.self_level is None else r.result.self_level, r.needed] for r in rows
    ]
    series = figure.chart["series"][0]["data"]  # type: ignore[index]
    assert series[0]["value"] == [r.result.level for r in rows]
    assert series[2]["value"] == [r.needed for r in rows]


# --- past days --------------------------------------------------------------------------------------------------------------


def test_no_history_without_entries_and_no_picture_of_one_day(priya: Learner) -> None:
    assert history(turn(priya)) == ()
    assert history_figure(turn(priya)) is None
    do(priya, MONDAY, "w01-diagnostic")
    assert len(history(turn(priya))) == 1
    assert history_figure(turn(priya)) is None


@pytest.mark.parametrize("days", [7, 100, 182, 400])
def test_each_point_is_the_ledger_as_it_stood(days: int, priya: Learner, on_day: Callable[[date], None]) -> None:
    """Also when weeks pass in which nothing comes but something fades."""
    today = MONDAY + timedelta(days=days)
    do(priya, before_week(27, MONDAY, today))
    on_day(today)
    found = history(turn(priya))
    entries = core_entries(priya)
    assert found
    for day, levels in found:
        ledger = Ledger(entries, current().programme, day)
        assert levels == assess(current().programme, ledger, day).levels(), day
    assert found[-1] == (today, turn(priya).readiness.levels())


def test_points_are_weekly_and_half_a_year_at_most(priya: Learner, on_day: Callable[[date], None]) -> None:
    append_all(priya, minutes("w01-why", MONDAY, 1))
    for weeks, count in ((1, 2), (10, 11), (26, 27), (60, MOST_POINTS)):
        on_day(MONDAY + weeks * WEEK)
        days = [day for day, _ in history(turn(priya))]
        assert len(days) == count
        assert days == [MONDAY + weeks * WEEK - n * WEEK for n in range(count)][::-1]


def test_levels_that_faded_are_seen_to_fade(priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + 56 * WEEK)
    found = [levels["C1"] for _, levels in history(turn(priya))]
    assert found[0] == 3
    assert found[-1] < 3
    assert sorted(found, reverse=True) == found
    figure = history_figure(turn(priya))
    assert figure is not None
    assert figure.caption.split(" since ")[0].endswith(" fewer")


def test_caption_counts_the_levels_gained(priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, before_week(27, MONDAY))
    on_day(MONDAY + 26 * WEEK)
    figure = history_figure(turn(priya))
    assert figure is not None
    gained = sum(turn(priya).readiness.levels()[f"C{n}"] for n in range(1, 9))
    first = history(turn(priya))[0]
    assert sum(first[1].values()) == 0
    assert figure.caption == f"{gained} levels gained since {first[0].day} {first[0]:%b %Y}."


def test_one_level_lost_is_one_level(priya: Learner, on_day: Callable[[date], None]) -> None:
    do(priya, MONDAY, *(a.id for a in current().programme.activities if a.week < 9 and "C2" in a.competencies))
    assert turn(priya).readiness.levels()["C2"] == 1
    on_day(MONDAY + WEEK)
    withdraw_versions(Entry.objects.filter(learner=priya, sort="artefact"), MONDAY + WEEK, "All of it was wrong")
    figure = history_figure(turn(priya))
    lost = sum(history(turn(priya))[0][1].values())
    assert figure is not None
    assert figure.caption == f"{lost} level{'' if lost == 1 else 's'} fewer since 23 Nov 2026."
    assert lost >= 1


def test_entries_written_later_for_an_earlier_day_count_from_that_day(priya: Learner, on_day: Callable[[date], None]) -> None:
    on_day(MONDAY + 10 * WEEK)
    do(priya, before_week(9, MONDAY))
    assert sum(history(turn(priya))[5][1].values()) > 0
