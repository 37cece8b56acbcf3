"""Runs at the edge: nothing done, one theme, 77 classes, words that want to break out, long names, no intervals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from feedback_lab.card.view import DONE_BY, RunView
from feedback_lab.records.figures import Estimate
from feedback_lab.records.findings import DriversResult, Quote, SentimentResult, ThemesResult
from feedback_lab.records.models import ClassScore
from feedback_lab.records.source import Column, Count, Finding
from tests.card.sample import DRIVERS, FULL, INGEST, PROFILE, THEMES_RESULT
from tests.card.sample_models import DRIFT, ERRORS, SELECT, SLICES

NAN = float("nan")
UNKNOWN = Estimate(NAN, NAN, NAN, 0)

NOTHING = RunView(
    "An empty run",
    "",
    "2027-03-05",
    "0.1.0",
    0,
    "0" * 64,
    {},
    skipped=dict.fromkeys(DONE_BY, "The file has 3 rows; at least 50 are needed."),
)

ONE_THEME = replace(
    NOTHING,
    title="One theme",
    themes=replace(
        THEMES_RESULT, broad=(replace(THEMES_RESULT.broad[0], rows=60, share=1.0),), fine=(), rows=60, unassigned=0.0, edits=()
    ),
    skipped={step: "There are only 60 rows." for step in DONE_BY if step != "themes"},
)

NAMES_77 = tuple(f"intent_{i:02}_with_a_rather_long_name" for i in range(77))
MATRIX_77 = tuple(
    tuple(40 - i % 9 if i == j else (i * 7 + j * 3) % 11 if (i + j) % 13 == 0 else 0 for j in range(77)) for i in range(77)
)
SCORES_77 = tuple(ClassScore(name, 0.5 + i / 200, 0.45 + i / 200, 0.47 + i / 200, 40) for i, name in enumerate(NAMES_77))
CLASSES_77 = replace(
    FULL,
    select=replace(
        SELECT,
        target=replace(SELECT.target, kind="label", column="intent", classes=NAMES_77),
        candidates=tuple(replace(c, classes=SCORES_77) for c in SELECT.candidates),
        dropped_classes=tuple(f"rare_{i}" for i in range(15)),
    ),
    errors=replace(
        ERRORS, classes=NAMES_77, matrix=MATRIX_77, worst_pairs=((NAMES_77[0], NAMES_77[13], 10), (NAMES_77[2], NAMES_77[11], 9))
    ),
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'; </style><script>alert(3)</script>",
    "</title></svg><iframe src=https://example.org></iframe>",
    "| pipe | ** bold ** [link](https://example.org) `code` # head",
    "שירות מצוין \u202eabc",
    "خدمة سيئة جدا والتوصيل متأخر",
    "Q" * 3_000,
    "🍅🥦👩‍👩‍👧‍👦" * 40,
    "nul \x00 bell \x07 half \ud800 done",
    "<!-- --> ]]> &lt;b&gt; &#x3c;",
    "第一次配送就迟到了两个小时客服也没有人回答" * 4,
)


def hostile() -> RunView:
    """The whole run with hostile words wherever somebody else's words can stand."""
    words = HOSTILE
    return replace(
        FULL,
        title=words[0],
        question=words[3],
        version=words[1],
        source_sha256=words[0],
        config={words[0]: {words[1]: words[2]}, "list": list(words[:7])},
        hashes={words[0]: words[1]},
        ingest=replace(
            INGEST,
            name=words[2],
            columns=tuple(Column(word, 0.5, 3, "text", "segment", word) for word in words),
            rejected_by_reason={words[0]: 120},
            warnings=words,
        ),
        profile=replace(
            PROFILE,
            ratings=tuple(Count(word, 10 + i) for i, word in enumerate(words)),
            segments={words[1]: tuple(Count(word, 3) for word in words)},
            missing=dict.fromkeys(words, 7),
            findings=tuple(Finding(word, "stop", 3, word, word) for word in words),
        ),
        themes=_hostile_themes(),
        sentiment=SentimentResult(words[0], 10, dict.fromkeys(words[:7], Estimate(0.1, 0.0, 0.2, 10)), None, None, words[0]),
        drivers=_hostile_drivers(),
        drift=replace(DRIFT, fired=words, reason=words[0], split_by=words[1], recommendation=words[0]),
        **_hostile_models(),
    )


def _hostile_themes() -> ThemesResult:
    words = HOSTILE
    broad = tuple(
        replace(t, name=words[i % 12], keywords=words[:4], quotes=tuple(Quote(i + 1, text) for text in words[i % 9 : i % 9 + 3]))
        for i, t in enumerate(THEMES_RESULT.broad)
    )
    fine = tuple(replace(t, name=words[i % 12], keywords=words[2:6]) for i, t in enumerate(THEMES_RESULT.fine))
    return replace(THEMES_RESULT, broad=broad, fine=fine, reason=words[0], edits=words)


def _hostile_drivers() -> DriversResult:
    words = HOSTILE
    return replace(
        DRIVERS,
        by_rating=tuple(replace(d, theme_name=words[i % 12]) for i, d in enumerate(DRIVERS.by_rating)),
        by_segment={words[0]: tuple(replace(c, theme_name=words[1], group=words[2]) for c in DRIVERS.by_segment["age"])},
        says=words,
    )


def _hostile_models() -> dict[str, Any]:
    words = HOSTILE
    mistakes = tuple(
        replace(m, text=words[i % 12], truth=words[i % 3], predicted=words[(i + 1) % 3], tag=words[i % 12])
        for i, m in enumerate(ERRORS.mistakes)
    )
    piece = SLICES.slices[0]
    groups = tuple(replace(score, group=words[(2 * i) % 12]) for i, score in enumerate(piece.groups))
    return {
        "select": replace(
            SELECT,
            target=replace(SELECT.target, column=words[0], classes=words[:3], says=words[4]),
            candidates=tuple(replace(c, name=words[i], says=words[i + 1]) for i, c in enumerate(SELECT.candidates)),
            recommended=words[2],
            reason=words[5],
            dropped_classes=words,
        ),
        "errors": replace(
            ERRORS,
            classes=words[:3],
            mistakes=mistakes,
            worst_pairs=((words[0], words[1], 163),),
            taxonomy={word: word for word in words},
        ),
        "slices": replace(SLICES, slices=(replace(piece, column=words[6], groups=groups, says=words[1]),)),
    }


def no_intervals() -> RunView:
    """Figures and intervals that are not known."""
    return replace(
        FULL,
        drivers=replace(
            DRIVERS,
            overall=UNKNOWN,
            by_rating=tuple(
                replace(d, mean=UNKNOWN, difference=UNKNOWN, impact=NAN, established=False) for d in DRIVERS.by_rating
            ),
        ),
        select=replace(
            SELECT,
            candidates=tuple(
                replace(c, macro_f1=replace(c.macro_f1, low=NAN, high=NAN), accuracy=UNKNOWN, folds=()) for c in SELECT.candidates
            ),
            curve=SELECT.curve[:1],
            forecast=None,
            costs=(),
        ),
        errors=replace(ERRORS, calibration=(), calibration_error=UNKNOWN, threshold=None, mistakes=(), worst_pairs=()),
        slices=replace(SLICES, slices=(replace(SLICES.slices[0], disparity=UNKNOWN, groups=SLICES.slices[0].groups[:1]),)),
        drift=replace(
            DRIFT, inputs=(), auc=None, champion_reference=None, champion_new=None, challenger_new=None, difference=None, fired=()
        ),
    )


VARIANTS = {
    "full": FULL,
    "nothing": NOTHING,
    "one theme": ONE_THEME,
    "77 classes": CLASSES_77,
    "hostile": hostile(),
    "no intervals": no_intervals(),
}
