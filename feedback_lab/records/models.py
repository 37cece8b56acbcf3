"""Models: how they compare, where they fail, whom they fail, and what happens later."""

from __future__ import annotations

from dataclasses import dataclass

from feedback_lab.records.figures import Estimate
from feedback_lab.records.rows import Floats, Ints


@dataclass(frozen=True)
class Target:
    """What is predicted: a label column as it is, or a rating folded into negative, neutral and positive.

    ``cuts``: a rating below the first is negative, above the second positive, from one to the other neutral. ``says``: how
    ratings were folded, in a sentence.
    """

    kind: str  # label or rating
    column: str
    classes: tuple[str, ...]
    cuts: tuple[float, float] | None = None
    says: str = ""


@dataclass(frozen=True)
class ClassScore:
    """Precision, recall and F1 (0-1) of one class on the test rows."""

    name: str
    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True)
class Candidate:
    """One way to predict the target, scored on the same test rows as the others."""

    name: str  # majority, lexicon, words, characters..., as select names them
    says: str  # what it is, in a sentence
    macro_f1: Estimate
    accuracy: Estimate
    folds: tuple[float, ...]  # macro-F1 of each fold of the training rows
    classes: tuple[ClassScore, ...]


@dataclass(frozen=True)
class CandidateCost:
    """What a candidate costs on this machine: measured, so it differs from run to run and is kept apart from the metrics."""

    name: str
    fit_seconds: float
    milliseconds_per_1000: float
    size_bytes: int


@dataclass(frozen=True)
class CurvePoint:
    """Macro-F1 on the test rows when trained on ``n`` rows."""

    n: int
    macro_f1: Estimate


@dataclass(frozen=True)
class Forecast:
    """What ``extra`` more labelled rows would bring, by a power law through the learning curve. No ``gain`` where none fits."""

    extra: int
    gain: float | None
    says: str


@dataclass(frozen=True)
class SelectResult:
    """Candidates on one split, the recommended one, and the learning curve. ``costs`` are measurements, not metrics."""

    target: Target
    n_train: int
    n_test: int
    candidates: tuple[Candidate, ...]
    recommended: str
    reason: str
    curve: tuple[CurvePoint, ...]
    forecast: Forecast | None
    dropped_classes: tuple[str, ...]  # too few rows to learn or to test
    costs: tuple[CandidateCost, ...] = ()


@dataclass(frozen=True)
class Predictions:
    """What a model said of the test rows.

    ``truth``, ``predicted``: int (n,), places in ``classes``; ``scores``: (n, classes), sum 1.
    """

    number: Ints
    classes: tuple[str, ...]
    truth: Ints
    predicted: Ints
    scores: Floats


@dataclass(frozen=True)
class Mistake:
    """One wrong prediction to read. ``tag`` is a first guess from the taxonomy, for a person to correct."""

    row: int
    text: str
    truth: str
    predicted: str
    confidence: float
    tag: str


@dataclass(frozen=True)
class CalibrationBin:
    """Rows whose confidence lies in (low, high]: how sure the model was, how often it was right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: Estimate


@dataclass(frozen=True)
class ThresholdPoint:
    """Say ``positive`` from this score on: counts and cost."""

    threshold: float
    false_positives: int
    false_negatives: int
    precision: float | None
    recall: float
    cost: float


@dataclass(frozen=True)
class ThresholdChoice:
    """For one class against the rest: the cost curve, the cheapest threshold, and the cost at 0.5."""

    positive: str
    cost_false_positive: float
    cost_false_negative: float
    points: tuple[ThresholdPoint, ...]
    best: ThresholdPoint
    at_half: ThresholdPoint
    says: str


@dataclass(frozen=True)
class ErrorsResult:
    """What the recommended model gets wrong on the test rows. ``matrix[i][j]``: rows of class i that were called j."""

    classes: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]
    worst_pairs: tuple[tuple[str, str, int], ...]  # truth, predicted, rows
    mistakes: tuple[Mistake, ...]
    taxonomy: dict[str, str]  # tag -> what it means
    calibration: tuple[CalibrationBin, ...]
    calibration_error: Estimate  # expected calibration error, 0-1
    threshold: ThresholdChoice | None


@dataclass(frozen=True)
class SliceScore:
    """Metric of one group. ``gap`` is the group's minus that of all other rows, with interval."""

    group: str
    n: int
    metric: Estimate
    gap: Estimate
    established: bool  # the gap's interval, corrected for many looks, leaves out 0
    selection_rate: Estimate | None = None  # share called positive; selection tasks only


@dataclass(frozen=True)
class Slice:
    """A segment column: its groups, and the largest distance between two of them with interval."""

    column: str
    metric: str
    groups: tuple[SliceScore, ...]
    disparity: Estimate | None
    four_fifths: Estimate | None  # lowest selection rate / highest; only where the task selects people
    says: str


@dataclass(frozen=True)
class SlicesResult:
    """The recommended model by segment. Groups below ``min_n`` rows are shown, and not judged."""

    slices: tuple[Slice, ...]
    min_n: int
    positive: str | None  # the class that counts as being selected; None: not a selection task


@dataclass(frozen=True)
class InputShift:
    """How far a feature of the new rows lies from the reference. PSI: below 0.1 little, 0.1-0.25 some, above 0.25 much.

    ``by_chance``: what rows of the same source exceed in one of 1,000 comparisons; with few rows it is large.
    """

    feature: str
    psi: float
    reference_n: int
    new_n: int
    by_chance: float | None = None


@dataclass(frozen=True)
class DriftResult:
    """New rows against reference rows: inputs, predictions, metric where labels are known, and what to do about it."""

    reference_n: int
    new_n: int
    split_by: str  # time, order or file
    inputs: tuple[InputShift, ...]
    auc: Estimate | None  # of a classifier that tells new from reference by their vectors; 0.5 is no difference
    predictions_psi: float | None
    champion_reference: Estimate | None  # macro-F1 on the reference's own test rows
    champion_new: Estimate | None  # on the newest rows
    challenger_new: Estimate | None  # retrained with new rows, scored on the same newest rows
    difference: Estimate | None  # challenger minus champion, paired
    fired: tuple[str, ...]  # triggers that were met
    recommendation: str  # hold, watch, retrain
    reason: str


@dataclass(frozen=True)
class QueueItem:
    """A text to label next, and why it was chosen."""

    row: int
    theme: int
    text: str
    reason: str


@dataclass(frozen=True)
class Agreement:
    """Two labellers on the same rows: Cohen's kappa with interval, observed agreement, where they disagree most."""

    n: int
    kappa: Estimate
    observed: float
    disagreements: tuple[tuple[str, str, int], ...]
    says: str


@dataclass(frozen=True)
class LabelResult:
    """What to label next, how well labellers agree, and the gold set where there is one."""

    queue: tuple[QueueItem, ...]
    guide: str
    labelled: int
    agreement: Agreement | None
    gold_sha256: str | None
    says: str
