"""The step themes from texts to figures, on sixty sentences of four topics and on a real file."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import normalized_mutual_info_score

from feedback_lab import embed
from feedback_lab.embed import Encoder
from feedback_lab.engines import Engine, SerialExecutor, open_engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.files import json_text
from feedback_lab.parts import read_table, write_rows
from feedback_lab.records.findings import ThemesResult
from feedback_lab.records.rows import Rows
from feedback_lab.themes import Found, assign_themes, find_themes
from feedback_lab.themes.edits import make_edit
from tests.embed.made import ENGLISH, TOPIC_OF
from tests.shared_data import shared_data

TEXTS = [*ENGLISH, "👍👍", "write to [EMAIL] or [PHONE] about the parcel"]
PART = 25


@dataclass(frozen=True)
class File:
    """A file in parts, and its encoder."""

    folder: Path
    parts: list[Path]
    encoder: Encoder


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> File:
    folder = tmp_path_factory.mktemp("run")
    parts = []
    for begin in range(0, len(TEXTS), PART):
        texts = TEXTS[begin : begin + PART]
        parts.append(folder / f"part-{begin:05}.parquet")
        write_rows(parts[-1], Rows(np.arange(begin + 1, begin + 1 + len(texts)), texts))
    encoder = embed.fit(TEXTS)
    embed.save(encoder, folder / "encoder.npz")
    return File(folder, parts, encoder)


@pytest.fixture(scope="module")
def found(file: File) -> Found:
    return find_themes(TEXTS, file.encoder, broad=4)


def serial() -> Engine:
    return Engine("serial", 1, SerialExecutor)


def assign(file: File, found: Found, into: Path, engine: Engine | None = None) -> ThemesResult:
    return assign_themes(found, file.parts, file.folder / "encoder.npz", into, engine or serial())


def test_topics_become_themes(file: File, found: Found, tmp_path: Path) -> None:
    """Each of the four themes is mostly of one topic, says so by its keywords, and quotes its own texts."""
    result = assign(file, found, tmp_path)
    theme_of = np.concatenate([read_table(tmp_path / part.name)["theme"] for part in file.parts])
    assert normalized_mutual_info_score(TOPIC_OF, theme_of[: len(TOPIC_OF)]) > 0.6
    assert len(result.broad) == 4
    words = [set(theme.keywords) for theme in result.broad]
    for telling in ("battery", "parcel", "dress", "support"):
        assert sum(telling in each for each in words) == 1
    for theme in result.broad:
        assert theme.quotes
        assert all(theme_of[quote.row - 1] == theme.id and TEXTS[quote.row - 1] == quote.text for quote in theme.quotes)


def test_figures_add_up(file: File, found: Found, tmp_path: Path) -> None:
    result = assign(file, found, tmp_path)
    tables = [read_table(tmp_path / part.name) for part in file.parts]
    for level, column in ((result.broad, "theme"), (result.fine, "fine")):
        counted = Counter(np.concatenate([table[column] for table in tables]).tolist())
        assert {theme.id: theme.rows for theme in level} == {theme.id: counted[theme.id] for theme in level}
        assert sum(theme.rows for theme in level) + counted[-1] == result.rows == len(TEXTS)
        assert [theme.share for theme in level] == pytest.approx([theme.rows / len(TEXTS) for theme in level])
    assert [theme.rows for theme in result.broad] == sorted((theme.rows for theme in result.broad), reverse=True)
    children = Counter({theme.id: 0 for theme in result.broad})
    for fine in result.fine:
        children[fine.parent] += fine.rows
    assert children == {theme.id: theme.rows for theme in result.broad}


def test_placeholders_are_no_keywords(found: Found) -> None:
    words = {word for several in (*found.fine_words, *found.broad_words.values()) for word in several}
    assert not words & {"email", "[email]", "EMAIL"}


def test_whatever_does_the_work_the_bytes_are_the_same(file: File, found: Found, tmp_path: Path) -> None:
    one = assign(file, found, tmp_path / "one")
    with open_engine("pool", workers=2) as pool:
        other = assign(file, found, tmp_path / "other", pool)
    assert json_text(one) == json_text(other)
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert files == {path.name: path.read_bytes() for path in (tmp_path / "other").iterdir()}
    assert json_text(assign(file, find_themes(TEXTS, file.encoder, broad=4), tmp_path / "third")) == json_text(one)


def test_parts_that_are_done_are_not_done_again(file: File, found: Found, tmp_path: Path) -> None:
    shares: list[float] = []
    first = assign(file, found, tmp_path)
    for part in file.parts:
        (tmp_path / part.name).unlink()  # who did a part again would write it again
    again = assign_themes(found, file.parts, file.folder / "encoder.npz", tmp_path, serial(), shares.append)
    assert json_text(again) == json_text(first)
    assert shares == pytest.approx([1 / 3, 2 / 3, 1])
    assert not (tmp_path / file.parts[0].name).exists()


def test_edits_are_applied_and_their_notes_are_not_mixed_up(file: File, found: Found, tmp_path: Path) -> None:
    before = assign(file, found, tmp_path)
    model = found.clustering.model
    sizes = np.array([theme.rows for theme in before.fine])
    keep, join = before.broad[0].id, before.broad[1].id
    edits = [make_edit(model, sizes, "merge", [keep, join]), make_edit(model, sizes, "rename", [keep], "All of these")]
    after = assign(file, find_themes(TEXTS, file.encoder, broad=4, edits=edits), tmp_path)
    assert len(after.edits) == 2
    merged = next(theme for theme in after.broad if theme.id == keep)
    assert (merged.name, merged.rows) == ("All of these", before.broad[0].rows + before.broad[1].rows)
    assert join not in {theme.id for theme in after.broad}
    assert join not in read_table(tmp_path / file.parts[0].name)["theme"]


@pytest.mark.parametrize("n", [0, 1, 7])
def test_too_few_texts(file: File, n: int) -> None:
    with pytest.raises(NotEnoughData, match=f"There are {n} texts"):
        find_themes(TEXTS[:n], file.encoder)


def test_eight_texts_are_enough(file: File) -> None:
    assert len(find_themes(TEXTS[:8], file.encoder).broad_words) >= 1


def test_a_text_said_a_thousand_times_is_one_theme(file: File) -> None:
    found = find_themes(["The parcel came late"] * 1_000, file.encoder)
    assert list(found.broad_words) == [0]
    assert found.broad_words[0]


@pytest.mark.slow
def test_questions_to_a_bank() -> None:
    """Fine themes of 10,003 questions agree with the 77 intents that people gave them; nobody said how many there are."""
    with shared_data("banking77/train.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts, intents = [row["text"] for row in rows], [row["category"] for row in rows]
    encoder = embed.fit(texts)
    found = find_themes(texts, encoder)
    fine, _ = found.clustering.model.assign(encoder.transform(texts))
    assert (fine >= 0).all()
    assert normalized_mutual_info_score(intents, fine) >= 0.74
    assert len(found.broad_words) <= 50
