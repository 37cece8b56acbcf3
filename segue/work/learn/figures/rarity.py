"""One in a hundred: why accuracy praises a model that finds nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Choice, Guess, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.int64]

ORDERS = 4000
SHARES = (1, 2, 5, 10, 20, 30, 40, 50)
MODELS = {
    "never": "says “honest” to every order",
    "plain": "learns, each order counts alike",
    "weighted": "learns, rare orders count more",
}
NOTE = "8,000 made-up orders, drawn with a fixed seed: half to learn from, half to test on."
Counts = tuple[int, int, int, int]


@lru_cache(maxsize=64)
def _orders(share: int) -> tuple[Numbers, Labels]:
    """Two measurements of each order, and whether it is fraud (1), with that many in 100."""
    import numpy as np

    draw = np.random.default_rng(11)
    frauds = (np.arange(2 * ORDERS) * share) % 100 < share
    return draw.normal(size=(2 * ORDERS, 2)) + 1.2 * frauds[:, None], frauds.astype(np.int64)


@lru_cache(maxsize=256)
def counts(model: str, share: int) -> Counts:
    """Caught, false alarms, missed, rightly passed, on the orders to test on."""
    import numpy as np
    from sklearn.dummy import DummyClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import confusion_matrix

    orders, frauds = _orders(share)
    made = {
        "never": DummyClassifier(strategy="constant", constant=0),
        "plain": LogisticRegression(),
        "weighted": LogisticRegression(class_weight="balanced"),
    }[model]
    order = np.random.default_rng(3).permutation(len(orders))
    learn, test = order[:ORDERS], order[ORDERS:]
    said = made.fit(orders[learn], frauds[learn]).predict(orders[test])
    passed, alarms, missed, caught = confusion_matrix(frauds[test], said, labels=[0, 1]).ravel().tolist()
    return caught, alarms, missed, passed


def accuracy(model: str, share: int) -> float:
    """Orders judged rightly, in %."""
    caught, _, _, passed = counts(model, share)
    return 100 * (caught + passed) / ORDERS


def recall(model: str, share: int) -> float:
    """Frauds caught, in %."""
    caught, _, missed, _ = counts(model, share)
    return 100 * caught / (caught + missed)


def show(settings: Settings) -> Outcome:
    """What a model reaches at a share of frauds."""
    model, share = settings.word("model"), settings.whole("share")
    caught, alarms, missed, _ = counts(model, share)
    frauds = caught + missed
    found = accuracy(model, share)
    naive = accuracy("never", share)
    beside = "which is what this one does" if model == "never" else f"where calling every order honest reaches {naive:.1f}%"
    alarm = f"{alarms} honest orders are stopped." if alarms else "No honest order is stopped."
    return Outcome(
        f"{found:.1f}% of {ORDERS:,} orders are judged rightly, {beside}. Of {frauds} frauds it catches {caught}. {alarm}",
        (
            Stat(f"{found:.1f}%", label="accuracy", note=f"{naive:.1f}% by calling all honest"),
            Stat(f"{recall(model, share):.0f}%", label="recall: frauds caught", note=f"{caught} of {frauds}"),
            Stat(f"{100 * caught / (caught + alarms):.0f}%" if caught + alarms else "none", label="precision",
                 note=f"{caught} of {caught + alarms} alarms"),
        ),
        (_curves(model, share),),
    )  # fmt: skip


def _curves(model: str, share: int) -> Figure:
    shares = sorted({*SHARES, share})
    plot = Plot(
        "shares",
        f"Accuracy and recall of a model that {MODELS[model]}, by share of frauds",
        Axis("Frauds in 100 orders", 0, 50, (1, 10, 20, 30, 40, 50)),
        Axis("In %", 0, 100, (0, 25, 50, 75, 100)),
    )
    plot.upright(share, f"{share} in 100")
    plot.line([(s, accuracy(model, s)) for s in shares], 0, named="accuracy: orders judged rightly")
    plot.line([(s, recall(model, s)) for s in shares], 1, named="recall: frauds caught")
    rows = [[s, f"{accuracy('never', s):.1f}%", f"{accuracy(model, s):.1f}%", f"{recall(model, s):.0f}%"] for s in shares]
    heads = ("Frauds in 100 orders", "Accuracy of calling all honest", "Accuracy", "Recall")
    table = Table(f"A model that {MODELS[model]}", [Column(h, is_number=True) for h in heads], rows)
    return Figure("shares", "The rarer the case, the less accuracy tells.", table, plot.svg(), note=NOTE)


FIGURE = PlayFigure(
    "rarity",
    "The accuracy trap",
    "A shop looks for fraud among its orders. Most orders are honest.",
    ("class-imbalance", "confusion-matrix-and-accuracy", "precision-and-recall", "baseline"),
    "One order in 100 is fraud. A supplier offers a model that judges 99% of all orders rightly. How good is it?",
    (
        Guess("good", "Very good: it errs once in 100 orders."),
        Guess("unknown", "Nobody can tell: calling every order honest reaches 99% too.", right=True),
        Guess("bad", "Bad: it should reach 100% on so easy a task."),
    ),
    "With one fraud in 100, doing nothing is right 99 times. Ask how many of the frauds it catches (recall), how many of its "
    "alarms "
    "are right (precision), and what the simplest rule would reach.",
    "Here the share is the same in training and test. In life it moves, and precision moves with it.",
    (Slider("share", "Frauds in 100 orders", 1, 50, 1), Choice("model", "The model", MODELS, "never")),
    show,
)
