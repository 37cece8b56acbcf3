"""The profile of a whole file: what it counts, that engines and parts don't matter, and real data."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from feedback_lab.engines import open_engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.files import json_text
from feedback_lab.parts import write_rows
from feedback_lab.profile import profile
from feedback_lab.records.restoring import restore
from feedback_lab.records.rows import Roles, Rows
from feedback_lab.records.source import Count, ProfileResult
from tests.shared_data import shared_data


def profiled(folder: Path, rows: Rows, pieces: int = 1, engine: str = "serial") -> ProfileResult:
    parts = []
    for number, at in enumerate(np.array_split(np.arange(len(rows)), pieces)):
        parts.append(folder / f"part-{number}.parquet")
        write_rows(parts[-1], rows.take(at))
    with open_engine(engine, 2) as opened:
        return profile(parts, Roles("text"), opened)


def sample() -> Rows:
    texts = [
        "It was the wrong size again",
        "it  was the Wrong size again ",
        "This is a fine soft fabric, and well made",
        "👍",
        "The zipper broke after a week",
    ]
    times = np.array(["2026-01-05", "2026-01-06", "NaT", "2026-03-01", "2026-03-02"], "datetime64[s]")
    ratings = np.array([1.0, 1, 5, np.nan, 2.5])
    return Rows(
        np.array([1, 2, 4, 5, 7]), texts, times, ratings, ["late", None, "", "none", "size"], {"shop": ["n", "s", None, "n", "n"]}
    )


def test_everything_is_counted(tmp_path: Path) -> None:
    found = profiled(tmp_path, sample())
    assert (found.rows, found.sampled, found.empty_texts, found.duplicates, found.near_duplicates) == (5, 5, 1, 1, 0)
    assert found.languages == (Count("en", 4), Count("und", 1))
    assert found.words == {"min": 1, "p10": 1, "median": 6, "p90": 9, "max": 9}
    assert sum(band.rows for band in found.words_histogram) == 5
    assert (found.first_on, found.last_on) == ("2026-01-05", "2026-03-02")
    assert found.by_month == (Count("2026-01", 2), Count("2026-03", 2))
    assert found.ratings == (Count("1", 2), Count("2.5", 1), Count("5", 1))
    assert found.labels == (Count("late", 1), Count("none", 1), Count("size", 1))
    assert found.segments == {"shop": (Count("n", 3), Count("s", 1))}
    assert found.missing == {"label": 2, "rating": 1, "shop": 1, "time": 1}
    assert found.by_hand == (1, 2, 4, 5, 7)


def test_parts_and_engines_give_the_same_bytes(tmp_path: Path) -> None:
    rows = Rows.joined([sample()] * 20)
    rows = Rows(np.arange(1, 101), rows.texts, rows.times, rows.ratings, rows.labels, rows.segments)
    one, several, pool = (
        json_text(profiled(tmp_path, rows, pieces, engine)) for pieces, engine in ((1, "serial"), (3, "serial"), (3, "pool"))
    )
    assert one == several == pool
    assert json_text(restore(ProfileResult, json.loads(one))) == one


def test_progress_is_told(tmp_path: Path) -> None:
    write_rows(tmp_path / "part.parquet", sample())
    told: list[float] = []
    with open_engine("serial") as engine:
        profile([tmp_path / "part.parquet"], Roles("text"), engine, on_progress=told.append)
    assert told == sorted(told)
    assert told[-1] <= 1


def test_no_rows_are_not_enough(tmp_path: Path) -> None:
    with pytest.raises(NotEnoughData):
        profiled(tmp_path, Rows(np.zeros(0, np.int64), []))
    with open_engine("serial") as engine, pytest.raises(NotEnoughData):
        profile([], Roles("text"), engine)


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    """A column that repeats the label, one day with all dates, ratings at both ends, one text again and again."""
    random = np.random.default_rng(0)
    labels = random.choice(["refund", "praise"], 400)
    texts = [f"text number {row} about {'money back' if label == 'refund' else 'joy'}" for row, label in enumerate(labels)]
    texts[300:] = ["Sent from my phone, see above please"] * 100
    rows = Rows(
        np.arange(1, 401),
        texts,
        np.full(400, np.datetime64("2026-05-05", "s")),
        random.choice([1.0, 2, 3, 4, 5], 400, p=[0.3, 0.05, 0.05, 0.1, 0.5]),
        labels.tolist(),
        {
            "queue": ["money" if label == "refund" else "other" for label in labels],
            "shop": random.choice(["a", "b"], 400).tolist(),
        },
    )
    found = {finding.name: finding for finding in profiled(tmp_path, rows).findings}
    assert set(found) == {"duplicates", "one-day", "j-shaped-ratings", "leak: queue", "leak: words of the label"}
    assert found["duplicates"].rows == 99
    assert found["duplicates"].examples == (302, 303, 304, 305, 306)
    assert [finding.severity for finding in found.values()] == sorted((f.severity for f in found.values()), reverse=True)
    assert all(finding.says.endswith(".") and finding.mend.endswith(".") for finding in found.values())


def test_real_reviews(tmp_path: Path) -> None:
    """The class of a garment gives its department away. People rate high. The texts are English."""
    with shared_data("womens_clothing/reviews.csv").open(encoding="utf-8", newline="") as file:
        read = [row for row in csv.DictReader(file) if row["Review Text"].strip()][:4_000]
    rows = Rows(
        np.arange(1, len(read) + 1),
        [row["Review Text"] for row in read],
        None,
        np.array([float(row["Rating"]) for row in read]),
        [row["Department Name"] or None for row in read],
        {"class": [row["Class Name"] or None for row in read], "division": [row["Division Name"] or None for row in read]},
    )
    found = profiled(tmp_path, rows)
    assert {finding.name for finding in found.findings} == {"leak: class", "skewed-ratings"}
    assert found.languages[0].value == "en"
    assert found.languages[0].rows >= 0.95 * sum(language.rows for language in found.languages)
    assert len(found.by_hand) == 100
