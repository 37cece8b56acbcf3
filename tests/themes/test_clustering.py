"""Planted groups are found, nobody is left out, and the same vectors give the same bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import homogeneity_score, normalized_mutual_info_score

from feedback_lab.themes.clustering import MOST_BROAD, MOST_FINE, Clustering, ThemeModel, cluster
from tests.themes.planted import DIMENSIONS, blobs


def bytes_of(found: Clustering) -> list[bytes]:
    return [array.tobytes() for array in found.model.arrays().values()]


def broad_themes(model: ThemeModel) -> set[int]:
    return set(model.broad_of.tolist())


@pytest.mark.parametrize("spread", [0.25, 0.5, 1.0])
@pytest.mark.parametrize(("count", "rows"), [(3, 600), (10, 1_000), (60, 3_000)])
def test_planted_groups_are_found(count: int, rows: int, spread: float) -> None:
    """The data may part a group in two, and hardly ever puts texts of two groups together."""
    vectors, groups = blobs(count, rows, spread)
    found = cluster(vectors, seed=0)
    fine, _ = found.model.assign(vectors)
    broad = found.model.broad(fine)
    assert found.chosen_by == "data"
    assert min(count, MOST_BROAD) <= len(broad_themes(found.model)) <= min(2.5 * count, MOST_BROAD)
    assert homogeneity_score(groups, fine) > 0.98
    assert homogeneity_score(groups, broad) > (0.98 if count <= MOST_BROAD else 0.94)
    assert normalized_mutual_info_score(groups, broad) > 0.8


@pytest.mark.parametrize("count", [3, 10, 60])
def test_a_given_number_is_kept_and_finds_the_planted_groups(count: int) -> None:
    vectors, groups = blobs(count, 50 * count)
    found = cluster(vectors, seed=0, broad=count)
    broad = found.model.broad(found.model.assign(vectors)[0])
    assert found.chosen_by == "given"
    assert broad_themes(found.model) == set(range(count))
    assert normalized_mutual_info_score(groups, broad) > 0.9


def test_noise_has_soft_borders_and_says_so() -> None:
    found = cluster(blobs(1, 300, spread=1)[0], seed=0)
    assert found.stability < 0.2
    assert "borders between themes are soft" in found.reason


def test_themes_are_numbered_by_size_and_fine_ones_lie_within_broad_ones() -> None:
    vectors, groups = blobs(6, 600)
    keep = np.concatenate([np.flatnonzero(groups == group)[: 100 - 15 * group] for group in range(6)])
    model = cluster(vectors[keep], seed=0, broad=6).model
    fine, _ = model.assign(vectors[keep])
    sizes = np.bincount(model.broad(fine), minlength=6)
    assert sizes.tolist() == [100, 85, 70, 55, 40, 25]
    fine_sizes = np.bincount(fine, minlength=len(model.centres))
    assert fine_sizes.tolist() == sorted(fine_sizes.tolist(), reverse=True)
    assert fine_sizes.min() > 0
    assert len(model.broad_of) == len(model.centres) <= MOST_FINE


def test_a_text_without_a_vector_has_no_theme() -> None:
    vectors, _ = blobs(3, 90)
    vectors[::3] = 0
    model = cluster(vectors, seed=0).model
    fine, cosine = model.assign(vectors)
    assert (fine[::3] == -1).all()
    assert (cosine[::3] == 0).all()
    assert (model.broad(fine)[::3] == -1).all()
    assert np.delete(fine, np.s_[::3]).min() >= 0


def test_vectors_of_nothing_but_zeros_and_none_at_all() -> None:
    model = cluster(np.zeros((20, DIMENSIONS), np.float32), seed=0).model
    assert (model.assign(np.zeros((20, DIMENSIONS), np.float32))[0] == -1).all()
    assert [len(each) for each in model.assign(np.zeros((0, DIMENSIONS), np.float32))] == [0, 0]


@pytest.mark.parametrize("broad", [0, 1, 3, 5])
@pytest.mark.parametrize("sizes", [(1_000,), (998, 1, 1), (900, 50, 30, 15, 5), (8,), (4, 4)], ids=str)
def test_few_different_texts_repeated(sizes: tuple[int, ...], broad: int) -> None:
    """As in a survey where nearly everybody pressed the same button."""
    vectors = np.repeat(blobs(len(sizes), len(sizes))[0], sizes, axis=0)
    found = cluster(vectors, seed=0, broad=broad)
    fine, cosine = found.model.assign(vectors)
    assert len(broad_themes(found.model)) <= min(len(sizes), broad or len(sizes))
    assert fine.min() >= 0
    # Texts that are the same go together.
    assert len({(place, theme) for place, theme in zip(np.repeat(range(len(sizes)), sizes), fine, strict=True)}) == len(sizes)
    assert np.isfinite(cosine).all()


def test_fewer_themes_than_asked_for_is_said() -> None:
    found = cluster(np.repeat(blobs(2, 2)[0], 50, axis=0), seed=0, broad=7)
    assert "7" in found.reason
    assert "only 2" in found.reason


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 6), st.integers(0, 5))
@settings(max_examples=40)
def test_every_row_has_a_theme_whatever_the_data(rows: int, count: int, broad: int, seed: int) -> None:
    vectors, _ = blobs(min(count, rows), rows, seed=seed)
    found = cluster(vectors, seed, broad)
    fine, _ = found.model.assign(vectors)
    assert fine.min() >= 0
    assert fine.max() < len(found.model.centres)
    assert len(broad_themes(found.model)) <= (broad or MOST_BROAD)
    assert broad_themes(found.model) == set(range(len(broad_themes(found.model))))


def test_the_same_vectors_give_the_same_bytes_and_another_seed_need_not() -> None:
    vectors, _ = blobs(10, 800, spread=2)
    first, again, other = (cluster(vectors, seed) for seed in (3, 3, 4))
    assert bytes_of(first) == bytes_of(again) != bytes_of(other)


def test_a_model_comes_back_from_its_arrays() -> None:
    vectors, _ = blobs(3, 100)
    model = cluster(vectors, seed=0).model
    again = ThemeModel.of_arrays(model.arrays())
    (fine, cosine), (fine_before, cosine_before) = again.assign(vectors), model.assign(vectors)
    assert np.array_equal(fine, fine_before)
    assert np.array_equal(cosine, cosine_before)
