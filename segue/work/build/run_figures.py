"""The figures of a run as a case study keeps them: they outlive the files of the run, and say where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from types import NoneType
from typing import Any

from segue.work.lab.figures import RunFigure, RunFigures

HEADS = ("file_name", "made_on", "manifest_sha256", "target", "model")
TEXTS = ("name", "label", "text", "source")


def as_row(run: RunFigures, data: str) -> dict[str, Any]:
    """The figures as their row keeps them. ``data``: what sort of data they are of."""
    heads = {name: getattr(run, name) for name in HEADS} | {"made_on": run.made_on.isoformat()}
    return heads | {"data": data, "figures": [asdict(figure) for figure in run.figures]}


def run_from(analysis: int, version: int, row: Mapping[str, Any]) -> RunFigures | None:
    """The figures of a row; ``None`` where none were taken."""
    if not row:
        return None
    figures = tuple(RunFigure(**figure) for figure in row["figures"])
    heads = {name: row[name] for name in HEADS} | {"made_on": date.fromisoformat(row["made_on"])}
    return RunFigures(analysis=analysis, version=version, figures=figures, **heads)


def is_row(value: object) -> bool:
    """Whether a value from outside is what a row may hold."""
    if value == {}:
        return True
    if not isinstance(value, dict) or set(value) != {*HEADS, "data", "figures"} or not isinstance(value["figures"], list):
        return False
    return _is_dated(value["made_on"]) and _are_texts(value, (*HEADS, "data")) and all(map(_is_figure, value["figures"]))


def _is_dated(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_figure(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {*TEXTS, "value"}:
        return False
    return _are_texts(value, TEXTS) and type(value["value"]) in (int, float, NoneType)


def _are_texts(row: Mapping[str, object], names: tuple[str, ...]) -> bool:
    return all(isinstance(row[name], str) for name in names)
