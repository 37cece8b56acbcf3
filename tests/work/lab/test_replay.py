"""The weeks of a replay: no row on two sides, the shift where the seed put it, the same figures for the same seed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_lab.records.models import Target
from feedback_lab.records.rows import Roles, Rows
from segue.core.errors import UserError
from segue.work.lab import folders
from segue.work.lab.models import Analysis
from segue.work.lab.replay import FIRST, RECENT, SEEDED, SIMPLE, TIME, Wish, _rows, offer_of, play
from segue.work.lab.scenes import (
    ANY,
    CLASS,
    CONCEPT,
    FIRST_BEGIN,
    GROUP,
    LAST_BEGIN,
    SHIFTS,
    SHORT,
    WEEKS,
    WORDS_LEFT,
    Scene,
    scene_of,
)
from tests.feedback import write_shop

TARGET = Target("label", "topic", ("bad", "good", "so"))
ROLES = Roles("text", time="on", label="topic")


def rows_of(n: int = 1_500, seed: int = 3, *, dated: bool = True) -> Rows:
    """Rows whose text says its number; one in ten is “bad”, three in ten come from the north."""
    chance = np.random.default_rng(seed)
    labels = ["bad" if x < 0.1 else "so" if x < 0.3 else "good" for x in chance.random(n)]
    times = np.datetime64("2026-01-01T00:00:00") + np.arange(n).astype("timedelta64[h]")
    return Rows(
        number=np.arange(1, n + 1),
        texts=[f"number {at} of many rows with nine words in it" for at in range(n)],
        times=times.astype("datetime64[s]") if dated else None,
        labels=labels,
        segments={"region": ["north" if x < 0.3 else "south" for x in chance.random(n)]},
    )


def scene(shift: str = "", seed: int = 1, *, by_time: bool = False, rows: Rows | None = None) -> Scene:
    return scene_of(rows_of() if rows is None else rows, ROLES, TARGET, by_time=by_time, shift=shift, seed=seed)


def halves(found: Scene) -> tuple[Any, Any]:
    """Places before and from the beginning of the shift on."""
    begins = found.shift.begins
    return np.concatenate(found.weeks[: begins - 1]), np.concatenate(found.weeks[begins - 1 :])


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 999_999), shift=st.sampled_from([ANY, *SHIFTS, ""]))
def test_no_row_is_on_two_sides_and_all_weeks_are_alike_in_size(seed: int, shift: str) -> None:
    found = scene(shift, seed, by_time=not shift)
    sides = [found.older, found.held, *found.weeks]
    together = np.concatenate(sides)
    assert len(np.unique(together)) == len(together) == len(found.texts)
    assert len(found.weeks) == WEEKS
    assert max(map(len, found.weeks)) - min(map(len, found.weeks)) <= 1
    if shift:
        assert FIRST_BEGIN <= found.shift.begins <= LAST_BEGIN
        assert found.shift.sort in SHIFTS


def test_the_same_seed_gives_the_same_rows_and_another_one_others() -> None:
    one, two, other = scene(ANY, 5), scene(ANY, 5), scene(ANY, 6)
    assert list(one.texts) == list(two.texts)
    assert all((a == b).all() for a, b in zip(one.weeks, two.weeks, strict=True))
    assert one.shift == two.shift
    assert list(one.texts) != list(other.texts)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_class_grows_to_about_twice_its_share(seed: int) -> None:
    found = scene(CLASS, seed)
    before, after = halves(found)
    name = next(name for name in TARGET.classes if f"“{name}”" in found.shift.says)
    shares = [(found.truth[places] == TARGET.classes.index(name)).mean() for places in (before, after)]
    assert 1.8 < shares[1] / shares[0] < 2.6


def test_a_group_grows_and_is_named() -> None:
    rows = rows_of()
    found = scene(GROUP, 2, rows=rows)
    north = dict(zip(rows.texts, rows.segments["region"], strict=True))
    before, after = (np.mean([north[found.texts[at]] == "north" for at in places]) for places in halves(found))
    assert after > 1.8 * before
    assert found.shift.says.startswith("“north” (region) went from")


def test_texts_get_shorter_from_the_week_on_and_not_before() -> None:
    found = scene(SHORT, 4)
    before, after = ([len(found.texts[at].split()) for at in places] for places in halves(found))
    assert set(before) == {10}
    assert 0.5 < np.mean(np.array(after) == WORDS_LEFT) < 0.7


def test_a_label_changes_its_meaning_in_the_weeks_alone() -> None:
    rows = rows_of()
    found = scene(CONCEPT, 4, rows=rows)
    told = dict(zip(rows.texts, rows.labels or (), strict=True))
    changed = np.array([TARGET.classes[found.truth[at]] != told[text] for at, text in enumerate(found.texts)])
    before, after = halves(found)
    assert not changed[before].any()
    assert not changed[np.concatenate([found.older, found.held])].any()
    assert 0.1 < changed[after].mean() < 0.35


def test_by_time_the_older_half_is_older_than_every_week() -> None:
    rows = rows_of()
    found = scene(by_time=True, rows=rows)
    when = dict(zip(rows.texts, (rows.times if rows.times is not None else np.zeros(0)).tolist(), strict=True))
    last = max(when[found.texts[at]] for at in np.concatenate([found.older, found.held]))
    for week in found.weeks:
        moments = [when[found.texts[at]] for at in week]
        assert min(moments) > last
        last = max(moments)
    assert found.shift.begins == 0
    assert found.spans[0][0] > found.older_until or found.spans[0][0] == found.older_until


def test_texts_that_come_twice_are_taken_once() -> None:
    rows = rows_of()
    double = Rows.joined([rows, Rows(rows.number + len(rows), rows.texts, rows.times, None, rows.labels, rows.segments)])
    assert len(set(scene(SHORT, 1, rows=double).texts)) > 1_000


def test_too_few_rows_or_what_they_lack_is_said() -> None:
    with pytest.raises(UserError, match="different texts have a known class"):
        scene(ANY, rows=rows_of(300))
    with pytest.raises(UserError, match="No row of this run has a time"):
        scene(by_time=True, rows=rows_of(dated=False))
    plain = rows_of()
    bare = Rows(plain.number, plain.texts, plain.times, None, plain.labels)
    with pytest.raises(UserError, match="No column of this run"):
        scene(GROUP, rows=bare)
    assert scene(ANY, rows=bare).shift.sort in {CLASS, SHORT, CONCEPT}
    one = Rows(plain.number, plain.texts, plain.times, None, ["good"] * len(plain))
    with pytest.raises(UserError, match="all of one class"):
        scene(SHORT, rows=one)


@pytest.fixture(scope="module")
def large_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run on a larger file of the shop, whose texts differ."""
    import csv

    from feedback_lab.pipeline import STEPS, Config, run_steps

    folder = tmp_path_factory.mktemp("large")
    source = write_shop(folder / "shop.csv", 1_500)
    with source.open(encoding="utf-8", newline="") as file:
        lines = [row | {"text": f"{row['text']} Order {number}."} for number, row in enumerate(csv.DictReader(file))]
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    run_steps(STEPS, source, folder / "run", Config(title="shop.csv"), lambda step, share: None, engine="serial")
    return folder / "run"


@pytest.fixture
def large(done: Analysis, large_run: Path) -> Analysis:
    shutil.rmtree(folders.run_folder(done, 1))
    shutil.copytree(large_run, folders.run_folder(done, 1))
    return done


def wish(split: str, shift: str = "", seed: int = 1) -> Wish:
    return Wish(split, shift, seed, labels=20, batch=100)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize(("split", "shift"), [(TIME, ""), (SEEDED, CONCEPT)])
def test_every_week_has_figures_of_every_model_that_there_could_be(split: str, shift: str, large: Analysis) -> None:
    told: list[int] = []
    found = play(large, 1, wish(split, shift), lambda percent, step: told.append(percent))
    assert told == sorted(told)
    assert len(found.weeks) == WEEKS
    for number, week in enumerate(found.weeks, 1):
        assert set(week["models"]) == {SIMPLE, FIRST, *(f"c{earlier}" for earlier in range(1, number))}
        assert week["labels"] == 20
        assert week["recent"]["n"] == 20 * min(number, RECENT)
        assert set(week["recent"]["scores"]) == {*week["models"], f"c{number}"}
        assert 0 < week["batch"] <= 100
        for each in week["models"].values():
            value, low, high = each["score"]
            assert 0 <= low <= value <= high <= 1
            assert sum(each["mix"]) == pytest.approx(1, abs=0.001)
    assert found.about["score"][0] > found.about["simple"][0]
    assert bool(found.weeks[0]["from"]) == (split == TIME)
    texts = str([found.about, found.weeks])
    assert "parcel" not in texts


@pytest.mark.django_db
@pytest.mark.slow
def test_a_changed_meaning_hurts_and_shows_in_labels_alone(large: Analysis) -> None:
    found = play(large, 1, wish(SEEDED, CONCEPT))
    begins = found.about["begins"]
    scores = [week["models"][FIRST]["all"] for week in found.weeks]
    assert min(scores[: begins - 1]) > max(scores[begins - 1 :])
    assert max(week["length"][0] for week in found.weeks[begins - 1 :]) < 1
    assert play(large, 1, wish(SEEDED, CONCEPT)) == found


@pytest.mark.django_db
@pytest.mark.slow
def test_labels_by_hand_are_the_truth_where_the_model_learnt_from_them(large: Analysis) -> None:
    from feedback_lab.label import GoldSet
    from feedback_lab.pipeline.run import open_run

    folder, _ = open_run(folders.run_folder(large, 1))
    of = {number: "mine" if number % 3 else "theirs" for number in range(1, 801)}
    GoldSet.of(of).save(folder.path / "labels" / "own.csv")
    GoldSet.of({**of, 5: "theirs"}).save(folder.path / "labels" / "second.csv")
    both = _rows(folder, {"labels": ["own.csv", "second.csv"], "gold": ""})
    assert dict(zip(both.number.tolist(), both.labels or (), strict=True)) == {row: of[row] for row in of if row != 5}
    GoldSet.of({7: "theirs"}).save(folder.path / "labels" / "gold.csv")
    settled = _rows(folder, {"labels": ["own.csv"], "gold": "gold.csv"})
    assert (settled.number.tolist(), settled.labels) == ([7], ["theirs"])


@pytest.mark.django_db
@pytest.mark.slow
def test_what_can_be_replayed_is_said(large: Analysis, five: Analysis) -> None:
    offer = offer_of(large)
    assert not isinstance(offer, str)
    assert (offer.target, offer.has_times) == ("topic", True)
    assert "region" in offer.groups
    assert offer_of(five) == "Its run has no model, so there is nothing to replay."
    with pytest.raises(UserError, match="no model"):
        play(five, 1, wish(TIME))
    folders.clear(large)
    with pytest.raises(UserError, match="are gone"):
        play(large, 1, wish(TIME))
