"""A whole run over the feedback of a made-up grocery delivery service."""

from __future__ import annotations

import math
from dataclasses import replace

from feedback_lab.card.view import RunView
from feedback_lab.records.figures import Estimate
from feedback_lab.records.findings import (
    Crossing,
    Driver,
    DriversResult,
    EmbedResult,
    Quote,
    SentimentResult,
    Theme,
    ThemesResult,
)
from feedback_lab.records.rows import Roles, Segment
from feedback_lab.records.source import Column, Count, Finding, IngestResult, ProfileResult, RedactResult, Rejection
from tests.card.sample_models import DRIFT, ERRORS, LABEL, SELECT, SLICES

SHA = "9f2c4b7e1a6d3085c7e9b1f24d6a8093e5c1b7f0a2d4968b3c5e7f1029384756"

THEMES = (
    ("Late or missed delivery", 3480, -0.94, "late, delivery, hour, waiting, slot, driver"),
    ("Missing items", 2610, -0.71, "missing, bag, item, order, forgot, left"),
    ("Friendly drivers", 2390, 0.83, "driver, friendly, helpful, polite, carried"),
    ("Substitutions", 2105, -0.48, "substitute, replacement, brand, instead, wrong"),
    ("Easy ordering in the app", 1960, 0.64, "app, easy, order, quick, reorder, basket"),
    ("Fresh fruit and vegetables", 1722, 0.37, "fresh, fruit, vegetables, ripe, salad"),
    ("Bruised or short-dated produce", 1534, -0.66, "bruised, date, mouldy, soft, expired"),
    ("Prices and fees", 1280, -0.31, "price, fee, expensive, minimum, basket"),
    ("Refunds and customer care", 1105, -0.88, "refund, chat, reply, support, credit"),
    ("Login and payment failures", 742, -1.12, "login, card, declined, crash, error"),
    ("Packaging and bags", 566, -0.09, "plastic, bags, packaging, paper, boxes"),
    ("Vouchers and points", 371, 0.12, "voucher, code, points, discount"),
)
ROWS = 19_880
QUOTES = (
    "Slot was 6 to 7, the driver came at 8.40 and I had to cancel dinner. Nobody told me, I found out by calling [PHONE].",
    "Third time in a month that something is missing, and each time I have to send pictures to get my money back.",
    "Always a smile, even in the rain. Please thank [NAME] for carrying everything up four floors.",
)


def estimate(value: float, half: float, n: int) -> Estimate:
    return Estimate(value, value - half, value + half, n)


def theme(place: int, parent: int = -1) -> Theme:
    name, rows, _, words = THEMES[place]
    quotes = tuple(Quote(100 * place + 7 * i + 12, QUOTES[(place + i) % 3]) for i in range(3))
    return Theme(place, parent, name, tuple(words.split(", ")), rows, rows / ROWS, quotes, 0.61 - place / 100)


def fine(place: int, half: int) -> Theme:
    broad = theme(place)
    name = f"{broad.name}: {('evening slots', 'weekends')[half]}"
    rows = broad.rows * (6 - half) // 11
    return replace(
        broad, id=100 + 2 * place + half, parent=place, name=name, rows=rows, share=rows / ROWS, keywords=broad.keywords[:3]
    )


INGEST = IngestResult(
    name="larder-survey-2026.csv",
    sha256=SHA,
    size_bytes=6_214_880,
    format="csv",
    encoding="utf-8",
    delimiter=",",
    columns=(
        Column("comment", 0.994, 18_702, "text", "text", "The longest texts, 21 words in the middle"),
        Column("stars", 0.971, 5, "number", "rating", "Whole numbers from 1 to 5"),
        Column("ordered_at", 1.0, 18_950, "date", "time", "All values are dates"),
        Column("age", 0.842, 68, "number", "segment", "Asked for; cut at 25, 35, 50 and 65"),
        Column("order_id", 1.0, 20_000, "identifier", "", "A different value in each row"),
    ),
    roles=Roles("comment", "ordered_at", "stars", None, (Segment("age", (25, 35, 50, 65)),)),
    rows=20_000,
    kept=ROWS,
    rejected=(
        Rejection(118, "The text is empty", 121),
        Rejection(4_402, "More cells than the header has columns", 4_431),
        Rejection(9_977, "The text is empty", None),
    ),
    rejected_by_reason={"The text is empty": 103, "More cells than the header has columns": 17},
    warnings=("Dates come in two formats; 12 May and 5 December can't be told apart in 214 rows.",),
)

PROFILE = ProfileResult(
    rows=ROWS,
    sampled=5_000,
    empty_texts=0,
    duplicates=412,
    near_duplicates=61,
    languages=(Count("en", 4_790), Count("de", 122), Count("pl", 88)),
    words={"min": 1.0, "p10": 5.0, "median": 21.0, "p90": 58.0, "max": 640.0},
    words_histogram=tuple(
        Count(name, rows)
        for name, rows in zip(
            ("1-5", "6-10", "11-20", "21-40", "41-80", "81-160", "161+"),
            (2_004, 3_310, 4_590, 5_720, 3_120, 941, 195),
            strict=True,
        )
    ),
    first_on="2026-01-02",
    last_on="2026-12-30",
    by_month=tuple(Count(f"2026-{m:02}", 1_500 + 61 * m - (m % 4) * 87) for m in range(1, 13)),
    ratings=(Count("5", 7_933), Count("4", 3_608), Count("1", 3_355), Count("3", 2_316), Count("2", 2_091)),
    labels=(),
    segments={
        "age": (Count("25-34", 5_210), Count("35-49", 6_031), Count("50-64", 3_388), Count("<25", 1_512), Count("65+", 608))
    },
    missing={"stars": 577, "age": 3_131},
    findings=(
        Finding(
            "The same text again",
            "warning",
            412,
            "412 rows repeat the text of an earlier row, mostly “ok” and “good”.",
            "Keep them when you count, drop them when you read.",
            (17, 90),
        ),
        Finding("Ages are missing", "info", 3_131, "16% of the rows have no age.", "Read the age groups with care.", ()),
    ),
    by_hand=tuple(range(1, 101)),
)

REDACT = RedactResult(
    rows=ROWS,
    rows_changed=642,
    found={"NAME": 301, "PHONE": 158, "EMAIL": 121, "ADDRESS": 64, "CARD": 9},
    not_caught=(
        "Names are found only where the words around them say so, as in “my name is”. A name in the middle of a sentence stays.",
        "Dates of birth, ages, employers and health are not looked for.",
    ),
)

EMBED = EmbedResult(
    "adapted", "97% of a sample is English, which the teacher knows.", 384, 2_000, 0.871, 0.958, ("en", "de", "pl")
)

THEMES_RESULT = ThemesResult(
    broad=tuple(theme(i) for i in range(12)),
    fine=tuple(fine(i, half) for i in range(4) for half in range(2)),
    chosen_by="data",
    reason="12 themes: more would split texts that say the same, fewer would join late with missing.",
    rows=ROWS,
    unassigned=0.0008,
    stability=0.78,
    edits=("Theme 4 renamed to “Easy ordering in the app”",),
)

SENTIMENT = SentimentResult(
    method="VADER word list",
    rows=10_000,
    shares={
        "negative": estimate(0.236, 0.0083, 10_000),
        "neutral": estimate(0.147, 0.0069, 10_000),
        "positive": estimate(0.617, 0.0095, 10_000),
    },
    against_ratings=estimate(0.448, 0.011, 9_710),
    majority=estimate(0.249, 0.003, 9_710),
    says="The word list calls far more rows positive than their ratings do. Use the trained model for tone.",
)


def driver(place: int) -> Driver:
    name, rows, difference, _ = THEMES[place]
    half = 3.2 / math.sqrt(rows)
    return Driver(
        place,
        name,
        rows,
        estimate(3.53 + difference, half, rows),
        estimate(difference, half * 1.05, rows),
        difference * rows / ROWS,
        abs(difference) > half * 1.05,
    )


DRIVERS = DriversResult(
    overall=estimate(3.53, 0.021, 19_303),
    by_rating=tuple(driver(i) for i in range(12)),
    by_segment={
        "age": (
            Crossing(9, THEMES[9][0], "65+", estimate(0.094, 0.023, 608), estimate(2.61, 0.66, 608), True),
            Crossing(4, THEMES[4][0], "<25", estimate(0.141, 0.0176, 1_512), estimate(1.48, 0.19, 1_512), True),
            Crossing(7, THEMES[7][0], "50-64", estimate(0.066, 0.0084, 3_388), estimate(1.03, 0.14, 3_388), False),
        )
    },
    by_time=(
        Crossing(0, THEMES[0][0], "2026-12", estimate(0.253, 0.019, 2_032), estimate(1.51, 0.12, 2_032), True),
        Crossing(6, THEMES[6][0], "2026-07", estimate(0.118, 0.016, 1_666), estimate(1.59, 0.23, 1_666), True),
    ),
    period="month",
    says=("Late or missed delivery weighs most on the mean rating, because it is both frequent and low.",),
)

FULL = RunView(
    title="What Larder's customers wrote in 2026",
    question="Which complaints cost us the most stars, and can a model sort new comments well enough to route them?",
    made_on="2027-03-05",
    version="0.1.0",
    seed=20_270,
    source_sha256=SHA,
    config={
        "themes": {"broad": "auto", "limit": 50},
        "select": {"test_share": 0.2, "folds": 5},
        "engine": "serial",
        "segments": ["age"],
    },
    ingest=INGEST,
    redact=REDACT,
    profile=PROFILE,
    embed=EMBED,
    themes=THEMES_RESULT,
    sentiment=SENTIMENT,
    label=LABEL,
    select=SELECT,
    errors=ERRORS,
    slices=SLICES,
    drivers=DRIVERS,
    drift=DRIFT,
    hashes={"metrics.json": SHA[::-1], "predictions.parquet": SHA[8:] + SHA[:8]},
)
