"""What a person may set for a run. Everything here can change a result; what only changes the speed is not here."""

from __future__ import annotations

from dataclasses import dataclass, field

from feedback_lab.ingest import Wishes


@dataclass(frozen=True)
class Config:
    """Settings of a run. The defaults are meant to do the right thing for ``feedback-lab analyse FILE`` alone.

    ``question``: what the analysis is for, in the words of who asked. ``themes``: number of broad themes, 0 leaves it to the
    data. ``target``: column to predict, "" takes the label column, else the rating. ``positive``: the class whose threshold is
    chosen. ``selection``: whether ``positive`` selects people, which brings the four-fifths view. ``labels``: paths of one or
    two files of labels by hand; ``gold``: path of the settled ones, which models learn from in their place. ``model_rows``: rows
    that models are trained and tested on at most.
    """

    seed: int = 0
    question: str = ""
    title: str = ""
    roles: Wishes = field(default_factory=Wishes)
    themes: int = 0
    target: str = ""
    positive: str = ""
    selection: bool = False
    cost_false_positive: float = 1.0
    cost_false_negative: float = 1.0
    labels: tuple[str, ...] = ()
    gold: str = ""
    model_rows: int = 20_000
