"""Each row of a part gets its theme, and sums of parts add up to the whole."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from feedback_lab import embed
from feedback_lab.embed import characters
from feedback_lab.embed.characters import CharacterEncoder
from feedback_lab.errors import DamagedRun
from feedback_lab.parts import read_table, write_rows
from feedback_lab.records.findings import Quote
from feedback_lab.records.rows import Rows
from feedback_lab.themes.assigning import QUOTES, Candidate, Sums, Task, assign_part, load, merged, quotes, save
from feedback_lab.themes.clustering import ThemeModel, cluster
from tests.embed.made import ENGLISH as TEXTS


@pytest.fixture(scope="module")
def encoder() -> CharacterEncoder:
    return characters.fit(TEXTS, seed=0)


@pytest.fixture(scope="module")
def model(encoder: CharacterEncoder) -> ThemeModel:
    return cluster(encoder.transform(TEXTS), seed=0, broad=3).model


@pytest.fixture
def folder(tmp_path: Path, encoder: CharacterEncoder, model: ThemeModel) -> Path:
    embed.save(encoder, tmp_path / "encoder.npz")
    save(model, tmp_path / "model.npz")
    return tmp_path


def task(folder: Path, name: str, texts: list[str], first: int = 1) -> Task:
    """A part of these texts, their rows numbered from ``first``."""
    part = folder / f"part-{name}.parquet"
    write_rows(part, Rows(np.arange(first, first + len(texts)), texts))
    return Task(part, folder / "encoder.npz", folder / "model.npz", folder / f"themes-{name}.parquet")


def test_each_row_has_its_theme(folder: Path, encoder: CharacterEncoder, model: ThemeModel) -> None:
    one = task(folder, "one", ["", *TEXTS])
    summary = assign_part(one)
    table = read_table(one.into)
    fine, cosine = model.assign(encoder.transform(["", *TEXTS]))
    assert table["number"].tolist() == list(range(1, 62))
    assert table["fine"].tolist() == fine.tolist()
    assert table["theme"].tolist() == model.broad(fine).tolist()
    assert np.allclose(table["cosine"], cosine)
    assert table["theme"][0] == -1
    assert summary["unassigned"] == 1
    assert sum(summary["rows"]) == 60
    assert sum(summary["cosines"]) == pytest.approx(cosine.sum(), abs=1e-4)


def test_an_empty_part(folder: Path, model: ThemeModel) -> None:
    none = task(folder, "none", [])
    assert assign_part(none) == {
        "rows": [0] * len(model.centres),
        "cosines": [0.0] * len(model.centres),
        "unassigned": 0,
        "quotes": {},
    }
    assert len(read_table(none.into)["theme"]) == 0


def sums_of(folder: Path, model: ThemeModel, size: int) -> Sums:
    starts = range(0, 60, size)
    tasks = [task(folder, f"{size}-{start}", list(TEXTS[start : start + size]), start + 1) for start in starts]
    return merged(map(assign_part, tasks), len(model.centres))


@pytest.mark.parametrize("size", [7, 20, 59])
def test_sums_do_not_depend_on_how_rows_are_cut(folder: Path, model: ThemeModel, size: int) -> None:
    whole, cut = sums_of(folder, model, 60), sums_of(folder, model, size)
    assert cut.rows.tolist() == whole.rows.tolist()
    assert cut.cosines == pytest.approx(whole.cosines)
    assert cut.quotes == whole.quotes
    assert whole.rows.sum() == 60


def test_quotes_are_near_the_centre_and_of_a_length_to_read(folder: Path, model: ThemeModel) -> None:
    texts = ["too short", "line one of this text\n\n  line two", "word " * 46, *TEXTS]
    found = [each for several in assign_part(task(folder, "one", texts))["quotes"].values() for each in several]
    said = {text for _, _, text in found}
    assert "line one of this text line two" in said
    assert all(5 <= len(text.split()) <= 45 for text in said)
    numbers = {text: -row for _, row, text in found}
    assert all(" ".join(texts[number - 1].split()) == text for text, number in numbers.items())


def test_quotes_are_taken_in_turn_and_none_twice() -> None:
    first: list[Candidate] = [(0.9, -1, "the same"), (0.8, -2, "A"), (0.7, -3, "B")]
    second: list[Candidate] = [(0.95, -4, "The Same"), (0.5, -5, "C")]
    assert quotes([first, second]) == (Quote(1, "the same"), Quote(2, "A"), Quote(5, "C"))
    assert quotes([]) == quotes([[], []]) == ()
    assert len(quotes([first])) == QUOTES
    assert len(first) == 3


def test_the_model_comes_back(folder: Path, model: ThemeModel) -> None:
    for name, array in load(folder / "model.npz").arrays().items():
        assert np.array_equal(array, model.arrays()[name])
    before = (folder / "model.npz").read_bytes()
    save(load(folder / "model.npz"), folder / "model.npz")
    assert (folder / "model.npz").read_bytes() == before


def test_a_model_that_was_written_anew_is_used(folder: Path, encoder: CharacterEncoder) -> None:
    """A worker keeps what it read, and must not take the old one for the new."""
    one = task(folder, "one", list(TEXTS))
    before = assign_part(one)
    save(cluster(encoder.transform(TEXTS), seed=0, broad=1).model, folder / "model.npz")
    assert assign_part(one)["rows"] != before["rows"]


def arrays_as_file(**arrays: object) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


@pytest.mark.parametrize(
    "harm",
    [
        lambda good: b"",
        lambda good: b"PK\x03\x04",
        lambda good: good[: len(good) // 2],
        lambda good: good[:-30],
        lambda good: good[:300] + bytes([good[300] ^ 1]) + good[301:],
        lambda good: b"not a model",
        lambda good: arrays_as_file(mean=np.zeros(3)),
        lambda good: arrays_as_file(mean=np.array([{}], object)),
    ],
)
def test_a_damaged_model_is_said_to_be(folder: Path, harm: object) -> None:
    path = folder / "model.npz"
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(DamagedRun, match=r"model\.npz is damaged"):
        load(path)


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedRun, match=r"model\.npz"):
        load(tmp_path / "model.npz")
