"""A model meets other weeks than those it learned from: inputs move, or their meaning does."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from segue.core.wording import counted
from segue.shared.components import Column, Figure, Stat, Table
from segue.work.learn.figures.drawing import Axis, Plot
from segue.work.learn.figures.shape import Choice, Guess, Outcome, PlayFigure, Settings, Slider

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Labels = NDArray[np.int64]

WEEKS = 20
LEARNED = 2000
ALARM = 0.001  # p of the two-sample test below which the alarm rings: about one false alarm in 1,000 weeks
KINDS = {"inputs": "the inputs", "meaning": "what the inputs mean", "nothing": "nothing"}
NOTE = "Made-up tickets, drawn with a fixed seed. The model learned from 2,000 tickets before week 0 and is never trained again."


def _tickets(kind: str, week: int, count: int) -> tuple[Numbers, Labels]:
    """Length of each ticket on a scale around 0, and whether it turned out urgent.

    Urgent are tickets of a middle length: in the weeks that the model learned from hardly any longer ones came, so it took
    "the longer, the more urgent" from them. Inputs move to longer tickets; a change of meaning moves what counts as urgent.
    """
    import numpy as np

    draw = np.random.default_rng([5, list(KINDS).index(kind), week + 1])
    lengths = draw.normal(0.1 * week if kind == "inputs" else 0, 1, count)
    begin = 0.075 * week if kind == "meaning" else 0
    chance = 1 / (1 + np.exp(-5 * (lengths - begin))) * 1 / (1 + np.exp(4 * (lengths - 2.4 - begin)))
    return lengths, (draw.random(count) < chance).astype(np.int64)


@cache
def _learned() -> tuple[Numbers, Any, float]:
    """Lengths that the model learned from, the model, and its accuracy on tickets of those weeks."""
    from sklearn.linear_model import LogisticRegression

    lengths, urgent = _tickets("nothing", -1, 2 * LEARNED)
    model = LogisticRegression().fit(lengths[:LEARNED, None], urgent[:LEARNED])
    return lengths[:LEARNED], model, 100 * float(model.score(lengths[LEARNED:, None], urgent[LEARNED:]))


@lru_cache(maxsize=512)
def week_of(kind: str, week: int, count: int) -> tuple[float, float, float]:
    """Accuracy in %, the largest gap between the two distributions (Kolmogorov-Smirnov) in %, and its p."""
    from scipy.stats import ks_2samp

    lengths, urgent = _tickets(kind, week, count)
    before, model, _ = _learned()
    test = ks_2samp(before, lengths)
    return 100 * float(model.score(lengths[:, None], urgent)), 100 * float(test.statistic), float(test.pvalue)


def rings(kind: str, week: int, count: int) -> bool:
    """Whether the alarm on the inputs rings in a week."""
    return week_of(kind, week, count)[2] < ALARM


def show(settings: Settings) -> Outcome:
    """The week chosen beside the weeks that the model learned from."""
    kind, week, count = settings.word("kind"), settings.whole("week"), settings.whole("count")
    accuracy, gap, p = week_of(kind, week, count)
    start = _learned()[2]
    chance = f"p = {p:.2g}" if p >= ALARM else f"p < {ALARM:g}"
    ringing = rings(kind, week, count)
    alarm = "The alarm on the inputs rings." if ringing else "The alarm on the inputs is silent."
    fell = accuracy + 3 * (accuracy * (100 - accuracy) / count) ** 0.5 < start  # by more than three standard errors
    verdict = {
        (True, True): "It rings for a reason: the model meets tickets it knows nothing about.",
        (True, False): "It rings while the model still works: moved inputs are a reason to look, not yet a fault.",
        (
            False,
            True,
        ): "It sees no change, since the inputs look as before; only labels from this week show that the model is wrong.",
        (False, False): "The model works as on the first day.",
    }[ringing, fell]
    return Outcome(
        f"Week {week}, {count} tickets: {accuracy:.0f}% judged rightly, {start:.0f}% when the model was made. {alarm} {verdict}",
        (
            Stat(f"{accuracy:.0f}%", label="judged rightly this week", note=f"{start:.0f}% when it was made"),
            Stat(f"{gap:.0f}", "points", "largest gap between the distributions", f"{chance}; below {ALARM:g} the alarm rings"),
        ),
        (_lengths(kind, week, count), _weeks(kind, week, count, start)),
    )


def _lengths(kind: str, week: int, count: int) -> Figure:
    import numpy as np

    edges = np.linspace(-3.5, 5.5, 19)
    middles = (edges[:-1] + edges[1:]) / 2
    then, now = (100 * np.histogram(some, edges)[0] / len(some) for some in (_learned()[0], _tickets(kind, week, count)[0]))
    plot = Plot(
        "lengths",
        "Lengths of tickets, when the model was made and in this week",
        Axis("Length of a ticket (0 = usual when the model was made)", -3.5, 5.5, (-3, -2, -1, 0, 1, 2, 3, 4, 5)),
        Axis("Share of tickets in %", 0, 30, (0, 10, 20, 30)),
    )
    plot.line(list(zip(middles.tolist(), then.tolist(), strict=True)), 0, named="when the model was made")
    plot.line(list(zip(middles.tolist(), now.tolist(), strict=True)), 1, named=f"week {week}")
    rows = [
        [f"{a:.1f} to {b:.1f}", f"{t:.1f}%", f"{n:.1f}%"] for a, b, t, n in zip(edges[:-1], edges[1:], then, now, strict=True)
    ]
    columns = [Column("Length"), Column("When it was made", is_number=True), Column(f"Week {week}", is_number=True)]
    return Figure(
        "lengths", "What the model is given.", Table("Share of tickets by length", columns, rows), plot.svg(), note=NOTE
    )


def _weeks(kind: str, week: int, count: int, start: float) -> Figure:
    weeks = range(WEEKS + 1)
    plot = Plot(
        "weeks",
        "Tickets judged rightly, week by week, and when the alarm rings",
        Axis("Weeks since the model was made", 0, WEEKS, (0, 5, 10, 15, 20)),
        Axis("Judged rightly, in %", 40, 100, (40, 60, 80, 100)),
    )
    plot.upright(week, f"week {week}")
    plot.line([(0, start), (WEEKS, start)], 0, named="when the model was made")
    plot.line([(w, week_of(kind, w, count)[0]) for w in weeks], 1, named="each week")
    ringing = [(w, 43.0) for w in weeks if rings(kind, w, count)]
    if ringing:
        plot.dots(ringing, 3, named="the alarm on the inputs rings")
    rows = [[w, f"{week_of(kind, w, count)[0]:.0f}%", "rings" if rings(kind, w, count) else "silent"] for w in weeks]
    columns = [Column("Week", is_number=True), Column("Judged rightly", is_number=True), Column("Alarm")]
    silent = WEEKS + 1 - len(ringing)
    note = f"The alarm rings in {counted(len(ringing), 'week')} and is silent in {silent}."
    return Figure(
        "weeks",
        "Watch what the model achieves, not only what it is given.",
        Table("Week by week", columns, rows),
        plot.svg(),
        note=note,
    )


FIGURE = PlayFigure(
    "drift",
    "When the world moves on",
    "A model marks support tickets as urgent by their length. An alarm compares the lengths of each week with those it "
    "learned from.",
    ("drift", "monitoring-and-retraining", "feedback-loops", "ml-lifecycle"),
    "A new refund policy changes which tickets are urgent; their lengths stay as they were. What does the alarm on the "
    "inputs do?",
    (
        Guess("early", "It rings early, before customers notice."),
        Guess("late", "It rings once the model is wrong often enough."),
        Guess("silent", "Nothing. It never rings for this.", right=True),
    ),
    "The alarm compares inputs, and the inputs have not changed; their meaning has. Only fresh labels show that: have people "
    "judge some "
    "tickets every week. The other way round, moved inputs ring the alarm although the model may still be right.",
    "Real inputs are many, and seasons move them every year without harm.",
    (
        Choice("kind", "What changes", KINDS, "meaning"),
        Slider("week", "Week", 0, WEEKS, 0),
        Slider("count", "Tickets a week", 50, 1000, 300, 50),
    ),
    show,
    needs=("numpy", "sklearn", "scipy"),
)
