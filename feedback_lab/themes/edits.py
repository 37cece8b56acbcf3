"""Themes mended by hand: rename, merge, split.

An edit says which theme it means by its place in the space of meaning, so that it is found again when the
analysis is run anew, even on more data.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from feedback_lab.errors import LabError
from feedback_lab.files import read_json, write_json
from feedback_lab.records.rows import Floats, Ints
from feedback_lab.themes.clustering import ThemeModel

KINDS = ("rename", "merge", "split")
# Cosine between an edit's theme and a theme of this run from which on they are the same.
SAME = 0.6


@dataclass(frozen=True)
class Edit:
    """A change that a person made.

    ``rename``: one theme gets ``name``. ``merge``: the others join the first. ``split``: one theme becomes ``into`` pieces.
    ``anchors`` are the centres of the themes when the edit was made, one list of d numbers each.
    """

    kind: str
    themes: tuple[int, ...]
    anchors: tuple[tuple[float, ...], ...]
    name: str = ""
    into: int = 2


@dataclass(frozen=True)
class Edited:
    """A model after edits, names given by hand by theme, and a sentence for each edit that says what came of it."""

    model: ThemeModel
    names: dict[int, str]
    said: tuple[str, ...]


def make_edit(model: ThemeModel, sizes: Ints, kind: str, themes: Sequence[int], name: str = "", into: int = 2) -> Edit:
    """An edit of themes of this model. Raises ``LabError`` for a theme that is not there and for an edit that says nothing."""
    if kind not in KINDS:
        raise LabError(f"There is no edit {kind!r}.", f"Choose one of {', '.join(KINDS)}.")
    there = sorted(set(model.broad_of.tolist()))
    if missing := [theme for theme in themes if theme not in there]:
        raise LabError(f"There is no theme {missing[0]}.", f"The themes are {', '.join(map(str, there))}.")
    if kind == "rename" and not name.strip():
        raise LabError("The new name is empty.", "Give the theme a name of a few words.")
    themes = tuple(dict.fromkeys(themes))
    if kind != "merge" and len(themes) != 1:
        raise LabError(f"A {kind} is of one theme.", "Name one theme; edit the next one afterwards.")
    if kind == "merge" and len(themes) < 2:
        raise LabError("A merge needs two different themes.", "Name the theme to keep, then those that join it.")
    if kind == "split":
        _check_split(model, themes[0], into)
    centres = _broad_centres(model, sizes)
    anchors = tuple(tuple(np.round(centres[theme], 4).tolist()) for theme in themes)
    return Edit(kind, themes, anchors, " ".join(name.split())[:80], into)


def _check_split(model: ThemeModel, theme: int, into: int) -> None:
    finer = int((model.broad_of == theme).sum())
    if not 2 <= into <= finer:
        raise LabError(
            f"Theme {theme} has {finer} finer themes, so it can't be split into {into}.",
            "Ask for more themes altogether: --themes." if finer < 2 else f"Split it into 2 to {finer}.",
        )


def apply_edits(model: ThemeModel, sizes: Ints, edits: Sequence[Edit], seed: int) -> Edited:
    """The model after all edits, in their order. An edit whose theme is not found any more is said so and left out."""
    names: dict[int, str] = {}
    said = []
    for edit in edits:
        found = _found(model, sizes, edit)
        if found is None:
            said.append(f"Not applied: {_words(edit, edit.themes)}; no theme of this run is like it.")
            continue
        if edit.kind == "split" and (model.broad_of == found[0]).sum() < edit.into:
            said.append(f"Not applied: {_words(edit, found)}; it has too few finer themes now.")
            continue
        if edit.kind == "rename":
            names[found[0]] = edit.name
        elif edit.kind == "merge":
            model = model.regrouped(np.where(np.isin(model.broad_of, found), found[0], model.broad_of))
            names = {theme: name for theme, name in names.items() if theme not in found[1:]}
        else:
            model = model.regrouped(_split(model, sizes, found[0], edit.into, seed))
        said.append(_words(edit, found))
    return Edited(model, names, tuple(said))


def _words(edit: Edit, themes: Sequence[int]) -> str:
    if edit.kind == "rename":
        return f"theme {themes[0]} renamed to “{edit.name}”"
    if edit.kind == "merge":
        return f"themes {', '.join(map(str, themes[1:]))} merged into theme {themes[0]}"
    return f"theme {themes[0]} split into {edit.into}"


def _found(model: ThemeModel, sizes: Ints, edit: Edit) -> tuple[int, ...] | None:
    """The themes that an edit means, in this model."""
    centres = _broad_centres(model, sizes)
    found: list[int] = []
    for theme, anchor in zip(edit.themes, edit.anchors, strict=True):
        if len(anchor) != len(model.mean):
            return None
        cosines = {each: _cosine(np.asarray(anchor) - model.mean, centre - model.mean) for each, centre in centres.items()}
        # Of themes equally near, the one that has the number that the edit gave.
        best = max(cosines, key=lambda each: (round(cosines[each], 3), each == theme))
        if cosines[best] < SAME or best in found:
            return None
        found.append(best)
    return tuple(found)


def _split(model: ThemeModel, sizes: Ints, theme: int, into: int, seed: int) -> Ints:
    """Broad theme of each fine one after a split: the largest piece keeps the number, the others get new ones."""
    from sklearn.cluster import KMeans

    fine = np.flatnonzero(model.broad_of == theme)
    piece = KMeans(into, n_init=10, random_state=seed).fit(model.centres[fine], sample_weight=np.maximum(sizes[fine], 1)).labels_
    order = np.argsort(-np.bincount(piece, weights=sizes[fine], minlength=into), kind="stable")
    ids = {int(order[0]): theme} | {int(each): int(model.broad_of.max()) + place for place, each in enumerate(order[1:], 1)}
    broad_of = model.broad_of.copy()
    broad_of[fine] = [ids[int(each)] for each in piece]
    return broad_of


def _broad_centres(model: ThemeModel, sizes: Ints) -> dict[int, Floats]:
    """Centre of each broad theme in the space of the vectors, (d,): the mean of its fine centres weighted by rows."""
    there = sorted(set(model.broad_of.tolist()))
    weights = np.maximum(sizes, 1).astype(np.float64)
    centres = {}
    for theme in there:
        fine = np.flatnonzero(model.broad_of == theme)
        centre = np.average(model.centres[fine], axis=0, weights=weights[fine])
        centres[theme] = np.asarray(centre @ model.axes.T + model.mean, np.float64)
    return centres


def _cosine(one: Floats, other: Floats) -> float:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0


def read_edits(path: Path) -> tuple[Edit, ...]:
    """Edits in their order; none where the file does not exist. Raises ``LabError`` for a broken file."""
    if not path.exists():
        return ()
    try:
        return tuple(map(_edit_of, read_json(path)))
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise LabError(f"{path.name} is damaged: {fault}.", "Move it away to go on without edits.") from fault


def _edit_of(entry: Any) -> Edit:
    themes = tuple(map(int, entry["themes"]))
    anchors = tuple(tuple(map(float, anchor)) for anchor in entry["anchors"])
    edit = Edit(str(entry["kind"]), themes, anchors, str(entry["name"]), int(entry["into"]))
    if edit.kind not in KINDS or edit.into < 2 or not all(map(math.isfinite, itertools.chain(*anchors))):
        raise ValueError("an entry is no edit")
    if len(themes) != len(anchors) or not all(anchors) or len(themes) < (2 if edit.kind == "merge" else 1):
        raise ValueError("an entry does not say which themes it means")
    return edit


def write_edits(path: Path, edits: Sequence[Edit]) -> None:
    """Write all edits anew."""
    write_json(path, list(edits))
