"""A curve through points: the more it may bend, the better it fits what it saw, up to the point where that stops helping."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Guess, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

MOST = 15  # degree
HOURS, MINUTES = 12.0, 40.0
CEILING = 12.0  # of the picture of errors; what lies above is drawn at the edge and told in the table
NOTE = "Made-up tickets, drawn with a fixed seed: 20 to learn from, 40 to check with."


@cache
def _tickets() -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """Hours since opening, and minutes a customer waits, to learn from and to check with."""
    import numpy as np

    draw = np.random.default_rng(0)

    def some(n: int) -> tuple[Numbers, Numbers]:
        hours = np.sort(draw.uniform(0, 1, n))
        waits = np.sin(0.9 * 2 * np.pi * hours) + 0.5 * hours + draw.normal(0, 0.25, n)
        return hours * HOURS, 16 + 9 * waits

    return some(20), some(40)


@cache
def _fitted(degree: int) -> tuple[Any, float, float]:
    """The curve of a degree, and its typical error (RMSE, minutes) on what it saw and on what it did not."""
    from sklearn.linear_model import LinearRegression
    from sklearn.metrics import root_mean_squared_error
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures, StandardScaler

    seen, unseen = _tickets()
    curve = make_pipeline(MinMaxScaler((-1, 1)), PolynomialFeatures(degree), StandardScaler(), LinearRegression())
    curve.fit(seen[0][:, None], seen[1])
    errors = [float(root_mean_squared_error(waits, curve.predict(hours[:, None]))) for hours, waits in (seen, unseen)]
    return curve, errors[0], errors[1]


def best_degree() -> int:
    """The degree with the smallest error on the tickets to check with."""
    return min(range(1, MOST + 1), key=lambda degree: _fitted(degree)[2])


def show(settings: Settings) -> Outcome:
    """The curve of the degree chosen, and the two errors of all degrees."""
    degree = settings.whole("degree")
    _, seen, unseen = _fitted(degree)
    best = best_degree()
    if unseen < 1.15 * _fitted(best)[2]:
        verdict = "It bends as much as the points deserve, and no more."
    elif degree < best:
        verdict = "It is too stiff for these points: it misses on both. That is underfitting."
    else:
        verdict = "It follows accidents of the 20 tickets it saw, and pays for it on the others. That is overfitting."
    return Outcome(
        f"Degree {degree}: off by {seen:.1f} minutes on tickets it learned from, and by {_minutes(unseen)} on tickets it "
        f"did not. {verdict}",
        (
            Stat(f"{seen:.1f}", "minutes", "typical error on 20 tickets seen"),
            Stat(_minutes(unseen).split()[0], "minutes", "typical error on 40 tickets unseen"),
            Stat(best, label="degree with the smallest error on unseen tickets"),
        ),
        (_curve(degree), _errors(degree)),
    )


def _minutes(error: float) -> str:
    return f"{error:,.0f} minutes" if error >= 100 else f"{error:.1f} minutes"


def _curve(degree: int) -> Figure:
    import numpy as np

    seen, unseen = _tickets()
    hours = np.linspace(seen[0].min(), seen[0].max(), 160)
    waits = _fitted(degree)[0].predict(hours[:, None])
    plot = Plot(
        "curve",
        f"Waiting time over the day, and a curve of degree {degree}",
        Axis("Hours since opening", 0, HOURS, (0, 2, 4, 6, 8, 10, 12)),
        Axis("Minutes of waiting", 0, MINUTES, (0, 10, 20, 30, 40)),
    )
    plot.dots(list(zip(*(part.tolist() for part in unseen), strict=True)), 1, named="not seen: to check with", hollow=True)
    plot.dots(list(zip(*(part.tolist() for part in seen), strict=True)), 0, named="seen: to learn from")
    plot.line(list(zip(hours.tolist(), waits.tolist(), strict=True)), 3, named=f"curve of degree {degree}")
    rows = [
        [f"{h:.1f}", f"{w:.0f}", f"{c:.0f}"] for h, w, c in zip(*seen, _fitted(degree)[0].predict(seen[0][:, None]), strict=True)
    ]
    heads = ("Hours since opening", "Minutes waited", "Curve says")
    table = Table("The 20 tickets to learn from", [Column(h, is_number=True) for h in heads], rows)
    return Figure("curve", "A curve goes through what it saw.", table, plot.svg(), note=NOTE)


def _errors(degree: int) -> Figure:
    degrees = range(1, MOST + 1)
    plot = Plot(
        "errors",
        "Error by degree, on tickets seen and unseen",
        Axis("Degree: how much the curve may bend", 1, MOST, (1, 3, 5, 7, 9, 11, 13, 15)),
        Axis("Typical error in minutes", 0, CEILING, ((0, "0"), (4, "4"), (8, "8"), (CEILING, "12 +"))),
    )
    plot.upright(degree, f"degree {degree}")
    plot.line([(d, min(_fitted(d)[1], CEILING)) for d in degrees], 0, named="on tickets seen")
    plot.line([(d, min(_fitted(d)[2], CEILING)) for d in degrees], 1, named="on tickets unseen")
    rows = [[d, f"{_fitted(d)[1]:.1f}", f"{_fitted(d)[2]:,.1f}"] for d in degrees]
    heads = ("Degree", "Error on seen, minutes", "Error on unseen, minutes")
    table = Table("Typical error (RMSE) by degree", [Column(h, is_number=True) for h in heads], rows)
    return Figure("errors", "On seen tickets more bending always helps. On unseen ones it does not.", table, plot.svg())


FIGURE = PlayFigure(
    "overfitting",
    "How much may a curve bend?",
    "A support team wants to foresee how long customers wait at each hour of the day. The degree says how often the curve "
    "may turn.",
    ("overfitting-and-underfitting", "generalisation", "regularisation", "train-validation-test"),
    "A curve learns from 20 tickets. Which one will be closest on 40 tickets that it has not seen?",
    (
        Guess("straight", "A straight line (degree 1): simple is safe."),
        Guess("middle", "A curve with a few bends (degree 3 or 4).", right=True),
        Guess("most", "The one with the most bends (degree 15): it hits nearly every point it saw."),
    ),
    "A stiff line misses the shape of the day. A curve with 15 bends learns the accidents of 20 tickets by heart. Only tickets "
    "kept aside can tell, which is why nobody should be shown the error on seen data alone.",
    "Forty tickets to check with are few: with others, the best degree may be one higher or lower.",
    (Slider("degree", "Degree", 1, MOST, 1),),
    show,
)
