"""A small neural network learns a border: what layers and units are for, and how its loss falls."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from segue.core.wording import counted
from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Guess, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.int64]

CELLS = (50, 66)
ACROSS = Axis("First measurement", -1.8, 2.8, (-1, 0, 1, 2))
UP = Axis("Second measurement", -1.4, 1.9, (-1, 0, 1))
TRAINING = 200
NOTE = "400 made-up points, drawn with a fixed seed: 200 to learn from, 200 to check with."


@cache
def _points() -> tuple[Numbers, Labels]:
    from sklearn.datasets import make_moons

    points, kinds = make_moons(2 * TRAINING, noise=0.2, random_state=1)
    return points, kinds


@lru_cache(maxsize=64)
def _trained(layers: int, units: int, passes: int) -> Any:
    """A network after that many passes over the points.

    It is made to stop by its own count of passes without a gain (no gain is large enough for ``tol``, and the first pass
    does not count), since stopping at ``max_iter`` would be warned about.
    """
    from sklearn.neural_network import MLPClassifier

    points, kinds = _points()
    network = MLPClassifier(
        (units,) * layers,
        activation="tanh",
        alpha=0,
        learning_rate_init=0.03,
        batch_size=TRAINING,
        random_state=3,
        tol=1e9,
        n_iter_no_change=passes - 2,
        max_iter=passes + 1,
    )
    return network.fit(points[:TRAINING], kinds[:TRAINING])


def show(settings: Settings) -> Outcome:
    """The border and the loss of the network that the settings ask for."""
    layers, units, passes = settings.whole("layers"), settings.whole("units"), settings.whole("passes")
    network = _trained(layers, units if layers else 1, passes)
    points, kinds = _points()
    seen, unseen = (100 * network.score(points[part], kinds[part]) for part in (slice(None, TRAINING), slice(TRAINING, None)))
    weights = sum(w.size for w in (*network.coefs_, *network.intercepts_))
    build = f"{counted(layers, 'hidden layer')} of {counted(units, 'unit')}" if layers else "No hidden layer"
    verdict = (
        "Without a hidden layer the border is a straight line, however long it learns."
        if not layers
        else "One or two units bend the line only a little."
        if units <= 2
        else "Each unit adds a bend; together they follow the shape."
    )
    return Outcome(
        f"{build}, {counted(weights, 'adjustable number')}. After {passes} passes over the points it is right on {seen:.0f}% of "
        f"those it learned from and on {unseen:.0f}% of those it did not see. {verdict}",
        (
            Stat(f"{unseen:.0f}%", label="right on 200 points unseen"),
            Stat(f"{network.loss_curve_[-1]:.2f}", label=f"loss after {passes} passes"),
            Stat(weights, label="numbers that training adjusts"),
        ),
        (_border(network, seen, unseen), _loss(network.loss_curve_)),
    )


def _border(network: Any, seen: float, unseen: float) -> Figure:
    import numpy as np

    points, kinds = _points()
    rows, columns = CELLS
    across = ACROSS.least + (np.arange(columns) + 0.5) / columns * (ACROSS.most - ACROSS.least)
    up = UP.least + (np.arange(rows) + 0.5) / rows * (UP.most - UP.least)
    plane = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    plot = Plot("border", "Points of two kinds, and the border that the network has learned", ACROSS, UP)
    plot.regions(network.predict(plane).reshape(CELLS).tolist())
    for kind, name in enumerate(("kind A", "kind B")):
        plot.dots(points[:TRAINING][kinds[:TRAINING] == kind].tolist(), kind, named=name)
    lines = [["Points it learned from", TRAINING, f"{seen:.1f}%"], ["Points unseen", TRAINING, f"{unseen:.1f}%"]]
    columns_ = [Column("Points"), Column("n", is_number=True), Column("Right", is_number=True)]
    table = Table("How often the network is right", columns_, lines)
    return Figure("border", "Colours are what the network would say at each place.", table, plot.svg(), note=NOTE)


def _loss(losses: list[float]) -> Figure:
    passes = len(losses)
    step = max(passes // 8, 1)
    plot = Plot(
        "loss",
        "Loss after each pass over the points",
        Axis("Passes over the points", 1, max(passes, 2), (1, *range(passes // 4 or 1, passes + 1, passes // 4 or 1))),
        Axis("Loss", 0, 0.9, (0, 0.3, 0.6, 0.9)),
    )
    plot.line([(n + 1, loss) for n, loss in enumerate(losses)], 3)
    places = sorted({*range(0, passes, step), passes - 1})
    rows = [[place + 1, f"{losses[place]:.3f}"] for place in places]
    table = Table("Loss by pass", [Column("Pass", is_number=True), Column("Loss", is_number=True)], rows)
    return Figure("loss", "Training lowers one number, the loss, in small steps.", table, plot.svg())


FIGURE = PlayFigure(
    "network",
    "A small neural network",
    "Two kinds of points lie in two arcs that reach into each other. A network looks for the border between them.",
    ("neural-networks", "deep-learning", "loss-function", "gradient-descent", "linear-models"),
    "The network has no hidden layer: it only weighs the two measurements and adds them up. What border can it draw?",
    (
        Guess("any", "Any border, if it trains long enough."),
        Guess("line", "A straight line, however long it trains.", right=True),
        Guess("circle", "A circle around one of the two kinds."),
    ),
    "Weighing and adding gives one straight border. Hidden units each add a bend, and layers combine bends; that is what "
    "depth is for. "
    "More units also mean more numbers to adjust, and more ways to learn accidents by heart.",
    "Real networks adjust millions or billions of such numbers, and nobody can see their border in a plane.",
    (
        Slider("layers", "Hidden layers", 0, 3, 0),
        Slider("units", "Units in each layer", 1, 16, 4),
        Slider("passes", "Passes over the points", 10, 200, 100, 10),
    ),
    show,
)
