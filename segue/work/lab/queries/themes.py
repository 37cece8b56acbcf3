"""Edits of themes by hand: which ones the newest run has applied, and what the next will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from segue.work.lab import folders
from segue.work.lab.models import Analysis
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.themes.edits import Edit

NOT_APPLIED = "Not applied: "


@dataclass(frozen=True)
class EditShown:
    """An edit in words. ``state``: ``done``, ``failed`` (the run found no such theme any more), ``next`` or ``undone``."""

    words: str
    state: str


@dataclass(frozen=True)
class Edits:
    """All edits. ``kept``: what the next run goes by; ``run``: what the newest went by, which ``shared`` of them begin with."""

    kept: tuple[Edit, ...] = ()
    run: tuple[Edit, ...] = ()

    @property
    def shared(self) -> int:
        """How many edits at the beginning are the same."""
        same = [one == other for one, other in zip(self.kept, self.run, strict=False)]
        return same.index(False) if False in same else len(same)

    @property
    def waiting(self) -> tuple[Edit, ...]:
        """Edits that no run has applied yet."""
        return self.kept[self.shared :]

    @property
    def taken_back(self) -> tuple[Edit, ...]:
        """Edits that the newest run has applied, and the next one won’t."""
        return self.run[self.shared :]


def edits_of(analysis: Analysis) -> Edits:
    """The edits of an analysis. Raises ``UserError`` where their file was damaged."""
    from feedback_lab.themes.edits import read_edits

    of_run = _file_of_run(analysis)
    kept = folders.edits_file(analysis) if folders.edits_file(analysis).is_file() else of_run
    with spoken():
        return Edits(read_edits(kept), read_edits(of_run))


def _file_of_run(analysis: Analysis) -> Path:
    return folders.run_folder(analysis) / "edits.json"


def has_edits_of_run(analysis: Analysis) -> bool:
    """Whether the newest run went by any edits."""
    return _file_of_run(analysis).is_file()


def told_of(edits: Edits, said: Sequence[str], names: Mapping[int, str]) -> list[EditShown]:
    """All edits in their order, in words. ``said``: what the run says of each of its own."""
    told = [_applied(sentence) for sentence in said]
    done = told[: edits.shared]
    back = [EditShown(edit_words(edit, names), "undone") for edit in edits.taken_back]
    return [*done, *back, *(EditShown(edit_words(edit, names), "next") for edit in edits.waiting)]


def _applied(sentence: str) -> EditShown:
    failed = sentence.startswith(NOT_APPLIED)
    words = sentence.removeprefix(NOT_APPLIED)
    return EditShown(words[:1].upper() + words[1:], "failed" if failed else "done")


def edit_words(edit: Edit, names: Mapping[int, str]) -> str:
    """What an edit does, in a sentence without its end."""
    first, *others = [f"“{names[theme]}”" if theme in names else f"theme {theme}" for theme in edit.themes]
    if edit.kind == "rename":
        return f"Rename {first} to “{edit.name}”"
    if edit.kind == "merge":
        return f"Join {', '.join(others)} to {first}"
    return f"Split {first} into {edit.into}"


def prospects(edits: Sequence[Edit], names: Mapping[int, str]) -> dict[int, str]:
    """What the next run does to each theme that is touched, in words, by its number."""
    said: dict[int, str] = {}
    now = dict(names)
    for edit in edits:
        first, *others = edit.themes
        if edit.kind == "rename":
            now[first] = edit.name
            said[first] = f"will be “{edit.name}”"
        elif edit.kind == "merge":
            said |= {theme: f"will join “{now.get(first, f'theme {first}')}”" for theme in others}
        else:
            said[first] = f"will be split into {edit.into}"
    return said
