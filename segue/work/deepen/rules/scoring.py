"""The ML test score: points by part, the lowest part, and what would lift it most cheaply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from segue.work.deepen.findings import Finding, Level, Outcome, Setting
from segue.work.deepen.outline import Answers, Row
from segue.work.deepen.rules.remarks import counted, figure, is_something, joined

PARTS = ("data", "model", "infrastructure", "monitoring")
TESTS_A_PART, TARGET, NEXT = 7, 1.0, 3
POINTS = {"0.5": 0.5, "1": 1.0}
# The upper end of each band, and what the paper says of it, in our words.
BANDS = (
    (0.0, "a study project, not something to rely on"),
    (1.0, "tested in places, with holes that may be serious"),
    (2.0, "a first pass; more would be worth it"),
    (3.0, "fairly well tested"),
    (5.0, "strongly tested and watched"),
    (float("inf"), "exceptional"),
)
CERTAINTY = "The bands are the paper’s, told from what is well known of it; take them as a rule of thumb."
# What costs a small project least comes first: what the Lab has done already, then an evening, then what needs a product in use.
CHEAPEST = {
    "data": ("d1", "d5", "d4", "d2", "d7", "d3", "d6"),
    "model": ("m5", "m6", "m1", "m3", "m4", "m7", "m2"),
    "infrastructure": ("i1", "i4", "i5", "i3", "i7", "i2", "i6"),
    "monitoring": ("w4", "w3", "w5", "w6", "w7", "w2", "w1"),
}


@dataclass(frozen=True)
class Score:
    """Points of each part. Only what has a proof counts. ``tests``: those that bring a point or half of one."""

    sums: Mapping[str, float]
    tests: int

    @property
    def lowest(self) -> float:
        """The score: a chain is as strong as its weakest link."""
        return min(self.sums.values())

    @property
    def binding(self) -> tuple[str, ...]:
        """The parts that hold it down."""
        return tuple(part for part, points in self.sums.items() if points == self.lowest)


def points_of(row: Row) -> float:
    """Points of a test: none where no proof is named."""
    return POINTS.get(row["points"], 0.0) if is_something(row["proof"]) else 0.0


def score_of(answers: Answers) -> Score:
    """The points by part."""
    rows = {part: answers.rows(part) for part in PARTS}
    sums = {part: sum(map(points_of, each)) for part, each in rows.items()}
    return Score(sums, sum(points_of(row) > 0 for each in rows.values() for row in each))


def band_of(points: float) -> str:
    """What a score says."""
    return next(says for upto, says in BANDS if points <= upto)


def ml_test_score(answers: Answers, setting: Setting) -> Outcome:
    """The lowest of four sums, with the part that binds and what would lift it."""
    del setting
    found = score_of(answers)
    headings = {part: answers.outline.by_id[part].heading for part in PARTS}
    sums = ", ".join(f"{headings[part]} {figure(points)}" for part, points in found.sums.items())
    lines = (
        f"Score {figure(found.lowest)}: {band_of(found.lowest)}.",
        f"By part, of {TESTS_A_PART} each: {sums}.",
        f"{found.tests} of {len(PARTS) * TESTS_A_PART} tests are in place. {CERTAINTY}",
    )
    facts: dict[str, float | str] = {"score": found.lowest, "tests": found.tests}
    return Outcome(lines, (*_binding(answers, found, headings), *_unproven(answers), *_unsaid(answers)), facts)


def _binding(answers: Answers, found: Score, headings: Mapping[str, str]) -> Iterator[Finding]:
    named = joined(headings[part] for part in found.binding)
    short_of = found.lowest < TARGET
    if short_of:
        says = f"{named} hold{'s' if len(found.binding) == 1 else ''} the score down. Aim at 1 in each part before a release."
        yield Finding(Level.GAP, says, found.binding[0])
    for part in found.binding:
        cheap = _cheapest(answers, part)
        if cheap:
            yield Finding(Level.NOTE, f"{headings[part]}, cheapest next: {'; '.join(cheap)}.", part)


def _cheapest(answers: Answers, part: str) -> list[str]:
    """Tests that are not there yet, or are done by hand and could run by themselves."""
    labels = {item.id: item.label for item in answers.outline.by_id[part].items}
    rows = {row.id: row for row in answers.rows(part)}
    ordered = [rows[name] for name in CHEAPEST[part]]
    absent = [f"{labels[row.id]} (+0.5 by hand)" for row in ordered if points_of(row) == 0]
    by_hand = [f"{labels[row.id]} (+0.5 once it runs by itself)" for row in ordered if points_of(row) == POINTS["0.5"]]
    return (absent + by_hand)[:NEXT]


def _unproven(answers: Answers) -> Iterator[Finding]:
    for part in PARTS:
        labels = {item.id: item.label for item in answers.outline.by_id[part].items}
        bare = [labels[row.id] for row in answers.rows(part) if row["points"] in POINTS and not is_something(row["proof"])]
        if bare:
            yield Finding(Level.GAP, f"No proof is named, so it counts nothing: {'; '.join(bare)}.", part)


def _unsaid(answers: Answers) -> Iterator[Finding]:
    for part in PARTS:
        blank = sum(not row["points"] for row in answers.rows(part))
        if blank:
            yield Finding(Level.NOTE, f"{counted(blank, 'test')} not judged yet; each counts as 0.", part)
