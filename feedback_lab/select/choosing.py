"""Which candidate to recommend: the simplest that is not shown to be worse than the best.

The rule, exactly. Every training row has one out-of-fold verdict of each candidate. A candidate counts where its verdicts
agree with the truth beyond chance: Cohen's kappa, with an interval corrected for the number of candidates, above 0. Macro-F1
alone would not do, since guessing by lot has a higher one than always saying one class. Where none counts, the majority is
recommended.

Of those that count, the best has the highest macro-F1. For each other, the difference to the best is resampled 1,000 times
over the same rows (paired bootstrap); it is as good as the best where the 95% interval of the difference reaches 0. The first
such candidate, the simplest first, is recommended. The test rows have no say: they judge once, after the choice, so the score
of the recommended candidate is no score of the luckiest one.
"""

from __future__ import annotations

import numpy as np

from feedback_lab.intervals import LEVEL, kappa, macro_f1_draws, percentiles
from feedback_lab.records.rows import Ints
from feedback_lab.select.tempering import score
from feedback_lab.select.trials import Trial

NOTHING = "Nothing is shown to do better than always saying the most frequent class: the texts don't give the target away."
ONLY = ", and nothing simpler predicts anything."
PROVEN = "; everything simpler is shown to be worse (95%)."


def choose(trials: tuple[Trial, ...], labels: Ints, classes: int, seed: int) -> tuple[Trial, str]:
    """The recommended trial, and why, in a sentence. ``trials``: the simplest first, all on the same rows, ``labels``: (n,)."""
    majority = next((trial for trial in trials if trial.plan.name == "majority"), None)
    level = 1 - (1 - LEVEL) / len(trials)
    able = tuple(
        trial for trial in trials if trial is not majority and kappa(labels, trial.predicted, classes, seed, level).low > 0
    )
    if not able and majority is not None:
        return majority, NOTHING
    return _simplest(able or trials, labels, classes, seed)


def _simplest(trials: tuple[Trial, ...], labels: Ints, classes: int, seed: int) -> tuple[Trial, str]:
    reached = [score(labels, trial.predicted, classes) for trial in trials]
    best = int(np.argmax(reached))
    draws = macro_f1_draws(labels, np.stack([trial.predicted for trial in trials]), classes, seed)
    lows = [percentiles(draws[:, best] - draws[:, at])[0] for at in range(len(trials))]
    chosen = next(at for at, low in enumerate(lows) if at == best or low <= 0)
    if chosen == best:
        first = f"On the folds of the training rows {trials[best].plan.name} is best with {reached[best]:.3f}"
        return trials[best], f"{first}{ONLY if best == 0 else PROVEN}"
    low, high = percentiles(draws[:, best] - draws[:, chosen])
    reason = (
        f"On the folds of the training rows {trials[best].plan.name} is best with {reached[best]:.3f}, and "
        f"{trials[chosen].plan.name} with {reached[chosen]:.3f} is not shown to be worse: the difference lies between "
        f"{_signed(low)} and {_signed(high)} (95%), so the simplest of these is taken."
    )
    return trials[chosen], reason


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")
