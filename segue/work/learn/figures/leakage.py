"""Labels that are coin tosses: no model can foresee them, and yet a careless test says that one does."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Choice, Guess, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.int64]

FEATURES, KEPT, FRESH = 1000, 20, 1000
SPLITS = 6
MODELS = 20
FAULTS = {
    "none": "none: features chosen in the training part",
    "choice": "features chosen on all rows, then split",
    "twins": "each customer twice, once in each part",
    "best": "the best of 20 models, told by the part that chose it",
}
SAYS = {
    "none": "The test tells the truth: about as good as a coin.",
    "choice": "The 20 features were picked where the test rows could be seen, so part of the answer leaked before any training.",
    "twins": "The model has met nearly every test customer in training. It remembers; it has not learned.",
    "best": "Of 20 models one looks good by luck, and the same rows that chose it also praise it.",
}
NOTE = f"Made-up rows with coin tosses as labels, mean of {SPLITS} splits; {FRESH:,} fresh rows come after all is decided."
Scores = tuple[float, float, float]


@lru_cache(maxsize=8)
def _coins(rows: int) -> tuple[Numbers, Labels]:
    import numpy as np

    draw = np.random.default_rng(7)
    return draw.normal(size=(rows + FRESH, FEATURES)), draw.integers(0, 2, rows + FRESH)


@lru_cache(maxsize=64)
def scores(fault: str, rows: int) -> Scores:
    """Accuracy in training, in the test as it was made, and on fresh rows: means over the splits."""
    import numpy as np

    make = {"none": _honest, "choice": _chosen_before, "twins": _twins, "best": _best_of_many}[fault]
    each = np.array([make(rows, split) for split in range(SPLITS)])
    training, test, fresh = each.mean(axis=0).tolist()
    return training, test, fresh


def _parts(rows: int, split: int) -> tuple[Labels, Labels]:
    import numpy as np

    order = np.random.default_rng(split).permutation(rows)
    return order[: rows * 7 // 10], order[rows * 7 // 10 :]


def _model() -> Any:
    from sklearn.naive_bayes import GaussianNB

    return GaussianNB()


def _score(rows: int, columns: Labels, training: Labels, test: Labels, model: Callable[[], Any] = _model) -> Scores:
    numbers, labels = _coins(rows)
    fitted = model().fit(numbers[training][:, columns], labels[training])
    fresh = slice(rows, None)
    return (
        fitted.score(numbers[training][:, columns], labels[training]),
        fitted.score(numbers[test][:, columns], labels[test]),
        fitted.score(numbers[fresh][:, columns], labels[fresh]),
    )


def _telling(numbers: Numbers, labels: Labels) -> Labels:
    """The features that go best with the labels, by the F test."""
    import numpy as np
    from sklearn.feature_selection import f_classif

    return np.argsort(f_classif(numbers, labels)[0])[-KEPT:]


def _honest(rows: int, split: int) -> Scores:
    numbers, labels = _coins(rows)
    training, test = _parts(rows, split)
    return _score(rows, _telling(numbers[training], labels[training]), training, test)


@cache
def _told_by_all(rows: int) -> Labels:
    numbers, labels = _coins(rows)
    return _telling(numbers[:rows], labels[:rows])


def _chosen_before(rows: int, split: int) -> Scores:
    return _score(rows, _told_by_all(rows), *_parts(rows, split))


def _twins(rows: int, split: int) -> Scores:
    """Every customer has two rows that hardly differ. Split by row, most twins are parted."""
    import numpy as np
    from sklearn.neighbors import KNeighborsClassifier

    twice = np.random.default_rng(split).permutation(np.repeat(np.arange(rows), 2))
    cut = len(twice) * 7 // 10
    return _score(rows, np.arange(KEPT), twice[:cut], twice[cut:], lambda: KNeighborsClassifier(1))


def _best_of_many(rows: int, split: int) -> Scores:
    import numpy as np

    numbers, labels = _coins(rows)
    training, test = _parts(rows, split)

    def in_test(columns: Labels) -> float:
        fitted = _model().fit(numbers[training][:, columns], labels[training])
        return float(fitted.score(numbers[test][:, columns], labels[test]))

    draws = [np.random.default_rng([split, n]).choice(FEATURES, KEPT, replace=False) for n in range(MODELS)]
    return _score(rows, max(draws, key=in_test), training, test)


def show(settings: Settings) -> Outcome:
    """What the test says, and what is true."""
    fault, rows = settings.word("fault"), settings.whole("rows")
    training, test, fresh = (100 * score for score in scores(fault, rows))
    plot = Plot(
        "scores",
        "Accuracy in training, in the test, and on fresh rows",
        Axis("", 0, 3, ((0.5, "training rows"), (1.5, "the test"), (2.5, "fresh rows"))),
        Axis("Right, in %", 0, 100, (0, 25, 50, 75, 100)),
    )
    found = [(0.5, training, 4), (1.5, test, 1), (2.5, fresh, 0)]
    plot.bars(found, 70)
    for at, value, _ in found:
        plot.words((at, value), f"{value:.0f}%")
    lines = [["Training rows", f"{training:.1f}%"], ["The test", f"{test:.1f}%"], ["Fresh rows", f"{fresh:.1f}%"]]
    table = Table("Accuracy by rows", [Column("Rows"), Column("Right", is_number=True)], lines)
    return Outcome(
        f"The test says {test:.0f}% right; fresh rows say {fresh:.0f}%. {SAYS[fault]}",
        (
            Stat(f"{test:.0f}%", label="what the team would report"),
            Stat(f"{fresh:.0f}%", label="what customers would get"),
        ),
        (Figure("scores", "Only fresh rows can’t flatter.", table, plot.svg(), note=NOTE),),
    )


FIGURE = PlayFigure(
    "leakage",
    "A test that flatters",
    "A team foresees coin tosses. Half right is all that anybody can reach, so every test above 50% is a mistake of the test.",
    ("data-leakage", "train-validation-test", "model-selection", "baseline"),
    "The labels are coin tosses. The team looks at 100 rows, keeps the 20 of 1,000 features that go best with the labels, "
    "and only then splits the rows, trains on 70 and tests on 30. What does the test say?",
    (
        Guess("half", "About 50% right: coins can’t be foreseen, and the test rows were not trained on."),
        Guess("bit", "About 60% right."),
        Guess("high", "Well above 70% right.", right=True),
    ),
    "Choosing features is learning. Whoever chooses with the test rows in view has let the answer leak into the model before "
    "it is "
    "trained. Split first, then do everything else in the training part; and keep a last part that nothing was chosen with.",
    "Real leaks hide better: a column filled in after the fact, the same customer on both sides, a date that gives it away.",
    (Choice("fault", "The mistake", FAULTS, "choice"), Slider("rows", "Rows the team has", 60, 400, 100, 20)),
    show,
)
