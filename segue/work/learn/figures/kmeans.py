"""k-means in slow motion: give each point to the nearest centre, move each centre to the middle of its points, again."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from segue.core.wording import counted
from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Choice, Guess, Onward, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.int64]
    Steps = tuple[tuple[Numbers, Labels | None], ...]

MOST = 30  # steps shown
STARTS = {
    "apart": "far apart",
    "first": "by chance, one draw",
    "second": "by chance, another draw",
    "corner": "all in one corner",
}
ACROSS = Axis("Orders a year", 0, 24, (0, 6, 12, 18, 24))
UP = Axis("Euros an order", 0, 100, (0, 25, 50, 75, 100))
NOTE = "200 made-up customers of a shop, drawn with a fixed seed."


@cache
def _customers() -> Numbers:
    import numpy as np
    from sklearn.datasets import make_blobs

    centres = [[0.2, 0.25], [0.32, 0.75], [0.66, 0.22], [0.78, 0.62]]
    points, _ = make_blobs(200, centers=np.array(centres), cluster_std=0.07, random_state=2)
    inside: Numbers = np.clip(points, 0.01, 0.99)
    return inside


def _starts(count: int, way: str) -> Numbers:
    """Centres to begin with, as points of the data."""
    import numpy as np
    from sklearn.metrics import pairwise_distances

    points = _customers()
    if way in ("first", "second"):
        seed = {"first": 1, "second": 8}[way]
        return points[np.random.default_rng(seed).choice(len(points), count, replace=False)]
    if way == "corner":
        return points[np.argsort(points.sum(axis=1))[:count]]
    chosen = [int(np.argmin(points.sum(axis=1)))]
    while len(chosen) < count:
        chosen.append(int(pairwise_distances(points, points[chosen]).min(axis=1).argmax()))
    return points[chosen]


@lru_cache(maxsize=32)
def _walk(count: int, way: str) -> Steps:
    """Centres and groups after each half step, until nothing changes: give, move, give, move ..."""
    import numpy as np
    from sklearn.metrics import pairwise_distances_argmin

    points, centres = _customers(), _starts(count, way)
    steps: list[tuple[Numbers, Labels | None]] = [(centres, None)]
    groups = None
    while len(steps) < 100:
        new = pairwise_distances_argmin(points, centres)
        if groups is not None and (new == groups).all():
            break
        groups = new
        steps.append((centres, groups))
        inside = [points[groups == k] for k in range(count)]
        centres = np.array([some.mean(axis=0) if len(some) else centres[k] for k, some in enumerate(inside)])
        steps.append((centres, groups))
    return tuple(steps)


@cache
def _best(count: int) -> float:
    """The sum that k-means reaches with the best of ten starts."""
    from sklearn.cluster import KMeans

    return float(KMeans(count, n_init=10, random_state=0).fit(_customers()).inertia_)


def _sum(centres: Numbers, groups: Labels) -> float:
    return float(((_customers() - centres[groups]) ** 2).sum())


def final_sum(count: int, way: str) -> float:
    """The sum of squared distances where a start ends."""
    centres, groups = _walk(count, way)[-1]
    assert groups is not None
    return _sum(centres, groups)


def show(settings: Settings) -> Outcome:
    """The state after a step."""
    count, way = settings.whole("groups"), settings.word("start")
    steps = _walk(count, way)
    step = min(settings.whole("step"), len(steps) - 1)
    is_last = step == len(steps) - 1
    centres, groups = steps[step]
    sums = [(n, _sum(*state)) for n, state in enumerate(steps) if state[1] is not None]  # type: ignore[arg-type]
    now = dict(sums).get(step)
    stats: tuple[Stat, ...] = (Stat(step, label=f"steps, of {len(steps) - 1} until nothing changes"),)
    if now is not None:
        stats += (Stat(f"{now:.2f}", label="sum of squared distances", note=f"{_best(count):.2f} with the best of ten starts"),)
    onward: tuple[Onward, ...] = (
        () if is_last else (Onward("One step on", {"step": step + 1}), Onward("To the end", {"step": min(len(steps) - 1, MOST)}))
    )
    if step:
        onward += (Onward("Back to the start", {"step": 0}),)
    return Outcome(_says(step, is_last, now, count), stats, (_picture(centres, groups), _fall(sums, step)), onward)


def _says(step: int, is_last: bool, now: float | None, count: int) -> str:
    if now is None:
        return f"{counted(count, 'centre')} stand at the start. No customer belongs to one yet."
    if is_last and now > 1.05 * _best(count):
        return (
            f"Nothing changes any more, and yet this is not the best: {now:.2f}, where another start reaches {_best(count):.2f}. "
            "k-means got stuck, which is why it is run from several starts."
        )
    if is_last:
        return f"Nothing changes any more. The sum of squared distances is {now:.2f}, as good as the best of ten starts."
    if step % 2:
        return f"Step {step}: each customer goes to the nearest centre. The sum of squared distances is {now:.2f}."
    return f"Step {step}: each centre moves to the middle of its customers. The sum falls to {now:.2f}."


def _scaled(points: Numbers) -> list[tuple[float, float]]:
    return [(24 * a, 100 * b) for a, b in points.tolist()]


def _picture(centres: Numbers, groups: Labels | None) -> Figure:
    points = _customers()
    plot = Plot("points", "Customers, their groups and the centres", ACROSS, UP)
    rows: list[list[object]] = []
    if groups is None:
        plot.dots(_scaled(points), 0, hollow=True)
    for k, (across, up) in enumerate(_scaled(centres)):
        inside = points[groups == k] if groups is not None else points[:0]
        if groups is not None:
            plot.dots(_scaled(inside), k)
        rows.append([f"group {k + 1}", len(inside), f"{across:.1f}", f"{up:.0f}"])
    plot.crosses(_scaled(centres), named="centres")
    columns = [
        Column("Group"),
        *(Column(h, is_number=True) for h in ("Customers", "Centre: orders a year", "Centre: euros an order")),
    ]
    return Figure("points", "Colour and shape show the group.", Table("Groups and centres", columns, rows), plot.svg(), note=NOTE)


def _fall(sums: list[tuple[int, float]], step: int) -> Figure:
    most = max(value for _, value in sums)
    last = max(sums[-1][0], 2)
    plot = Plot(
        "fall",
        "Sum of squared distances by step",
        Axis("Step", 0, last, range(0, last + 1, max(1, last // 6))),
        Axis("Sum of squared distances", 0, most * 1.1, [round(most * share, 1) for share in (0, 0.5, 1)]),
    )
    plot.line(sums, 3)
    plot.upright(step, f"step {step}")
    columns = [Column("Step", is_number=True), Column("Sum of squared distances", is_number=True)]
    table = Table("The sum after each step", columns, [[n, f"{value:.3f}"] for n, value in sums])
    return Figure("fall", "Each step can only lower the sum.", table, plot.svg())


FIGURE = PlayFigure(
    "k-means",
    "k-means, step by step",
    "Customers of a shop by how often they order and for how much. The method is told how many groups to find, and where to "
    "begin.",
    ("clustering", "unsupervised-learning", "topic-discovery"),
    "The same customers, the same number of groups, another place to begin. Does k-means end with the same groups?",
    (
        Guess("always", "Always: it goes on until it has found the best ones."),
        Guess("mostly", "Not always: it can stop at groups that another start would beat.", right=True),
        Guess("never", "Never: the groups are a matter of chance."),
    ),
    "Each step can only improve, so the method stops at the first place where no small step helps. That need not be the best "
    "one. "
    "Programs therefore begin several times and keep the best; ask how often.",
    "The number of groups is your choice, and the method finds as many as you ask for, whether they exist or not.",
    (
        Slider("groups", "Groups", 2, 6, 4),
        Choice("start", "Where the centres begin", STARTS, "corner"),
        Slider("step", "Step", 0, MOST, 0),
    ),
    show,
)
