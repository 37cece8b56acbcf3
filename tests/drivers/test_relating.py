"""Themes beside ratings, groups and time: worked numbers, what is planted is found, and what isn't there is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from feedback_lab.drivers import drivers
from feedback_lab.engines import open_engine
from feedback_lab.errors import DamagedRun, NotEnoughData
from feedback_lab.files import json_text
from feedback_lab.intervals import share_ratio, wilson
from feedback_lab.records.findings import DriversResult
from feedback_lab.records.restoring import restore
from feedback_lab.records.rows import Ints, Roles, Rows, Segment
from tests.drivers.samples import ROLES, THEMES, planted, theme, written


def related(folder: Path, rows: Rows, themes: Ints, roles: Roles = ROLES, pieces: int = 2) -> DriversResult:
    parts, themed = written(folder, rows, themes.tolist(), pieces)
    with open_engine("serial") as engine:
        return drivers(parts, themed, THEMES, engine, roles)


def themes_by_length(rows: Rows) -> Ints:
    """A function in place of files: it can be pickled."""
    return np.array([3 if len(text) > 4 else 7 for text in rows.texts])


def test_ratings_by_hand(tmp_path: Path) -> None:
    """Theme 3 has 1, 2, 3; the others 4, 5, 4, 5 and one without a rating: 2 against 4.5, on 3 of 7 rated rows."""
    ratings = np.array([1.0, 4, 2, 5, 4, 3, 5, np.nan])
    rows = Rows(np.arange(1, 9), ["text"] * 8, None, ratings)
    found = related(tmp_path, rows, np.array([3, 7, 3, 7, -1, 3, -1, 3]), replace(ROLES, segments=()))
    first = found.by_rating[0]
    assert (first.theme, first.rows, first.mean.n, first.mean.value) == (3, 4, 3, 2)
    assert first.difference.value == -2.5
    assert first.impact == pytest.approx(-2.5 * 3 / 7)
    assert found.overall is not None
    assert found.overall.value - first.impact == pytest.approx(4.5)
    assert not first.established
    assert [driver.theme for driver in found.by_rating] == [3, 7]
    assert found.says[0].startswith("No theme clearly goes with")


def test_shares_by_hand(tmp_path: Path) -> None:
    """In the north 30 of 100 rows are about late parcels, elsewhere 50 of 1,000: six times."""
    shops = ["north"] * 100 + ["south"] * 1_000
    themes = np.array([9] * 30 + [7] * 70 + [9] * 50 + [3] * 950)
    found = related(tmp_path, Rows(np.arange(1, 1_101), ["text"] * 1_100, segments={"shop": shops}), themes)
    crossing = next(each for each in found.by_segment["shop"] if (each.theme, each.group) == (9, "north"))
    assert crossing.share == wilson(30, 100)
    assert crossing.ratio == share_ratio(30, 100, 50, 1_000)
    assert crossing.established
    assert found.overall is None
    assert found.period == ""


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    found = related(tmp_path, *planted())
    assert [driver.theme for driver in found.by_rating if driver.established and driver.difference.value < 0] == [3]
    settled = {(each.theme, each.group) for each in found.by_segment["shop"] if each.established}
    assert (9, "north") in settled
    assert (9, "2026-12") in {(each.theme, each.group) for each in found.by_time if each.established}
    assert found.period == "month"
    assert [each.group for each in found.by_time][::3] == sorted({each.group for each in found.by_time})
    assert "zipper, broke" in found.says[0]
    assert " points lower than the others (" in found.says[0]
    assert any("Where shop is “north”" in sentence and "“parcel, late”" in sentence for sentence in found.says)
    assert found.says[-1] == "These go together; that does not prove a cause."
    assert len(found.says) <= 5


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    """Themes dealt out at random, twenty times over: something is called established in few of them."""
    random, alarms = np.random.default_rng(5), 0
    for number in range(20):
        rows, _ = planted(600, number)
        folder = tmp_path / str(number)
        folder.mkdir()
        found = related(folder, rows, random.choice([3, 7, 9, -1], 600), pieces=1)
        crossings = (*found.by_segment["shop"], *found.by_time)
        alarms += any(each.established for each in crossings) or any(driver.established for driver in found.by_rating)
    assert alarms <= 4


def test_few_rows_are_shown_and_not_judged(tmp_path: Path) -> None:
    """Five rows of a theme, all of one star, all in one shop."""
    rows = Rows(
        np.arange(1, 206), ["t"] * 205, None, np.array([1.0] * 5 + [4.0, 5] * 100), None, {"shop": ["a"] * 5 + ["b"] * 200}
    )
    found = related(tmp_path, rows, np.array([3] * 5 + [7] * 200))
    assert [driver.established for driver in found.by_rating] == [False, False]
    assert not any(each.established for each in found.by_segment["shop"])


def test_parts_and_engines_give_the_same_bytes(tmp_path: Path) -> None:
    rows, themes = planted(400)
    results = []
    for pieces in (1, 3):
        folder = tmp_path / str(pieces)
        folder.mkdir()
        results.append(json_text(related(folder, rows, themes, pieces=pieces)))
    assert results[0] == results[1]
    parts, themed = written(tmp_path, rows, themes.tolist())
    with open_engine("pool", 2) as engine:
        assert json_text(drivers(parts, themed, THEMES, engine, ROLES)) == results[0]


def test_the_result_comes_back_from_json(tmp_path: Path) -> None:
    import json

    found = related(tmp_path, *planted(200))
    assert json_text(restore(DriversResult, json.loads(json_text(found)))) == json_text(found)


def test_a_function_may_tell_the_themes(tmp_path: Path) -> None:
    rows = Rows(np.arange(1, 5), ["long text", "abc", "abc", "long text"], None, np.array([1.0, 5, 5, 1]))
    parts, _ = written(tmp_path, rows, [0] * 4)
    with open_engine("serial") as engine:
        found = drivers(parts, themes_by_length, THEMES, engine, Roles("text", None, "rating"))
    assert {driver.theme: driver.mean.value for driver in found.by_rating} == {3: 1, 7: 5}


def test_many_months_are_quarters(tmp_path: Path) -> None:
    times = np.datetime64("2020-02-10", "s") + np.arange(60) * np.timedelta64(30 * 86_400, "s")
    found = related(tmp_path, Rows(np.arange(1, 61), ["t"] * 60, times), np.array([3, 7] * 30), replace(ROLES, segments=()))
    assert found.period == "quarter"
    assert found.by_time[0].group == "2020-Q1"
    assert sum(each.share.n for each in found.by_time if each.theme == 3) == 60


def test_missing_values_are_a_group_and_missing_times_are_none(tmp_path: Path) -> None:
    times = np.array(["2026-01-01", "NaT", "2026-02-01", "2026-02-02"], "datetime64[s]")
    rows = Rows(np.arange(1, 5), ["t"] * 4, times, segments={"shop": ["a", None, "", "a"]})
    found = related(tmp_path, rows, np.array([3, 3, 7, 7]))
    assert {each.group: each.share.n for each in found.by_segment["shop"]} == {"a": 2, "(missing)": 2}
    assert {each.group: each.share.n for each in found.by_time} == {"2026-01": 1, "2026-02": 2}


def test_a_column_of_too_many_values_is_left_out_and_said(tmp_path: Path) -> None:
    rows = Rows(np.arange(1, 2_001), ["t"] * 2_000, segments={"customer": [str(number) for number in range(2_000)]})
    found = related(tmp_path, rows, np.array([3, 7] * 1_000), Roles("text", segments=(Segment("customer"),)), 4)
    assert found.by_segment == {}
    assert found.says[-1] == "The column customer was left out: it has more than 1,000 different values."


def test_nothing_to_relate_to(tmp_path: Path) -> None:
    rows = Rows(np.arange(1, 3), ["t"] * 2, np.array(["NaT", "NaT"], "datetime64[s]"), np.array([np.nan, np.nan]))
    with pytest.raises(NotEnoughData, match="no rating, no group and no time"):
        related(tmp_path, rows, np.array([3, 7]), Roles("text", "time", "rating"))
    parts, themed = written(tmp_path, rows, [3, 7])
    with open_engine("serial") as engine, pytest.raises(NotEnoughData, match="fewer than two themes"):
        drivers(parts, themed, THEMES[:1], engine, ROLES)


def test_themes_of_other_rows_are_a_damaged_run(tmp_path: Path) -> None:
    rows, themes = planted(40)
    parts, themed = written(tmp_path, rows, themes.tolist())
    _, short = written(tmp_path / "short", rows.take(np.arange(10)), themes[:10].tolist())
    with open_engine("serial") as engine, pytest.raises(DamagedRun, match=r"part-0\.parquet has 20 rows and 5 themes"):
        drivers(parts, short, THEMES, engine, ROLES)
    assert len(themed) == 2


def test_one_group_is_nothing_to_compare(tmp_path: Path) -> None:
    rows = Rows(np.arange(1, 41), ["t"] * 40, segments={"shop": ["a"] * 40})
    found = related(tmp_path, rows, np.array([3, 7] * 20))
    assert found.by_segment == {}
    assert found.says == ("Nothing could be compared: there are too few rows, or all are in one group.",)


def test_one_theme_for_all_rows(tmp_path: Path) -> None:
    """There are no others to compare with."""
    rows, _ = planted(60)
    parts, themed = written(tmp_path, rows, [5] * 60)
    with open_engine("serial") as engine:
        found = drivers(parts, themed, (theme(5, "all"), theme(6, "nothing")), engine, ROLES)
    assert found.by_rating == ()
    assert not any(each.established for each in found.by_segment["shop"])
