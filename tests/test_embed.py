"""Vectors of texts: near where the meaning is near, the same each time, made on this machine alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from feedback_lab import embed
from feedback_lab.embed import Embedding
from feedback_lab.errors import DamagedRun, NotEnoughData
from tests.embed.made import ENGLISH, GERMAN, KOREAN, TOPIC_OF

ODD = ["", " ", "👍👍", "x", "a" * 5_000, "Late. " * 200_000, "\0\u202e\ufeff", "배송이 늦었어요", "1 2 3"]


@pytest.fixture(scope="module")
def english() -> Embedding:
    return embed.embed(ENGLISH)


@pytest.fixture(scope="module")
def korean() -> Embedding:
    return embed.embed(KOREAN)


def test_english_gets_the_transformer(english: Embedding) -> None:
    found = english.result
    assert (found.path, found.dimensions, found.sample, found.languages) == ("adapted", 384, 60, ("en",))
    assert found.english_share == 1
    assert found.held_out_cosine is not None
    assert 0.3 < found.held_out_cosine < 1
    assert "100%" in found.reason
    assert "60 texts" in found.reason


@pytest.mark.parametrize(("texts", "language"), [(KOREAN, "ko"), (GERMAN, "de")])
def test_other_languages_are_compared_by_letters(texts: list[str], language: str) -> None:
    found = embed.embed(texts).result
    assert (found.path, found.sample, found.held_out_cosine) == ("characters", 0, None)
    assert found.languages == (language,)
    assert f"0% of the texts looked at are English ({language})" in found.reason
    assert "wording more than meaning" in found.reason


def test_a_few_foreign_texts_change_nothing_many_do() -> None:
    assert embed.embed([*ENGLISH, *KOREAN]).result.path == "adapted"
    assert embed.embed([*ENGLISH[:20], *KOREAN]).result.path == "characters"


@pytest.mark.parametrize("name", ["english", "korean"])
def test_vectors_are_of_unit_length_whatever_the_text(name: str, request: pytest.FixtureRequest) -> None:
    found: Embedding = request.getfixturevalue(name)
    vectors = found.encoder.transform([*ENGLISH, *KOREAN, *ODD])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(ENGLISH) + len(KOREAN) + len(ODD), found.result.dimensions)
    lengths = np.linalg.norm(vectors, axis=1)
    assert ((abs(lengths - 1) < 1e-5) | (lengths == 0)).all()
    assert lengths[: len(ENGLISH)].all() or name == "korean"
    assert found.encoder.transform([]).shape == (0, found.result.dimensions)


def test_texts_without_a_word_piece_have_no_place(english: Embedding, korean: Embedding) -> None:
    for found in (english, korean):
        assert not found.encoder.transform(["", "  \n "]).any()


def test_a_text_has_its_vector_whatever_stands_beside_it(english: Embedding) -> None:
    together = english.encoder.transform(ENGLISH)
    alone = np.concatenate([english.encoder.transform([text]) for text in ENGLISH])
    assert together == pytest.approx(alone, abs=1e-5)


def test_near_in_meaning_is_near_in_space(english: Embedding) -> None:
    """Of 60 sentences on four topics, most have one of their own topic as the nearest."""
    vectors = english.encoder.transform(ENGLISH)
    similar = vectors @ vectors.T
    np.fill_diagonal(similar, -1)
    right = [TOPIC_OF[place] == TOPIC_OF[nearest] for place, nearest in enumerate(similar.argmax(1))]
    assert np.mean(right) > 0.85


def test_sentences_that_the_map_has_not_seen(english: Embedding) -> None:
    late, slow, kind = english.encoder.transform(
        ["The courier brought my parcel late", "My package took weeks to arrive", "She was a friendly and helpful receptionist"]
    )
    assert late @ slow > late @ kind + 0.1


@pytest.mark.parametrize("texts", [ENGLISH, KOREAN])
def test_the_same_texts_give_the_same_bytes(texts: list[str], tmp_path: Path) -> None:
    for name in ("one.npz", "two.npz"):
        embed.save(embed.fit(texts, seed=3), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


@pytest.mark.parametrize("name", ["english", "korean"])
def test_an_encoder_comes_back_from_disk(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    found: Embedding = request.getfixturevalue(name)
    embed.save(found.encoder, tmp_path / "encoder.npz")
    again = embed.load(tmp_path / "encoder.npz")
    assert again.path == found.result.path
    assert (again.transform(ENGLISH + KOREAN) == found.encoder.transform(ENGLISH + KOREAN)).all()


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.7, 0.999])
def test_a_cut_file_is_damaged(korean: Embedding, tmp_path: Path, share: float) -> None:
    path = tmp_path / "encoder.npz"
    embed.save(korean.encoder, path)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(DamagedRun, match=r"encoder\.npz is damaged"):
        embed.load(path)


def test_flipped_bits_are_damage(korean: Embedding, tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    embed.save(korean.encoder, path)
    content = bytearray(path.read_bytes())
    for place in range(len(content) // 4, len(content) // 2, 50):
        content[place] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(DamagedRun):
        embed.load(path)


def test_other_files_are_damage_and_a_newer_one_is_newer(korean: Embedding, tmp_path: Path) -> None:
    path = tmp_path / "encoder.npz"
    with pytest.raises(DamagedRun):
        embed.load(path)
    arrays = korean.encoder.arrays()
    for change in (
        {"format": np.array(1), "path": np.array("unheard of")},
        {"format": np.array(1)},
        {"path": np.array("characters")},
        {"format": np.array(1), "path": np.array("adapted")},
        {"format": np.array("one"), "path": np.array("characters")},
        {"format": np.array([{}], object), "path": np.array("characters")},
    ):
        np.savez(path, **(arrays | change))  # type: ignore[arg-type]
        with pytest.raises(DamagedRun, match="is damaged"):
            embed.load(path)
    np.savez(path, format=np.array(embed.FORMAT + 1), path=np.array("characters"))
    with pytest.raises(DamagedRun, match="newer version"):
        embed.load(path)


@pytest.mark.parametrize("texts", [[], ["Late"] * 100, ["Late", "Small", "Kind"] * 40])
def test_too_few_different_texts(texts: list[str]) -> None:
    with pytest.raises(NotEnoughData, match=f"are {len(set(texts))} different texts"):
        embed.embed(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["👍", "👎", "😀", "🚚", "❤️"],
        ["1", "22", "333", "4444"],
        ["good", "bad", "ok", "fine"],
        ["", " ", "  ", "\n"],
        ["Late parcel.", *ODD],
    ],
)
def test_files_with_next_to_nothing_in_them_pass(texts: list[str]) -> None:
    found = embed.embed(texts)
    assert np.isfinite(found.encoder.transform(texts)).all()
    assert found.result.held_out_cosine is None or np.isfinite(found.result.held_out_cosine)


OFFLINE = """
import socket
def refuse(*_, **__): raise SystemExit("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
from feedback_lab import embed
from tests.embed.made import ENGLISH
assert embed.embed(ENGLISH).result.path == "adapted"
print("done")
"""


@pytest.mark.slow
def test_nothing_is_asked_of_the_network() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", OFFLINE], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.returncode) == ("done\n", 0), ran.stderr
