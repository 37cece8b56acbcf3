"""The command ``themes``: list them, and mend them by hand."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from feedback_lab.cli.analysing import print_json
from feedback_lab.errors import LabError
from feedback_lab.pipeline.run import Folder, only_one, open_run, stored
from feedback_lab.records.findings import ThemesResult
from feedback_lab.themes import MODEL, UNEDITED, assigning
from feedback_lab.themes.edits import Edit, apply_edits, make_edit, read_edits, write_edits


def themes(parsed: argparse.Namespace) -> int:
    """``feedback-lab themes``."""
    folder, _ = open_run(Path(parsed.run))
    result = stored(folder, "themes", ThemesResult)
    if parsed.action == "list":
        return _list(result, parsed.json)
    with only_one(folder.path):
        edits = _undone(folder) if parsed.action == "undo" else (*read_edits(folder.edits), _made(folder, result, parsed))
        write_edits(folder.edits, edits)
    if parsed.json:
        print_json(
            {"edits": [{"kind": edit.kind, "themes": edit.themes, "name": edit.name, "into": edit.into} for edit in edits]}
        )
    else:
        print(f"Noted; {len(edits)} edit{'s' if len(edits) != 1 else ''} by hand. Run feedback-lab analyse again to apply.")
    return 0


def _list(result: ThemesResult, as_json: bool) -> int:
    if as_json:
        print_json(result)
        return 0
    for theme in result.broad:
        print(f"{theme.id:>4}  {theme.share:6.1%}  {theme.rows:>9,}  {theme.name}")
        for fine in (each for each in result.fine if each.parent == theme.id):
            print(f"              {fine.rows:>9,}    {fine.name}")
    for sentence in result.edits:
        print(f"By hand: {sentence}.")
    return 0


def _undone(folder: Folder) -> tuple[Edit, ...]:
    edits = read_edits(folder.edits)
    if not edits:
        raise LabError("There is no edit to undo.", "See the themes with: feedback-lab themes RUN.")
    return edits[:-1]


def _made(folder: Folder, result: ThemesResult, parsed: argparse.Namespace) -> Edit:
    """The edit that the words ask for, on top of the edits that are noted and not applied yet."""
    model = (
        assigning.load(folder.themes / UNEDITED) if (folder.themes / UNEDITED).exists() else assigning.load(folder.themes / MODEL)
    )
    sizes = np.array([theme.rows for theme in result.fine])
    edited = apply_edits(model, sizes, read_edits(folder.edits), seed=0).model
    wanted = 1 if parsed.action in {"rename", "split"} else len(parsed.about)
    numbers = [_number(text) for text in parsed.about[:wanted]]
    if not numbers:
        raise LabError(f"{parsed.action} needs the number of a theme.", "See the numbers with: feedback-lab themes RUN.")
    return make_edit(edited, sizes, parsed.action, numbers, " ".join(parsed.about[wanted:]), parsed.into)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise LabError(f"{text!r} is not the number of a theme.", "See the numbers with: feedback-lab themes RUN.")
    return int(text)
