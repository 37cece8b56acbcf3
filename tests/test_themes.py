"""The step as a whole: themes of a file, what each row gets, and what is said when there is too little."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import normalized_mutual_info_score

from feedback_lab import embed
from feedback_lab.embed.characters import CharacterEncoder
from feedback_lab.embed.characters import fit as fit_characters
from feedback_lab.engines import Engine, SerialExecutor, open_engine
from feedback_lab.errors import NotEnoughData
from feedback_lab.files import json_text
from feedback_lab.parts import read_table, write_rows
from feedback_lab.records.findings import ThemesResult
from feedback_lab.records.rows import Rows
from feedback_lab.themes import LEAST, MODEL, UNEDITED, assign_themes, find_themes
from feedback_lab.themes.edits import Edit, make_edit
from tests.embed.made import ENGLISH, KOREAN, TOPIC_OF
from tests.shared_data import shared_data

# Enough rows for several themes; each is its own text.
TEXTS = [f"{text} {ending}" for ending in ("", "Really.", "I mean it!", "So it was") for text in ENGLISH]


@dataclass
class Step:
    """The step over texts in parts, with an encoder of letters, which is fitted in a second."""

    folder: Path
    encoder: CharacterEncoder
    stored: Path
    parts: Sequence[Path]

    def run(self, engine: Engine | None = None, into: str = "themes", broad: int = 4, edits: Sequence[Edit] = ()) -> ThemesResult:
        found = find_themes(TEXTS, self.encoder, broad=broad, edits=edits)
        engine = engine or Engine("serial", 1, SerialExecutor)
        return assign_themes(found, self.parts, self.stored, self.folder / into, engine)

    def rows(self, into: str = "themes") -> dict[str, list[float]]:
        tables = [read_table(self.folder / into / part.name) for part in self.parts]
        return {name: np.concatenate([table[name] for table in tables]).tolist() for name in tables[0]}


@pytest.fixture(scope="module")
def encoder() -> CharacterEncoder:
    return fit_characters(TEXTS, seed=0)


@pytest.fixture(scope="module")
def stored(encoder: CharacterEncoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("encoder") / "encoder.npz"
    embed.save(encoder, path)
    return path


@pytest.fixture
def step(tmp_path: Path, encoder: CharacterEncoder, stored: Path) -> Step:
    texts, parts = [*TEXTS, "", "  "], []
    for at, begin in enumerate(range(0, len(texts), 90)):
        parts.append(tmp_path / f"part-{at:05}.parquet")
        here = texts[begin : begin + 90]
        write_rows(parts[-1], Rows(np.arange(begin + 1, begin + 1 + len(here)), here))
    return Step(tmp_path, encoder, stored, parts)


def test_every_row_gets_a_theme_and_the_figures_add_up(step: Step) -> None:
    result, rows = step.run(), step.rows()
    assert rows["number"] == list(range(1, len(TEXTS) + 3))
    assert [number for number, theme in zip(rows["number"], rows["theme"], strict=True) if theme == -1] == [
        len(TEXTS) + 1,
        len(TEXTS) + 2,
    ]
    assert result.rows == len(TEXTS) + 2
    assert result.unassigned == pytest.approx(2 / result.rows)
    for level in (result.broad, result.fine):
        assert sum(theme.rows for theme in level) == len(TEXTS)
        assert sum(theme.share for theme in level) == pytest.approx(1 - result.unassigned)
    for theme in result.broad:
        assert theme.rows == rows["theme"].count(theme.id)
        assert theme.rows == sum(fine.rows for fine in result.fine if fine.parent == theme.id)
        assert theme.parent == -1
        assert 0 < theme.cohesion <= 1
    assert [theme.rows for theme in result.fine] == [rows["fine"].count(theme.id) for theme in result.fine]
    assert [theme.id for theme in result.fine] == list(range(len(result.fine)))
    assert [theme.rows for theme in result.broad] == sorted((theme.rows for theme in result.broad), reverse=True)
    assert result.chosen_by == "given"


def test_themes_say_what_they_are_about(step: Step) -> None:
    result, rows = step.run(broad=4), step.rows()
    assert normalized_mutual_info_score(TOPIC_OF * 4, rows["theme"][: len(TEXTS)]) > 0.3
    words = {word for theme in result.broad for word in theme.keywords[:5]}
    assert {"battery", "parcel"} <= words
    for theme in (*result.broad, *result.fine):
        assert theme.name == ", ".join(theme.keywords[:3])
        for quote in theme.quotes:
            assert TEXTS[quote.row - 1].strip() == quote.text
            assert rows["theme" if theme.parent == -1 else "fine"][quote.row - 1] == theme.id
    assert all(1 <= len(theme.quotes) <= 3 for theme in result.broad)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_the_same_bytes_twice_and_from_a_pool(step: Step) -> None:
    results = [json_text(step.run(into="one")), json_text(step.run(into="two"))]
    with open_engine("pool", workers=2) as pool:
        results.append(json_text(step.run(pool, into="three")))
    assert results[0] == results[1] == results[2]
    assert contents(step.folder / "one") == contents(step.folder / "two") == contents(step.folder / "three")


def test_a_part_that_is_noted_is_not_done_again_and_another_model_is(step: Step) -> None:
    first = step.run()
    written = {path: path.stat().st_mtime_ns for path in (step.folder / "themes").glob("part-*.parquet")}
    assert step.run() == first
    assert {path: path.stat().st_mtime_ns for path in written} == written
    assert step.run(broad=2) != first
    assert all(path.stat().st_mtime_ns != before for path, before in written.items())


def test_progress_ends_at_one(step: Step) -> None:
    seen: list[float] = []
    found = find_themes(TEXTS, step.encoder)
    engine = Engine("serial", 1, SerialExecutor)
    assign_themes(found, step.parts, step.stored, step.folder / "themes", engine, seen.append)
    assert seen == [pytest.approx((at + 1) / len(step.parts)) for at in range(len(step.parts))]


def test_edits_are_kept_with_the_rows_and_the_clusters_without_them(step: Step) -> None:
    found = find_themes(TEXTS, step.encoder, broad=4)
    sizes = np.ones(len(found.clustering.model.centres), np.int64)
    edits = [
        make_edit(found.clustering.model, sizes, "rename", [0], "Everything about it"),
        make_edit(found.clustering.model, sizes, "merge", [0, 3]),
    ]
    before = {theme.id: theme.rows for theme in step.run().broad}
    result = step.run(edits=edits)  # into the same folder: notes of the model without edits must not be taken for its own
    assert next(theme.rows for theme in result.broad if theme.id == 0) == before[0] + before[3]
    assert {theme.id for theme in result.broad} == {0, 1, 2} == set(step.rows()["theme"]) - {-1}
    assert {theme.id: theme.name for theme in result.broad}[0] == "Everything about it"
    assert len(result.edits) == 2
    assert sum(theme.rows for theme in result.broad) == len(TEXTS)
    stored = contents(step.folder / "themes")
    assert stored[MODEL] != stored[UNEDITED]
    step.run(into="plain")
    assert contents(step.folder / "plain")[MODEL] == stored[UNEDITED]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Late delivery of my parcel"] * 1_000, 1),
        (ENGLISH[:LEAST], 1),
        ([*["Late delivery of my parcel"] * 30, *["Battery is dead again"] * 10], 2),
        (["👍", "🎉", "1", "2", "", " ", "!", "?", "👍"], 1),
    ],
)
def test_few_or_few_different_texts(texts: list[str], expected: int) -> None:
    found = find_themes(texts, fit_characters(texts, seed=0))
    assert len(found.broad_words) <= expected
    assert len(found.fine_words) >= 1


@pytest.mark.parametrize("n", [0, 1, LEAST - 1])
def test_fewer_texts_than_needed(encoder: CharacterEncoder, n: int) -> None:
    with pytest.raises(NotEnoughData, match=f"There are {n} texts"):
        find_themes(ENGLISH[:n], encoder)


def test_korean_has_keywords_in_korean() -> None:
    texts = [f"{text} {at}번" for at in range(10) for text in KOREAN]
    found = find_themes(texts, fit_characters(texts, seed=0), english=False)
    words = {word for each in found.broad_words.values() for word in each}
    assert {"배송이", "배터리가"} <= words


Loaded = tuple[list[str], list[str]]


@pytest.fixture(scope="module")
def banking() -> Loaded:
    rows: list[dict[str, str]] = []
    for name in ("train", "test"):
        with shared_data(f"banking77/{name}.csv").open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return [row["text"] for row in rows], [row["category"] for row in rows]


@pytest.mark.slow
def test_the_intents_of_a_bank_are_found_without_their_number(banking: Loaded) -> None:
    """The target of the benchmark: at least the agreement that the best known tool reaches, with nobody left out."""
    texts, intents = banking
    encoder = embed.fit(texts)
    found = find_themes(texts, encoder)
    fine, _ = found.edited.model.assign(encoder.transform(texts))
    assert (fine >= 0).all()
    assert normalized_mutual_info_score(intents, fine) >= 0.74
    assert len(found.broad_words) <= 50
    assert found.clustering.chosen_by == "data"
