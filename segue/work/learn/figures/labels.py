"""The same customers with and without labels: what supervised and unsupervised learning find."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Choice, Guess, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.int64]

ACROSS = Axis("Logins a week", 0, 14, (0, 2, 4, 6, 8, 10, 12, 14))
UP = Axis("Questions to support a month", 0, 10, (0, 2, 4, 6, 8, 10))
FATES = ("stayed", "left")
CELLS = (44, 60)  # rows and columns of the coloured plane
NOTE = "180 made-up customers, drawn with a fixed seed; a third was kept aside to test on."


@cache
def _customers() -> tuple[Numbers, Labels]:
    """Three groups by how people use the product; who left is spread over two of them."""
    import numpy as np

    draw = np.random.default_rng(4)
    centres, spread = np.array([[2.6, 2.2], [8.0, 2.6], [6.4, 7.4]]), np.array([[1.0, 1.0], [2.0, 1.1], [1.7, 1.0]])
    points = np.concatenate([draw.normal(c, s, (60, 2)) for c, s in zip(centres, spread, strict=True)])
    points = np.clip(points, 0.2, [13.8, 9.8])
    risk = 1 / (1 + np.exp(1.5 * (points[:, 0] - 5.2) - 0.5 * (points[:, 1] - 4)))
    return points, (draw.random(len(points)) < risk).astype(np.int64)


def _plane() -> Numbers:
    import numpy as np

    rows, columns = CELLS
    across = (np.arange(columns) + 0.5) / columns * ACROSS.most
    up = (np.arange(rows) + 0.5) / rows * UP.most
    return np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)


def show(settings: Settings) -> Outcome:
    """Both ways on the same points."""
    return _with_labels() if settings.word("given") == "labels" else _without_labels(settings.whole("groups"))


def _plot(figure: str, title: str) -> Plot:
    return Plot(figure, title, ACROSS, UP)


@cache
def _with_labels() -> Outcome:
    import numpy as np
    from sklearn.neighbors import KNeighborsClassifier

    points, fates = _customers()
    aside = np.arange(len(points)) % 3 == 0
    model = KNeighborsClassifier(15).fit(points[~aside], fates[~aside])
    told = model.predict(points[aside])
    right, n = int((told == fates[aside]).sum()), int(aside.sum())
    plot = _plot("labels", "Customers by what became of them, and the model’s border between the two")
    plot.regions(model.predict(_plane()).reshape(CELLS).tolist())
    for fate, name in enumerate(FATES):
        plot.dots(points[fates == fate].tolist(), fate, named=f"{name}: {int((fates == fate).sum())} customers")
    rows = [
        [f"in truth {name}", *(int(((fates[aside] == fate) & (told == other)).sum()) for other in range(2))]
        for fate, name in enumerate(FATES)
    ]
    columns = [Column("Customers kept aside"), *(Column(f"model says {name}", is_number=True) for name in FATES)]
    return Outcome(
        f"With the labels, the model learns what you named: who leaves. Of {n} customers it never saw, it puts {right} on the "
        "right side. It answers the question that the labels ask, and no other.",
        (Stat(f"{100 * right / n:.0f}%", label="right on customers kept aside", note=f"{right} of {n}"),),
        (Figure("labels", "Colours are what the model would say; marks are what happened.",
                Table("Customers kept aside: what happened and what the model says", columns, rows), plot.svg(), note=NOTE),),
    )  # fmt: skip


@cache
def _without_labels(count: int) -> Outcome:
    from sklearn.cluster import KMeans
    from sklearn.preprocessing import StandardScaler

    points, fates = _customers()
    scaler = StandardScaler().fit(points)
    model = KMeans(count, n_init=10, random_state=0).fit(scaler.transform(points))
    groups = model.labels_
    plot = _plot("groups", f"The same customers in {count} groups that lie close together")
    plot.regions(model.predict(scaler.transform(_plane())).reshape(CELLS).tolist())
    rows = []
    for group in range(count):
        inside = groups == group
        name = f"group {group + 1}"
        plot.dots(points[inside].tolist(), group, named=f"{name}: {int(inside.sum())} customers")
        means = points[inside].mean(axis=0)
        share = f"{100 * fates[inside].mean():.0f}%"
        rows.append([name, int(inside.sum()), f"{means[0]:.1f}", f"{means[1]:.1f}", share])
    heads = ("Customers", "Logins a week", "Questions a month", "of them left")
    table = Table("The groups found", [Column("Group"), *(Column(h, is_number=True) for h in heads)], rows)
    shares = sorted(float(fates[groups == group].mean()) for group in range(count))
    return Outcome(
        f"Without labels, the model finds {count} groups of customers who use the product alike. Nothing in it says “about to "
        "leave”. "
        f"That between {100 * shares[0]:.0f}% and {100 * shares[-1]:.0f}% of a group left, only the labels tell.",
        (Stat(count, label="groups, because you asked for that many"),),
        (Figure("groups", "Colours are the groups. Nobody told the model who left.", table, plot.svg(), note=NOTE),),
    )  # fmt: skip


FIGURE = PlayFigure(
    "labels",
    "With labels and without",
    "180 customers of a web product: how often they log in, and how often they ask support.",
    ("supervised-learning", "unsupervised-learning", "clustering", "classification"),
    "You want to know who is about to leave. You have no record of who left so far, only how people use the product. "
    "Will a method that finds groups by itself find the group “about to leave”?",
    (
        Guess("yes", "Yes. If it is in the data, a good method finds it."),
        Guess("luck", "Only by luck. It finds people who behave alike, whatever that means.", right=True),
        Guess("none", "No. Without labels nothing can be learned."),
    ),
    "Clustering groups what lies close together. Nothing tells it that leaving matters to you. It is useful for "
    "finding kinds of customers; for “who leaves?” you need examples of people who left.",
    "Two numbers per customer fit on a page. Real data have tens or hundreds, and nobody can see the groups.",
    (
        Choice("given", "What the model is given", {"labels": "points and labels", "points": "points alone"}, "labels"),
        Slider("groups", "Groups to find (without labels)", 2, 6, 3),
    ),
    show,
)
