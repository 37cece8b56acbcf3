"""May this version replace the one before? Yes or no, by the same rows each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from feedback_lab.drift import macro_f1_with_gaps
from feedback_lab.errors import LabError
from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import ClassScore
from feedback_lab.records.rows import Ints
from feedback_lab.redact import redact_texts
from feedback_lab.serve.evaluating import EvalSet
from feedback_lab.serve.model import Model

PASSED, REFUSED = 0, 3  # exit codes


@dataclass(frozen=True)
class Regression:
    """A row that the previous version got right and this one gets wrong. ``row`` counts rows of the evaluation set from 1."""

    row: int
    text: str
    label: str
    said: str  # "" where there was no valid answer


@dataclass(frozen=True)
class GateResult:
    """The verdict and what it rests on. ``invalid``: answers that named no class; they count as wrong."""

    passed: bool
    macro_f1: Estimate
    pass_at: float
    baseline: Estimate | None
    by_class: tuple[ClassScore, ...]
    regressions: tuple[Regression, ...]
    invalid: int
    eval_sha256: str
    says: str

    @property
    def exit_code(self) -> int:
        """0 where it passed, 3 where it did not."""
        return PASSED if self.passed else REFUSED


def gate(
    model: Model,
    eval_set: EvalSet,
    pass_at: float,
    baseline: Estimate | None = None,
    previous: Model | Sequence[str] | None = None,
    seed: int = 0,
) -> GateResult:
    """Score a model on an evaluation set. It passes from a macro-F1 of ``pass_at`` on, if it is not worse than ``baseline``.

    ``baseline``: macro-F1 of the version before; worse is what lies below its interval. ``previous``: that version, or what it
    said of each row, for the list of regressions. Texts are redacted first, as for any answer. Raises ``LabError`` for a
    ``pass_at`` outside 0-1.
    """
    if not 0 <= pass_at <= 1:
        raise LabError(f"A macro-F1 can't be {pass_at:g}.", "Give a threshold from 0 to 1, such as 0.8.")
    names = tuple(sorted({*model.classes, *eval_set.labels}))
    truth = np.array([names.index(label) for label in eval_set.labels], dtype=np.int64)
    texts, _, _ = redact_texts(eval_set.texts)
    said = _said(model, texts, names)
    figure = macro_f1_with_gaps(truth, said, len(names), seed)
    reasons = _reasons(figure, pass_at, baseline)
    regressions = _regressions(eval_set, texts, names, truth, said, previous)
    invalid = int((said < 0).sum())
    return GateResult(
        passed=not reasons,
        macro_f1=figure,
        pass_at=pass_at,
        baseline=baseline,
        by_class=_by_class(truth, said, names),
        regressions=regressions,
        invalid=invalid,
        eval_sha256=eval_set.sha256,
        says=_says(figure, pass_at, reasons, invalid, len(regressions) if previous is not None else None),
    )


def _said(model: Model, texts: Sequence[str], names: Sequence[str]) -> Ints:
    """Predictions as places in ``names``, -1 for no valid answer."""
    places, _ = model.predict(texts)
    own = np.array([names.index(name) for name in model.classes], dtype=np.int64)
    return np.where(places >= 0, own[places], -1)


def _reasons(figure: Estimate, pass_at: float, baseline: Estimate | None) -> list[str]:
    """Why it does not pass."""
    found = []
    if figure.value < pass_at:
        found.append(f"it lies below the threshold of {pass_at:g}")
    if baseline is not None and figure.value < baseline.low:
        found.append(f"it lies below the interval of the version before ({baseline.low:.3f} to {baseline.high:.3f})")
    return found


def _regressions(
    eval_set: EvalSet, texts: Sequence[str], names: Sequence[str], truth: Ints, said: Ints, previous: Model | Sequence[str] | None
) -> tuple[Regression, ...]:
    if previous is None:
        return ()
    before = _labels(previous, texts)
    if len(before) != len(eval_set):
        raise LabError(f"There are {len(before):,} earlier answers for {len(eval_set):,} rows.", "Use answers to the same set.")
    worse = [at for at in range(len(eval_set)) if before[at] == eval_set.labels[at] and said[at] != truth[at]]
    return tuple(
        Regression(at + 1, texts[at], eval_set.labels[at], names[int(said[at])] if said[at] >= 0 else "") for at in worse
    )


def _labels(previous: Model | Sequence[str], texts: Sequence[str]) -> Sequence[str]:
    if isinstance(previous, Sequence):
        return previous
    places, _ = previous.predict(texts)
    return [previous.classes[place] if place >= 0 else "" for place in places.tolist()]


def _by_class(truth: Ints, said: Ints, names: Sequence[str]) -> tuple[ClassScore, ...]:
    """Figures of each class that occurs as truth or answer."""
    found = []
    for place, name in enumerate(names):
        of_class, called = int((truth == place).sum()), int((said == place).sum())
        hits = int(((truth == place) & (said == place)).sum())
        if of_class + called:
            precision, recall = (hits / n if n else 0.0 for n in (called, of_class))
            found.append(ClassScore(name, precision, recall, 2 * hits / (of_class + called), of_class))
    return tuple(found)


def _says(figure: Estimate, pass_at: float, reasons: list[str], invalid: int, regressions: int | None) -> str:
    shown = f"macro-F1 {figure.value:.3f} (95% interval {figure.low:.3f} to {figure.high:.3f}, n = {figure.n:,})"
    if reasons:
        parts = [f"Not passed: {shown}; {' and '.join(reasons)}."]
    else:
        parts = [f"Passed: {shown}, the threshold is {pass_at:g}."]
        if figure.low < pass_at:
            parts.append("The interval reaches below the threshold: more rows would make it surer.")
    if regressions is not None:
        parts.append(f"{_rows(regressions)} right before and wrong now.")
    if invalid:
        parts.append(f"{_rows(invalid)} without a valid answer, counted as wrong.")
    return " ".join(parts)


def _rows(n: int) -> str:
    return "1 row was" if n == 1 else f"{n:,} rows were" if n else "No row was"
