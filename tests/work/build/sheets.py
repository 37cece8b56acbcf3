"""A charter for tests."""

from __future__ import annotations

from segue.work.build.sheet import Kill, Sheet

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
