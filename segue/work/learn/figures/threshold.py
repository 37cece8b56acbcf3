"""Where to cut a score: a confusion matrix that moves, and what its two errors cost."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from segue.core.wording import counted
from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Guess, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.int64]

NOTE = "1,000 made-up customers that the model did not learn from, drawn with a fixed seed."
CUTS = range(1, 100)
Counts = tuple[int, int, int, int]


@cache
def _scored() -> tuple[Numbers, Labels]:
    """Scores of a logistic model from 0 to 1, and who really left (1)."""
    from sklearn.datasets import make_classification
    from sklearn.linear_model import LogisticRegression

    rows, left = make_classification(
        2000, 8, n_informative=4, n_redundant=0, weights=[0.85], class_sep=0.9, flip_y=0.03, random_state=5
    )
    model = LogisticRegression().fit(rows[:1000], left[:1000])
    return model.predict_proba(rows[1000:])[:, 1], left[1000:]


@cache
def counts(cut: int) -> Counts:
    """Hits, false alarms, misses and rightly left alone, where a score of ``cut`` hundredths or more is an alarm."""
    from sklearn.metrics import confusion_matrix

    scores, left = _scored()
    alone, alarms, misses, hits = confusion_matrix(left, scores >= cut / 100, labels=[0, 1]).ravel().tolist()
    return hits, alarms, misses, alone


def cost(cut: int, miss: int, alarm: int) -> int:
    """What the errors cost at a cut."""
    _, alarms, misses, _ = counts(cut)
    return misses * miss + alarms * alarm


def cheapest(miss: int, alarm: int) -> int:
    """The cut with the lowest cost."""
    return min(CUTS, key=lambda cut: cost(cut, miss, alarm))


def show(settings: Settings) -> Outcome:
    """The matrix at a cut, and the cost of all cuts."""
    cut, miss, alarm = (settings.whole(name) for name in ("cut", "miss", "alarm"))
    hits, alarms, misses, _ = counts(cut)
    called, leaving = hits + alarms, hits + misses
    now, best = cost(cut, miss, alarm), cheapest(miss, alarm)
    right = f"{hits} of them rightly" if called else "nobody is called"
    says = (
        f"At {cut}%, {counted(called, 'customer')} of 1,000 would be called, {right}; {misses} of the {leaving} who leave are "
        f"missed. The errors cost {now:,} €. "
    )
    says += (
        "No cut is cheaper at these prices."
        if now == cost(best, miss, alarm)
        else f"The cheapest cut at these prices is {best}%: {cost(best, miss, alarm):,} €."
    )
    return Outcome(
        says,
        (
            Stat(f"{100 * hits / called:.0f}%" if called else "none", label="precision", note=f"{hits} of {called} called"),
            Stat(f"{100 * hits / leaving:.0f}%", label="recall", note=f"{hits} of {leaving} who leave"),
            Stat(f"{now:,}", "€", "cost of the errors"),
        ),
        (_matrix(cut), _costs(cut, best, miss, alarm)),
    )


def _matrix(cut: int) -> Figure:
    hits, alarms, misses, alone = counts(cut)
    plot = Plot(
        "matrix", f"Confusion matrix at a cut of {cut}%", Axis("What the model says", 0, 2), Axis("In truth", 0, 2), height=300
    )
    plot.box((0, 1), f"{hits}", "leaves, called", 0)
    plot.box((1, 1), f"{misses}", "leaves, not called: a miss", 1)
    plot.box((0, 0), f"{alarms}", "stays, called: a false alarm", 1)
    plot.box((1, 0), f"{alone}", "stays, not called", 0)
    columns = [Column("In truth"), Column("called", is_number=True), Column("not called", is_number=True)]
    table = Table(f"Confusion matrix at {cut}%", columns, [["leaves", hits, misses], ["stays", alarms, alone]])
    return Figure("matrix", "Two ways to be right, two ways to be wrong.", table, plot.svg(), note=NOTE)


def _costs(cut: int, best: int, miss: int, alarm: int) -> Figure:
    costs = [(c, cost(c, miss, alarm)) for c in CUTS]
    most = max(value for _, value in costs)
    plot = Plot(
        "costs",
        "Cost of the errors by cut",
        Axis("Cut, in % of the score", 0, 100, (0, 20, 40, 60, 80, 100)),
        Axis("Cost in €", 0, most, [(most * share, f"{most * share:,.0f}") for share in (0, 0.5, 1)]),
        height=300,
    )
    plot.line(costs, 1)
    plot.upright(cut, f"cut at {cut}%")
    plot.rings([(best, cost(best, miss, alarm))])
    shown = sorted({*range(5, 100, 10), cut, best})
    rows = [[f"{c}%", *counts(c)[:3], f"{cost(c, miss, alarm):,}"] for c in shown]
    heads = ("Cut", "Hits", "False alarms", "Missed", "Cost in €")
    table = Table("Errors and their cost by cut", [Column(h, is_number=True) for h in heads], rows)
    return Figure(
        "costs", "The ring marks the cheapest cut.", table, plot.svg(), note=f"A miss costs {miss} €, a false alarm {alarm} €."
    )


FIGURE = PlayFigure(
    "threshold",
    "Where to cut",
    "A model gives each customer a score for “will leave”. Above the cut somebody calls them with an offer.",
    ("decision-threshold", "confusion-matrix-and-accuracy", "precision-and-recall", "f1-roc-auc"),
    "A customer who leaves unnoticed costs 100 €, a needless call 10 €. Where is the cheapest cut of the score?",
    (
        Guess("half", "At 50%: more likely than not."),
        Guess("low", "Clearly below 50%.", right=True),
        Guess("high", "Clearly above 50%: only sure cases are worth a call."),
    ),
    "Where missing is ten times as dear as calling in vain, it pays to call people who will probably stay. The model does not "
    "decide this; prices do, and prices are a product decision.",
    "The prices are guesses, and people who are called too often leave because of it. Neither is in the picture.",
    (
        Slider("cut", "Cut of the score", 1, 99, 50, unit="%"),
        Slider("miss", "Cost of a miss", 10, 200, 100, 10, unit="€"),
        Slider("alarm", "Cost of a false alarm", 5, 100, 10, 5, unit="€"),
    ),
    show,
)
