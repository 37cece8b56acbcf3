"""Figures to play with: each asks a question, then shows what is true, computed anew for every setting."""

from __future__ import annotations

from importlib.util import find_spec
from threading import Thread

from segue.work.learn.figures import (
    cleaning,
    drift,
    kmeans,
    labels,
    leakage,
    neighbours,
    network,
    overfitting,
    rarity,
    threshold,
)
from segue.work.learn.figures.shape import PlayFigure

# In the order of the weeks in which their concepts come up.
FIGURES: tuple[PlayFigure, ...] = tuple(
    module.FIGURE for module in (labels, kmeans, cleaning, leakage, rarity, overfitting, threshold, network, neighbours, drift)
)
BY_ID = {figure.id: figure for figure in FIGURES}


def figures_about(concept_id: str) -> tuple[PlayFigure, ...]:
    """The figures that show something about a concept."""
    return tuple(figure for figure in FIGURES if concept_id in figure.concepts)


def is_ready(figure: PlayFigure) -> bool:
    """Whether what the figure computes with is installed (the extra ``lab``)."""
    return all(find_spec(name) is not None for name in figure.needs)


def warm_up(figure: PlayFigure) -> None:
    """Shows the figure once in the background, since loading scikit-learn takes a second and reading a question longer."""
    if is_ready(figure):
        Thread(target=lambda: figure.show(figure.read({})[0]), daemon=True).start()
