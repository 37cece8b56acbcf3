"""Measures of fairness: what they ask for, why they cannot all hold at once, and the four-fifths rule for selections."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

SAME = 0.0005  # shares that differ by less look the same when printed as 34.3%
Z = 1.959963984540054  # of a 95% range
FOUR_FIFTHS = 0.8
LARGE = 5  # selected and others in each group, from which the normal test holds


@dataclass(frozen=True)
class Measure:
    """A measure of fairness. ``compares``: the figures that must be equal; ``hurt``: who is hurt where it is the one."""

    id: str
    name: str
    plain: str
    formula: str
    natural: str
    hurt: str
    compares: tuple[str, ...]
    why: str
    costs: str


MEASURES: tuple[Measure, ...] = (
    Measure(
        "parity",
        "Demographic parity",
        "The same share is selected in each group.",
        "P(Y’ = 1 | A = a) equal",
        "chances are handed out, and each group should get its share. It does not look at who qualifies",
        "A group that gets fewer chances than the other, whoever qualifies",
        ("selected",),
        "What counts is who gets a chance, so compare the share that is selected.",
        "It ignores who qualifies: with different base rates, some of one group are selected wrongly or of the other missed.",
    ),
    Measure(
        "opportunity",
        "Equal opportunity",
        "Those who should be found are found equally often in each group.",
        "TPR equal",
        "being missed is the harm",
        "People who should have been found and are missed",
        ("tpr",),
        "A miss is the harm, so compare the share of true cases that is found.",
        "It says nothing of false alarms: they may fall mostly on one group.",
    ),
    Measure(
        "odds",
        "Equalized odds",
        "Both errors, misses and false alarms, are equally frequent in each group.",
        "TPR and FPR equal",
        "errors hurt in both directions",
        "People on both sides: some are missed, some are accused",
        ("tpr", "fpr"),
        "Both errors hurt, so compare misses and false alarms together.",
        "With different base rates, a flag then means less in the group where the thing is rarer.",
    ),
    Measure(
        "predictive",
        "Predictive parity",
        "A flag is equally trustworthy in each group.",
        "PPV equal",
        "people act on flags",
        "People about whom somebody acts on a flag that is wrong",
        ("ppv",),
        "Somebody acts on each flag, so compare how often a flag is right.",
        "With different base rates, more people without the thing are flagged in the group where it is commoner.",
    ),
    Measure(
        "calibration",
        "Calibration within groups",
        "“70%” means 70% in each group.",
        "P(Y = 1 | S = s, A = a) = s",
        "a score is read by people or feeds a sum of costs",
        "People whose score is read as a chance, and means another chance in their group",
        ("ppv", "npv"),
        "The score itself is used, so compare what a score of 70% comes to in each group.",
        "With different base rates, false alarms and misses then differ between the groups.",
    ),
)
BY_ID = {measure.id: measure for measure in MEASURES}
NAMES = {
    "base": "Base rate: share to whom it applies",
    "selected": "Share flagged",
    "tpr": "True cases found (TPR)",
    "fpr": "False alarms among the others (FPR)",
    "ppv": "Flags that are right (PPV)",
    "npv": "“No” that is right (NPV)",
}


class Holds(StrEnum):
    """Whether a measure holds between two groups."""

    YES = "holds"
    NO = "breaks"
    OPEN = "open"  # the rows are too few to tell


# --- the impossibility ---


def fpr_of(base: float, ppv: float, tpr: float) -> float:
    """The share of false alarms that follows from the others; above 1 where no model can do it. ``base`` and ``ppv``: above 0."""
    return base / (1 - base) * (1 - ppv) / ppv * tpr


@dataclass(frozen=True)
class Table:
    """A group by truth and answer, as counts or for each 1,000: hits, false alarms, misses, the rest."""

    name: str
    tp: float
    fp: float
    fn: float
    tn: float

    @property
    def n(self) -> float:
        """All of them."""
        return self.tp + self.fp + self.fn + self.tn

    def part(self, rate: str) -> tuple[float, float]:
        """Numerator and denominator of a rate."""
        return {
            "base": (self.tp + self.fn, self.n),
            "selected": (self.tp + self.fp, self.n),
            "tpr": (self.tp, self.tp + self.fn),
            "fpr": (self.fp, self.fp + self.tn),
            "ppv": (self.tp, self.tp + self.fp),
            "npv": (self.tn, self.tn + self.fn),
        }[rate]

    def rate(self, rate: str) -> float | None:
        """A rate; ``None`` where there is nothing to divide by."""
        hits, n = self.part(rate)
        return hits / n if n else None


def thousand(name: str, base: float, ppv: float, tpr: float) -> Table:
    """What 1,000 people of a group come to. ``tn`` is below 0 where no model can do it."""
    positives = 1000 * base
    tp, fp = positives * tpr, (1000 - positives) * fpr_of(base, ppv, tpr)
    return Table(name, tp, fp, positives - tp, 1000 - positives - fp)


def impossible(base: float, ppv: float, tpr: float) -> str:
    """Why no model can reach these figures; empty where one could."""
    fpr = fpr_of(base, ppv, tpr)
    if fpr <= 1:
        return ""
    positives = base * tpr
    least = positives / (positives + 1 - base)
    return (
        f"No model can do this: {fpr:.0%} of those to whom it does not apply would have to be flagged. At a base rate of "
        f"{base:.0%} and {tpr:.0%} found, at least {least:.0%} of the flags are right even where everybody else is flagged."
    )


# --- which measures hold ---


@dataclass(frozen=True)
class Gap:
    """A rate of two groups. ``low`` and ``high``: the 95% range of first minus second, where they are counts of rows."""

    rate: str
    first: float | None
    second: float | None
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """First minus second."""
        return None if self.first is None or self.second is None else self.first - self.second

    @property
    def holds(self) -> Holds:
        """Equal, different, or not to be told from these rows."""
        if self.value is None:
            return Holds.OPEN
        if self.low is None or self.high is None:
            return Holds.YES if abs(self.value) < SAME else Holds.NO
        return Holds.NO if self.low > 0 or self.high < 0 else Holds.OPEN


@dataclass(frozen=True)
class Verdict:
    """A measure with the gaps it goes by."""

    measure: Measure
    gaps: tuple[Gap, ...]

    @property
    def holds(self) -> Holds:
        """It breaks where one of its figures differs; holds where all are equal."""
        found = {gap.holds for gap in self.gaps}
        return Holds.NO if Holds.NO in found else Holds.OPEN if Holds.OPEN in found else Holds.YES


def gap_of(rate: str, first: Table, second: Table, *, counted: bool) -> Gap:
    """A rate of two groups. ``counted``: they are counts of rows, so that the difference has a range (Newcombe 1998)."""
    values = first.rate(rate), second.rate(rate)
    if not counted or values[0] is None or values[1] is None:
        return Gap(rate, *values)
    (low1, high1), (low2, high2) = wilson(*first.part(rate)), wilson(*second.part(rate))
    value = values[0] - values[1]
    low = value - math.hypot(values[0] - low1, high2 - values[1])
    high = value + math.hypot(high1 - values[0], values[1] - low2)
    return Gap(rate, *values, low, high)


def verdicts(first: Table, second: Table, *, counted: bool) -> tuple[Verdict, ...]:
    """Each measure with whether it holds between two groups."""
    return tuple(Verdict(m, tuple(gap_of(rate, first, second, counted=counted) for rate in m.compares)) for m in MEASURES)


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Wilson's 95% range of a share (Wilson 1927); from 0 to 1 for no rows."""
    if not n:
        return 0.0, 1.0
    share, square = hits / n, Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))


# --- the four-fifths rule ---

SURE = 0.05
JUST = "only just beyond chance: the range of the ratio still reaches 1. Look closer, and count more people."
# By whether it is flagged, whether the test finds a gap, and whether the range of the ratio leaves out 1.
CONCLUSIONS = {
    (True, True, True): "Flagged, and a gap of this size is unlikely to be chance. Look at how people are selected.",
    (True, True, False): f"Flagged, and {JUST}",
    (True, False, True): f"Flagged, and {JUST}",
    (True, False, False): "Flagged, but the flag is noise: with these numbers such a gap comes up by chance. Count more people.",
    (False, True, True): "Passes, yet the test finds a real gap. A gap that passes can still matter in practice.",
    (False, True, False): f"Passes, and the gap is {JUST}",
    (False, False, True): f"Passes, and the gap is {JUST}",
    (False, False, False): "Passes, and no gap is established. That is not the same as no gap.",
}


@dataclass(frozen=True)
class Pool:
    """A group of people of whom some were selected."""

    name: str
    selected: int
    n: int

    @property
    def rate(self) -> float:
        """The share that was selected."""
        return self.selected / self.n


@dataclass(frozen=True)
class Ratio:
    """A group against the one with the highest rate. ``z``: ``None`` where numbers are too small for it."""

    pool: Pool
    highest: Pool
    value: float
    low: float
    high: float
    p: float
    z: float | None

    @property
    def is_flagged(self) -> bool:
        """Whether its rate is below four fifths of the highest. Whole numbers decide, so that 4/5 itself is none."""
        return 5 * self.pool.selected * self.highest.n < 4 * self.highest.selected * self.pool.n

    @property
    def says(self) -> str:
        """What may be concluded."""
        return CONCLUSIONS[self.is_flagged, self.p < SURE, self.high < 1]


def ratios(pools: Sequence[Pool]) -> tuple[Ratio, ...]:
    """Each other group against the one with the highest rate; none where nobody is selected."""
    if not pools or not any(pool.selected for pool in pools):
        return ()
    highest = max(pools, key=lambda pool: pool.rate)
    return tuple(_ratio(pool, highest) for pool in pools if pool is not highest)


def _ratio(pool: Pool, highest: Pool) -> Ratio:
    value = pool.rate / highest.rate
    low, high = ratio_range(pool, highest)
    p = fisher(pool.selected, pool.n, highest.selected, highest.n)
    return Ratio(pool, highest, value, min(low, value), max(high, value), p, _z(highest, pool))


def ratio_range(pool: Pool, highest: Pool) -> tuple[float, float]:
    """The 95% range of the ratio, by its logarithm (Katz 1978); where nobody of a group is selected, half a person is added."""
    more = 0 if pool.selected else 0.5
    hits, n, top, m = pool.selected + more, pool.n + more, highest.selected + more, highest.n + more
    centre = math.log(hits / n * m / top)
    half = Z * math.sqrt(max(1 / hits - 1 / n + 1 / top - 1 / m, 0.0))
    return math.exp(centre - half), math.exp(centre + half)


def _z(first: Pool, second: Pool) -> float | None:
    """The test of two shares for large numbers."""
    counts = (first.selected, first.n - first.selected, second.selected, second.n - second.selected)
    if min(counts) < LARGE:
        return None
    both = (first.selected + second.selected) / (first.n + second.n)
    return (first.rate - second.rate) / math.sqrt(both * (1 - both) * (1 / first.n + 1 / second.n))


def fisher(hits: int, n: int, others: int, m: int) -> float:
    """Fisher’s exact test, two-sided: the chance of a table as unlikely as this one, or more so.

    Chances are taken against that of the likeliest table and followed outwards until they vanish, so large numbers cost little.
    """
    column, total = hits + others, n + m
    least, most = max(0, column - m), min(n, column)
    mode = min(max((n + 1) * (column + 1) // (total + 2), least), most)
    weights = {mode: 1.0, **dict(_outwards(mode, most, 1, n, m, column)), **dict(_outwards(mode, least, -1, n, m, column))}
    own = weights.get(hits, 0.0) * (1 + 1e-7)  # tables that are as likely but for rounding count
    return min(1.0, math.fsum(w for w in weights.values() if w <= own) / math.fsum(weights.values()))


def _outwards(mode: int, end: int, step: int, n: int, m: int, column: int) -> Iterator[tuple[int, float]]:
    """Tables beyond the likeliest, by hits in the first group, with their chance against its."""
    weight = 1.0
    for hits in range(mode, end, step):
        if step > 0:
            weight *= (n - hits) * (column - hits) / ((hits + 1) * (m - column + hits + 1))
        else:
            weight *= hits * (m - column + hits) / ((n - hits + 1) * (column - hits + 1))
        if weight == 0.0:
            return
        yield hits + step, weight
