"""What is different in a spec for AI: row by row, and one feature told twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from segue.work.deepen.outline import answers_of, outlines
from segue.work.deepen.rules.spec import NEEDS, faults_of

FOLDER = Path(__file__).parent / "content"
SORT = "spec"


@dataclass(frozen=True)
class Difference:
    """One row: what an ordinary spec says ``about`` it, what an AI spec says, and ``why``."""

    about: str
    ordinary: str
    ai: str
    why: str


@dataclass(frozen=True)
class Told:
    """A part of the two examples. ``faults``: what the lint finds in the smooth one; ``is_ai``: it is one of the eleven."""

    heading: str
    is_ai: bool
    smooth: str
    faults: tuple[str, ...]
    exact: str


@cache
def differences() -> tuple[Difference, ...]:
    """The rows, in the order of a spec."""
    return tuple(Difference(**row) for row in _read("spec_differences.yaml"))


@cache
def told_twice() -> tuple[Told, ...]:
    """Each part of the two examples, with the faults of the smooth one."""
    examples: Mapping[str, Mapping[str, str]] = _read("spec_examples.yaml")
    outline = outlines()[SORT]
    bad, good = (answers_of(outline, examples[name]) for name in ("bad", "good"))
    return tuple(
        Told(part.heading, part.id in NEEDS, bad.text(part.id), faults_of(part.id, bad.text(part.id)), good.text(part.id))
        for part in outline.parts
    )


def _read(name: str) -> Any:
    import yaml

    return yaml.safe_load((FOLDER / name).read_text("utf-8"))
