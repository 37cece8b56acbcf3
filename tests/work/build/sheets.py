"""A charter, a decision and the figures of a run for tests."""

from __future__ import annotations

from datetime import date

from segue.work.build.sheet import Kill, Sheet
from segue.work.lab.figures import RunFigure, RunFigures

WORDS = "It is the question that the team for returns has asked since the spring, and nobody has read more than ten comments. "
SHEET = Sheet(
    title="Why clothes come back",
    problem="Which complaints make customers send clothes back? " + WORDS * 4,
    user="The returns team",
    decision="Which of two mends to the size chart comes first. " + WORDS * 4,
    feedback="Reviews of the shop, 2,000 rows of last year.",
    owner="Anna, customer care",
    permission="written",
    data_kind="real",
    sources=1,
    languages=1,
    classes=5,
    labels=200,
    double=50,
    seconds=25,
    other_hours=14,
    live=False,
    sensitive=False,
    inside=("Reviews with a text", "The size of the garment"),
    outside=("A live dashboard", "Predicting stars", "Other languages"),
    baseline="A list of ten words about size. " + WORDS * 2,
    success="Macro-F1 of 0.6 or more.",
    error_costs="A false alarm costs a minute, a miss a return.",
    kills=(Kill("2026-12-18", "no permission, so public data"), Kill("2027-01-08", "below the word list, so stop")),
)
TYPED = {
    **{name: str(value) for name, value in vars(SHEET).items() if type(value) in (str, int, float)},
    "inside": "\n".join(SHEET.inside),
    "outside": "- A live dashboard\n* Predicting stars\n\n Other languages",
    "kills": "2026-12-18: no permission, so public data\n2027-01-08 below the word list, so stop",
}

TOLD = {
    "title": "Which classes",
    "choice": "Five classes, with the returns team.",
    "way": "change",
    "options": ["Eight classes: two had nine rows", "Stars only: they say nothing about size"],
    "why": "Two labellers could not tell eight apart.",
    "expects": "Kappa of 0.6 or more on fifty rows.",
    "made_on": date(2026, 11, 23),
    "revisit_on": date(2026, 12, 21),
}
RUN = RunFigures(
    analysis=1,
    version=2,
    file_name="acme_reviews.csv",
    made_on=date(2026, 11, 20),
    manifest_sha256="0123456789abcdef" * 4,
    target="topic",
    model="linear",
    figures=(
        RunFigure("rows", "Rows with a text", "2,000", 2000.0, "results/ingest.json, kept"),
        RunFigure("model", "The recommended way", "“linear”", None, "results/select.json, recommended"),
        RunFigure("target", "What it learns to say", "“topic”", None, "results/select.json, target.column"),
        RunFigure("score", "Macro-F1", "0.65 (0.63 to 0.67)", 0.6512, "results/select.json, candidates[2].macro_f1"),
        RunFigure("baseline", "Commonest class", "0.12 (0.11 to 0.13)", 0.12, "results/select.json, candidates[0].macro_f1"),
        RunFigure("test_rows", "Rows it was tested on", "400", 400.0, "results/select.json, n_test"),
        RunFigure("unassigned", "Rows without a theme", "18.2%", 0.182, "results/themes.json, unassigned"),
    ),
)
