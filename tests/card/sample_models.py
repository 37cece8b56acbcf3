"""The models of the made-up run: labels, comparison, mistakes, groups, drift."""

from __future__ import annotations

from feedback_lab.records.figures import Estimate
from feedback_lab.records.models import (
    Agreement,
    CalibrationBin,
    Candidate,
    CandidateCost,
    ClassScore,
    CurvePoint,
    DriftResult,
    ErrorsResult,
    Forecast,
    InputShift,
    LabelResult,
    Mistake,
    QueueItem,
    SelectResult,
    Slice,
    SliceScore,
    SlicesResult,
    Target,
    ThresholdChoice,
    ThresholdPoint,
)

CLASSES = ("negative", "neutral", "positive")


def estimate(value: float, half: float, n: int) -> Estimate:
    return Estimate(value, value - half, value + half, n)


SCORES = (
    ClassScore("negative", 0.774, 0.801, 0.787, 1_089),
    ClassScore("neutral", 0.381, 0.319, 0.347, 463),
    ClassScore("positive", 0.888, 0.903, 0.895, 2_308),
)


def candidate(name: str, says: str, f1: float, accuracy: float) -> Candidate:
    folds = tuple(round(f1 + step, 3) for step in (-0.014, 0.006, 0.011, -0.004, 0.002))
    return Candidate(name, says, estimate(f1, 0.017, 3_860), estimate(accuracy, 0.0127, 3_860), folds, SCORES)


SELECT = SelectResult(
    target=Target("rating", "stars", CLASSES, (3.0, 3.0), "1 and 2 stars are negative, 3 neutral, 4 and 5 positive."),
    n_train=15_443,
    n_test=3_860,
    candidates=(
        candidate("majority", "Always says the most frequent class", 0.249, 0.598),
        candidate("lexicon", "VADER's word list, cut where the training rows say", 0.446, 0.640),
        candidate("words", "TF-IDF of words and word pairs, logistic regression", 0.676, 0.804),
        candidate("embedding", "Adapted embeddings, logistic regression", 0.681, 0.799),
    ),
    recommended="words",
    reason="It lies within the interval of the best (embedding), and it is simpler, smaller and faster.",
    curve=tuple(
        CurvePoint(n, estimate(f1, half, 3_860))
        for n, f1, half in (
            (200, 0.471, 0.031),
            (500, 0.548, 0.026),
            (1_000, 0.592, 0.022),
            (4_000, 0.643, 0.019),
            (15_443, 0.676, 0.017),
        )
    ),
    forecast=Forecast(
        10_000, 0.009, "10,000 more labelled rows would bring about 0.009, which is less than the interval is wide."
    ),
    dropped_classes=(),
    costs=(
        CandidateCost("majority", 0.003, 0.04, 210),
        CandidateCost("lexicon", 0.84, 61.2, 426_000),
        CandidateCost("words", 2.71, 14.8, 3_912_000),
        CandidateCost("embedding", 9.44, 38.9, 8_204_000),
    ),
)

MISTAKES = tuple(
    Mistake(200 + 31 * i, text, truth, said, confidence, tag)
    for i, (text, truth, said, confidence, tag) in enumerate(
        (
            ("Great, another empty shelf. Loved waiting two hours for nothing.", "negative", "positive", 0.91, "irony"),
            (
                "Food was good but the driver left it in the rain and nobody answered at [PHONE].",
                "negative",
                "positive",
                0.77,
                "two opinions",
            ),
            ("It is ok.", "neutral", "positive", 0.64, "too short"),
            ("Can't complain.", "positive", "negative", 0.72, "negation"),
            ("Better than last month, still not what it was.", "neutral", "negative", 0.58, "comparison"),
        )
        * 3
    )
)

POINTS = tuple(
    ThresholdPoint(
        t / 40, 760 - 18 * t, 20 + t * t // 4, 0.55 + t / 100, 1 - t * t / 4 / 1_200, (760 - 18 * t) + 4 * (20 + t * t / 4)
    )
    for t in range(1, 40)
)

ERRORS = ErrorsResult(
    classes=CLASSES,
    matrix=((872, 118, 99), (152, 148, 163), (103, 122, 2_083)),
    worst_pairs=(("neutral", "positive", 163), ("neutral", "negative", 152), ("positive", "neutral", 122)),
    mistakes=MISTAKES,
    taxonomy={
        "irony": "Words say the opposite of what is meant",
        "two opinions": "Praise and complaint in one text",
        "too short": "Fewer than four words",
        "negation": "A not, never or can't turns the meaning",
        "comparison": "Measured against something else",
    },
    calibration=(
        *(
            CalibrationBin(low / 10, low / 10 + 0.1, n, low / 10 + 0.054, estimate(right, half, n))
            for low, n, right, half in (
                (4, 96, 0.437, 0.099),
                (5, 412, 0.539, 0.048),
                (6, 488, 0.598, 0.043),
                (7, 601, 0.709, 0.036),
            )
        ),
        CalibrationBin(0.8, 0.9, 794, 0.853, estimate(0.812, 0.027, 794)),
        CalibrationBin(0.9, 1.0, 1_469, 0.967, estimate(0.948, 0.011, 1_469)),
    ),
    calibration_error=estimate(0.0287, 0.0089, 3_860),
    threshold=ThresholdChoice(
        "negative",
        1.0,
        4.0,
        POINTS,
        POINTS[8],
        POINTS[19],
        "Calling a comment negative from a score of 0.23 on costs least: half of what 0.50 costs.",
    ),
)

SLICES = SlicesResult(
    slices=(
        Slice(
            "age",
            "macro_f1",
            (
                SliceScore("<25", 294, estimate(0.661, 0.062, 294), estimate(-0.016, 0.071, 294), False),
                SliceScore("25-34", 1_012, estimate(0.688, 0.033, 1_012), estimate(0.016, 0.041, 1_012), False),
                SliceScore("35-49", 1_171, estimate(0.693, 0.031, 1_171), estimate(0.024, 0.038, 1_171), False),
                SliceScore("50-64", 658, estimate(0.672, 0.042, 658), estimate(-0.005, 0.049, 658), False),
                SliceScore("65+", 118, estimate(0.547, 0.094, 118), estimate(-0.133, 0.118, 118), True),
                SliceScore("not given", 24, estimate(0.602, 0.214, 24), estimate(-0.075, 0.221, 24), False),
            ),
            estimate(0.146, 0.121, 1_289),
            None,
            "Comments of people aged 65 and over are sorted less well; the other groups can't be told apart.",
        ),
    ),
    min_n=50,
    positive=None,
)

DRIFT = DriftResult(
    reference_n=15_900,
    new_n=3_980,
    split_by="time",
    inputs=(
        InputShift("theme", 0.131, 15_900, 3_980, 0.011),
        InputShift("words in the text", 0.024, 15_900, 3_980),
        InputShift("language", 0.009, 15_900, 3_980, 0.012),
    ),
    auc=estimate(0.572, 0.018, 3_980),
    predictions_psi=0.047,
    champion_reference=estimate(0.684, 0.019, 3_088),
    champion_new=estimate(0.653, 0.037, 772),
    challenger_new=estimate(0.659, 0.036, 772),
    difference=estimate(0.006, 0.015, 772),
    fired=("PSI of theme: 0.13, limit 0.1",),
    recommendation="watch",
    reason="Themes have moved with the season, but the model does as well as a retrained one on the newest rows.",
)

LABEL = LabelResult(
    queue=tuple(
        QueueItem(900 + i, i % 12, "Driver was fine, app was not.", "The model is undecided between two classes")
        for i in range(24)
    ),
    guide="# Guide",
    labelled=400,
    agreement=Agreement(
        200,
        estimate(0.71, 0.082, 200),
        0.835,
        (("neutral", "positive", 14), ("neutral", "negative", 11)),
        "Good enough to train on; settle what neutral means.",
    ),
    gold_sha256="ab" * 32,
    says="Two people labelled 200 rows and agree well, but for what is neutral.",
)
