"""Themes mended by hand, on this data and on the next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from feedback_lab.errors import LabError
from feedback_lab.records.rows import Ints, Vectors
from feedback_lab.themes.clustering import ThemeModel, cluster
from feedback_lab.themes.edits import Edit, Edited, apply_edits, make_edit, read_edits, write_edits
from tests.themes.planted import DIMENSIONS, blobs, unit

GROUPS = 6


class Themed:
    """Planted groups of different sizes with their themes. ``rows``: how many of each group there are."""

    def __init__(self, rows: tuple[int, ...] = (100, 90, 80, 70, 60, 50), seed: int = 0, broad: int = GROUPS) -> None:
        vectors, groups = blobs(GROUPS, 100 * GROUPS)
        taken = np.concatenate([np.flatnonzero(groups == group)[:count] for group, count in enumerate(rows)])
        self.groups = groups[taken]
        self.vectors = unit(vectors[taken] + 0.02 * np.random.default_rng(seed).normal(size=(len(taken), DIMENSIONS)))
        self.model = cluster(self.vectors, seed, broad).model
        self.sizes = np.bincount(self.model.assign(self.vectors)[0], minlength=len(self.model.centres))

    def edit(self, kind: str, *themes: int, edits: tuple[Edit, ...] = (), **wishes: Any) -> Edit:
        """An edit of what these edits made of the themes."""
        return make_edit(self.after(*edits).model, self.sizes, kind, themes, **wishes)

    def after(self, *edits: Edit) -> Edited:
        return apply_edits(self.model, self.sizes, edits, seed=0)

    def theme_of(self, group: int, model: ThemeModel | None = None) -> int:
        """The broad theme in which most of a planted group is."""
        model = model or self.model
        found = model.broad(model.assign(self.vectors[self.groups == group])[0])
        return int(np.bincount(found).argmax())


@pytest.fixture(scope="module")
def themed() -> Themed:
    return Themed()


@pytest.fixture(scope="module")
def coarse() -> Themed:
    """Two broad themes, so that each has several finer ones."""
    return Themed(broad=2)


def ids(edited: Edited) -> list[int]:
    return sorted(set(edited.model.broad_of.tolist()))


def test_rename(themed: Themed) -> None:
    after = themed.after(themed.edit("rename", 2, name="  Sizes \n run small "))
    assert after.names == {2: "Sizes run small"}
    assert after.said == ("theme 2 renamed to “Sizes run small”",)
    assert np.array_equal(after.model.broad_of, themed.model.broad_of)


def test_merge_keeps_the_first_and_its_name(themed: Themed) -> None:
    names = (themed.edit("rename", 1, name="one"), themed.edit("rename", 4, name="four"))
    after = themed.after(*names, themed.edit("merge", 4, 1, 5))
    assert ids(after) == [0, 2, 3, 4]
    assert after.names == {4: "four"}
    assert after.said[-1] == "themes 1, 5 merged into theme 4"
    assert np.array_equal(after.model.centres, themed.model.centres)


def test_split_keeps_the_number_for_the_larger_piece_and_touches_no_other(coarse: Themed) -> None:
    after = coarse.after(coarse.edit("split", 0, into=2))
    assert ids(after) == [0, 1, 2]
    other = coarse.model.broad_of == 1
    assert (after.model.broad_of[other] == 1).all()
    assert coarse.sizes[after.model.broad_of == 0].sum() >= coarse.sizes[after.model.broad_of == 2].sum() > 0
    assert after.said == ("theme 0 split into 2",)


def test_an_edit_of_what_an_edit_made(coarse: Themed) -> None:
    split = coarse.edit("split", 0, into=2)
    rename = coarse.edit("rename", 2, edits=(split,), name="the smaller half")
    back = coarse.edit("merge", 0, 2, edits=(split, rename))
    assert coarse.after(split, rename).names == {2: "the smaller half"}
    whole = coarse.after(split, rename, back)
    assert np.array_equal(whole.model.broad_of, coarse.model.broad_of)
    assert whole.names == {}


def test_undoing_is_leaving_out_the_last_one(themed: Themed) -> None:
    edits = (themed.edit("merge", 0, 1), themed.edit("rename", 3, name="three"))
    assert ids(themed.after(*edits[:1])) == [0, 2, 3, 4, 5]
    assert themed.after().model is themed.model
    assert themed.after().said == ()


def test_edits_are_found_again_in_another_run(themed: Themed) -> None:
    """Other texts of the same kind, in other numbers, so that the themes have other ids."""
    rename = themed.edit("rename", themed.theme_of(1), name="group 1")
    merge = themed.edit("merge", themed.theme_of(2), themed.theme_of(5))
    later = Themed((50, 60, 70, 80, 90, 100), seed=1)
    after = later.after(rename, merge)
    assert later.theme_of(1) != themed.theme_of(1)
    assert after.names == {later.theme_of(1): "group 1"}
    assert later.theme_of(2, after.model) == later.theme_of(5, after.model)
    assert len(ids(after)) == GROUPS - 1
    assert after.said == (
        f"theme {later.theme_of(1)} renamed to “group 1”",
        f"themes {later.theme_of(5)} merged into theme {later.theme_of(2)}",
    )


def test_an_edit_whose_theme_is_gone_is_said_so(themed: Themed) -> None:
    edit = themed.edit("rename", themed.theme_of(5), name="group 5")
    later = Themed((100, 90, 80, 70, 60, 0), broad=5)
    assert later.after(edit).said == (
        f"Not applied: theme {themed.theme_of(5)} renamed to “group 5”; no theme of this run is like it.",
    )
    assert later.after(edit).names == {}


def test_a_merge_of_what_is_one_theme_already_is_said_so(themed: Themed) -> None:
    merge = themed.edit("merge", 0, 1)
    after = themed.after(merge, merge)
    assert after.said[1].startswith("Not applied: themes 1 merged into theme 0")
    assert np.array_equal(after.model.broad_of, themed.after(merge).model.broad_of)


def test_a_split_that_can_not_be_done_any_more_is_said_so(coarse: Themed) -> None:
    """A later run may have fewer finer themes."""
    edit = coarse.edit("split", 0, into=2)
    alone = ThemeModel(coarse.model.mean, coarse.model.axes, coarse.model.centres[:2], np.array([0, 1]))
    after = apply_edits(alone, coarse.sizes[:2], [Edit("split", (0,), centre_of(alone, 0), into=2), edit], seed=0)
    assert after.model.broad_of.tolist() == [0, 1]
    assert all(said.startswith("Not applied: theme 0 split into 2") for said in after.said)


def centre_of(model: ThemeModel, theme: int) -> tuple[tuple[float, ...], ...]:
    return make_edit(model, np.ones(len(model.centres), np.int64), "rename", [theme], "x").anchors


def test_edits_of_another_encoder_are_not_applied(themed: Themed) -> None:
    edit = Edit("rename", (0,), ((0.5,) * (DIMENSIONS + 1),), "short")
    assert themed.after(edit).said == ("Not applied: theme 0 renamed to “short”; no theme of this run is like it.",)


@pytest.mark.parametrize(
    ("kind", "themes", "wishes", "says"),
    [
        ("explode", [0], {}, "no edit 'explode'"),
        ("rename", [9], {"name": "x"}, "no theme 9"),
        ("merge", [0, -1], {}, "no theme -1"),
        ("rename", [0], {"name": " \n"}, "name is empty"),
        ("rename", [], {"name": "x"}, "one theme"),
        ("rename", [0, 1], {"name": "x"}, "one theme"),
        ("split", [], {}, "one theme"),
        ("split", [0, 1], {}, "one theme"),
        ("merge", [0], {}, "two different themes"),
        ("merge", [0, 0], {}, "two different themes"),
        ("split", [0], {"into": 1}, "can't be split into 1"),
        ("split", [0], {"into": 500}, "can't be split into 500"),
        ("split", [0], {"into": -1}, "can't be split into -1"),
    ],
)
def test_an_edit_that_says_nothing_is_refused(
    themed: Themed, kind: str, themes: list[int], wishes: dict[str, Any], says: str
) -> None:
    with pytest.raises(LabError, match=says) as caught:
        make_edit(themed.model, themed.sizes, kind, themes, **wishes)
    assert caught.value.hint


def test_a_theme_named_twice_joins_once(themed: Themed) -> None:
    assert themed.edit("merge", 0, 1, 1, 0) == themed.edit("merge", 0, 1)


def test_the_file_of_edits_comes_back(themed: Themed, tmp_path: Path) -> None:
    edits = (themed.edit("rename", 0, name="“Größe” 👍"), themed.edit("merge", 2, 3))
    path = tmp_path / "edits.json"
    assert read_edits(path) == ()
    write_edits(path, edits)
    assert read_edits(path) == edits
    before = path.read_bytes()
    write_edits(path, read_edits(path))
    assert path.read_bytes() == before


GOOD = {"kind": "rename", "themes": [0], "anchors": [[0.5, 0.5]], "name": "x", "into": 2}
WRONG: tuple[dict[str, Any], ...] = (
    {"kind": "explode"},
    {"kind": None},
    {"themes": []},
    {"themes": "x"},
    {"themes": [0, 1]},
    {"anchors": [[]]},
    {"anchors": [["a"]]},
    {"anchors": []},
    {"anchors": [[float("nan"), 0.5]]},
    {"kind": "split", "into": 0},
    {"kind": "split", "into": "many"},
    {"kind": "split", "into": float("inf")},
    {"kind": "merge"},
)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "7",
        "null",
        '{"kind": "rename"}',
        '["rename"]',
        "[[]]",
        *(json.dumps([GOOD | wrong]) for wrong in WRONG),
        json.dumps([{name: value for name, value in GOOD.items() if name != "anchors"}]),
    ],
)
def test_a_broken_file_of_edits_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "edits.json").write_text(content, "utf-8")
    with pytest.raises(LabError, match=r"edits\.json is damaged"):
        read_edits(tmp_path / "edits.json")


def test_edits_give_the_same_bytes(coarse: Themed) -> None:
    edits = (coarse.edit("split", 0, into=2), coarse.edit("rename", 1, name="x"))
    once, twice = coarse.after(*edits), coarse.after(*edits)
    assert once.model.broad_of.tobytes() == twice.model.broad_of.tobytes()
    assert (once.names, once.said) == (twice.names, twice.said)


def rows_by_theme(model: ThemeModel, vectors: Vectors) -> Ints:
    return np.bincount(model.broad(model.assign(vectors)[0]))


def test_no_row_is_lost_by_an_edit(coarse: Themed) -> None:
    split = coarse.edit("split", 1, into=2)
    after = coarse.after(split, coarse.edit("merge", 0, 2, edits=(split,)))
    assert rows_by_theme(after.model, coarse.vectors).sum() == len(coarse.vectors)
