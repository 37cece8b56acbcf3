"""``segue check``: says every fault of the content, one a line, in the form that editors and CI can follow."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from segue.curriculum.concept import Curriculum
from segue.curriculum.loader import CONTENT, read


def check(folder: Path | None, out: TextIO) -> int:
    """Prints each fault as ``path:line:column: message`` and a summary. Returns 0 where there are no faults, else 1.

    ``folder``: the content to check; ``None``: the content that is shipped.
    """
    folder = folder or CONTENT
    curriculum, faults = read(folder)
    for fault in faults:
        print(f"{_shown(folder / fault.path)}:{fault.line}:{fault.column}: {fault.message}", file=out)
    if curriculum is None:
        paths = len({fault.path for fault in faults})
        print(f"{_many(len(faults), 'fault')} in {_many(paths, 'file')}", file=out)
        return 1
    print(f"{summary(curriculum)}: no faults", file=out)
    return 0


def summary(curriculum: Curriculum) -> str:
    """What there is, in one line."""
    programme = curriculum.programme
    scored = [competency for competency in programme.competencies if not competency.is_track]
    criteria = sum(len(level.criteria) for competency in programme.competencies for level in competency.levels)
    hours = sum(activity.minutes for activity in programme.activities) / 60
    parts = (
        _many(len(programme.weeks), "week"),
        _many(len(programme.activities), "activity", "activities"),
        f"{hours:g} h",
        _many(len(scored), "competency", "competencies"),
        _many(criteria, "criterion", "criteria"),
        _many(len(programme.kinds), "kind of evidence", "kinds of evidence"),
        _many(len(programme.courses), "course"),
        _many(len(curriculum.concepts), "concept"),
        _many(len(curriculum.terms), "term"),
        _many(len(curriculum.lessons), "lesson"),
        _many(len(curriculum.diagnostic), "question"),
        f"{len(curriculum.items)} in the bank",
    )
    return ", ".join(parts)


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _shown(path: Path) -> Path:
    """A path as short as it can be followed from here."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except (ValueError, OSError):
        return path
