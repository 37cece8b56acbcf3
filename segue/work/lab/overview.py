"""The first page of a finished analysis: its figures in a line, and the way to a documented result."""

from __future__ import annotations

from dataclasses import dataclass

from segue.shared.components import Stat
from segue.work.lab import folders
from segue.work.lab.figures import RunFigure, RunFigures, figures_of
from segue.work.lab.models import Analysis
from segue.work.lab.queries.progress import WayStep, way_of


@dataclass(frozen=True)
class Overview:
    """What the first page shows beside the findings."""

    stats: list[Stat]
    way: list[WayStep]


def overview_of(analysis: Analysis) -> Overview:
    """The figures of the newest version, and how far the work is."""
    from feedback_lab.card.notes import QUESTIONS
    from feedback_lab.themes.edits import read_edits

    answered = sum(1 for key in QUESTIONS if str(analysis.notes.get(key, "")).strip())
    edits = len(read_edits(folders.edits_file(analysis)))
    found = figures_of(analysis)
    return Overview(_stats(found) if found else [], way_of(analysis, answered, len(QUESTIONS), edits))


def _stats(found: RunFigures) -> list[Stat]:
    named = found.named()
    stats = [Stat(named["rows"].text, label="Rows with a text", note=_of(named.get("rows_in_file")))]
    if "themes" in named:
        stats.append(Stat(named["themes"].text, label="Themes", note=_without(named.get("unassigned"))))
    if "score" in named and "baseline" in named:
        note = f"{_range(named['score'])}; always the commonest class: {named['baseline'].value:.2f}"
        stats.append(Stat(f"{named['score'].value:.2f}", label=f"Macro-F1, “{found.target}”", note=note))
    if "kappa" in named:
        stats.append(Stat(f"{named['kappa'].value:.2f}", label="Kappa of two labellers", note=_range(named["kappa"])))
    return stats


def _of(figure: RunFigure | None) -> str:
    return f"of {figure.text} in the file" if figure else ""


def _without(figure: RunFigure | None) -> str:
    return f"{figure.text} of the rows have none" if figure and figure.value else ""


def _range(figure: RunFigure) -> str:
    return figure.text.partition("(")[2].rstrip(")")
