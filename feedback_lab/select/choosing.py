"""Which candidate to recommend: the simplest that is not shown to be worse than the best.

The rule, exactly. Every training row has one out-of-fold verdict of each candidate. The best candidate has the highest
macro-F1 over these verdicts. For each other, the difference to the best is resampled 1,000 times over the same rows (paired
bootstrap); the candidate counts as good as the best where the 95% interval of the difference reaches 0. The first such
candidate, the simplest first, is recommended. The test rows have no say: they judge once, after the choice, so the score of
the recommended candidate is no score of the luckiest one.
"""

from __future__ import annotations

import numpy as np

from feedback_lab.intervals import macro_f1_draws, percentiles
from feedback_lab.records.rows import Ints
from feedback_lab.select.tempering import score
from feedback_lab.select.trials import Trial


def choose(trials: tuple[Trial, ...], labels: Ints, classes: int, seed: int) -> tuple[Trial, str]:
    """The recommended trial, and why, in a sentence. ``trials``: the simplest first, all on the same rows, ``labels``: (n,)."""
    reached = [score(labels, trial.predicted, classes) for trial in trials]
    best = int(np.argmax(reached))
    draws = macro_f1_draws(labels, np.stack([trial.predicted for trial in trials]), classes, seed)
    lows = [percentiles(draws[:, best] - draws[:, at])[0] for at in range(len(trials))]
    chosen = next(at for at, low in enumerate(lows) if at == best or low <= 0)
    if chosen == best:
        return trials[best], _best(trials, best, reached)
    low, high = percentiles(draws[:, best] - draws[:, chosen])
    reason = (
        f"On the folds of the training rows {trials[best].plan.name} is best with {reached[best]:.3f}, and "
        f"{trials[chosen].plan.name} with {reached[chosen]:.3f} is not shown to be worse: the difference lies between "
        f"{_signed(low)} and {_signed(high)} (95%), so the simplest of these is taken."
    )
    return trials[chosen], reason


def _best(trials: tuple[Trial, ...], best: int, reached: list[float]) -> str:
    name = trials[best].plan.name
    if name == "majority":
        return "Nothing does better than always saying the most frequent class: the texts don't give the target away."
    first = f"On the folds of the training rows {name} is best with {reached[best]:.3f}"
    return f"{first}, and nothing simpler was tried." if best == 0 else f"{first}; everything simpler is shown to be worse (95%)."


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")
