"""Themes are mended by hand. The next run applies it; what can't be done is told at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from segue.core.errors import UserError
from segue.work.lab import folders
from segue.work.lab.models import Analysis
from segue.work.lab.queries.themes import edits_of, has_edits_of_run
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.themes.edits import Edit

MOST_EDITS = 200
RENAME, MERGE, SPLIT = "rename", "merge", "split"


def rename_theme(analysis: Analysis, theme: int, name: str) -> Edit:
    """Gives a theme another name. Raises ``UserError`` for an empty one, and for a theme that is not there any more."""
    return _edit(analysis, RENAME, (theme,), name=name)


def merge_themes(analysis: Analysis, themes: Sequence[int]) -> Edit:
    """Joins themes to the first of them. Raises ``UserError`` for fewer than two, and for one that is not there any more."""
    return _edit(analysis, MERGE, themes)


def split_theme(analysis: Analysis, theme: int, into: int) -> Edit:
    """Parts a theme. Raises ``UserError`` where it has too few finer themes."""
    return _edit(analysis, SPLIT, (theme,), into=into)


def undo_edit(analysis: Analysis, of: int) -> Edit:
    """Takes the last edit back. ``of``: how many there were on the page; raises ``UserError`` where that is no longer so."""
    undone: list[Edit] = []

    def without_last(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        if not edits or len(edits) != of:
            raise UserError("The edits are not as this page showed them.", "Look at the list again; another window changed it.")
        undone.append(edits[-1])
        return edits[:-1]

    _change(analysis, without_last)
    return undone[0]


def _edit(analysis: Analysis, kind: str, themes: Sequence[int], name: str = "", into: int = 2) -> Edit:
    made: list[Edit] = []

    def with_new(edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        if len(edits) >= MOST_EDITS:
            raise UserError(f"There are {MOST_EDITS} edits already.", "Take some back first.")
        made.append(_made(analysis, edits, kind, themes, name, into))
        return (*edits, made[0])

    _change(analysis, with_new)
    return made[0]


def _made(analysis: Analysis, edits: tuple[Edit, ...], kind: str, themes: Sequence[int], name: str, into: int) -> Edit:
    """The edit, on top of those that are noted already."""
    import numpy as np

    from feedback_lab.pipeline.run import open_run, stored
    from feedback_lab.records.findings import ThemesResult
    from feedback_lab.themes import MODEL, UNEDITED, assigning
    from feedback_lab.themes.edits import apply_edits, make_edit

    with spoken():
        folder, manifest = open_run(folders.run_folder(analysis))
        sizes = np.array([theme.rows for theme in stored(folder, "themes", ThemesResult).fine])
        unedited = folder.themes / UNEDITED
        model = assigning.load(unedited if unedited.exists() else folder.themes / MODEL)
        seed = int(manifest.config.get("seed", 0))
        return make_edit(apply_edits(model, sizes, edits, seed).model, sizes, kind, themes, name, into)


@transaction.atomic
def _change(analysis: Analysis, change: Callable[[tuple[Edit, ...]], tuple[Edit, ...]]) -> None:
    """Writes the edits anew. The row of the analysis is held meanwhile, so that two windows come one after the other."""
    from feedback_lab.themes.edits import write_edits

    Analysis.objects.select_for_update().get(pk=analysis.pk)
    edits = change(edits_of(analysis).kept)
    path = folders.edits_file(analysis)
    if edits or has_edits_of_run(analysis):
        write_edits(path, edits)
    else:
        path.unlink(missing_ok=True)  # as it was before the first edit: nothing has changed for the next run
