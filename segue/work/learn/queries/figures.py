"""What the pages of the figures to play with show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from segue.curriculum import current
from segue.curriculum.concept import Concept
from segue.work.learn import figures
from segue.work.learn.figures.shape import Control, Given, Guess, Outcome, PlayFigure, Settings

SEE = "see"  # the answer of those who would rather not guess


@dataclass(frozen=True)
class Option:
    """A way that a choice or a switch offers."""

    id: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class ControlRow:
    """A control as it is set."""

    control: Control
    value: object
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Way:
    """A link to another setting of the same figure."""

    label: str
    url: str


@dataclass(frozen=True)
class FigurePage:
    """A figure: only its question until it is answered, then what is true and the controls."""

    figure: PlayFigure
    ready: bool
    concepts: tuple[Concept, ...]
    answer: str
    guess: Guess | None
    right: Guess
    controls: tuple[ControlRow, ...]
    notes: tuple[str, ...]
    outcome: Outcome | None
    ways: tuple[Way, ...]
    next: PlayFigure


def url_of(figure: PlayFigure, **settings: object) -> str:
    """The address of a figure; with settings, of what it shows at them."""
    query = f"?{urlencode(settings, doseq=True)}" if settings else ""
    return reverse("learn:show-figure", args=[figure.id]) + query


def figure_page(figure: PlayFigure, given: Given) -> FigurePage:
    """The figure at the settings of an address. Nothing is computed before there is an answer."""
    answer = (given.get("answer") or [""])[-1]
    guess = next((guess for guess in figure.guesses if guess.id == answer), None)
    ready = figures.is_ready(figure)
    settings, notes = figure.read(given)
    outcome = figure.show(settings) if ready and (guess or answer == SEE) else None
    place = figures.FIGURES.index(figure)
    return FigurePage(
        figure=figure,
        ready=ready,
        concepts=tuple(current().concept_by_id[concept] for concept in figure.concepts),
        answer=answer,
        guess=guess,
        right=next(guess for guess in figure.guesses if guess.right),
        controls=tuple(_row(control, settings) for control in figure.controls),
        notes=notes,
        outcome=outcome,
        ways=_ways(figure, answer, settings, outcome),
        next=figures.FIGURES[(place + 1) % len(figures.FIGURES)],
    )


def _row(control: Control, settings: Settings) -> ControlRow:
    value = settings.values[control.id]
    offered: Mapping[str, str] = getattr(control, "options", {})
    on: Sequence[object] = value if isinstance(value, tuple) else (value,)
    return ControlRow(control, value, tuple(Option(i, words, i in on) for i, words in offered.items()))


def _ways(figure: PlayFigure, answer: str, settings: Settings, outcome: Outcome | None) -> tuple[Way, ...]:
    onward = outcome.onward if outcome else ()
    return tuple(
        Way(way.label, url_of(figure, answer=answer, **{**settings.values, **way.changes}) + "#controls") for way in onward
    )
