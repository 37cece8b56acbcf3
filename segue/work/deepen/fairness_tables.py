"""The figures of the pages of fairness as tables and drawings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from segue.shared import components as c
from segue.work.deepen.fairness import (
    MEASURES,
    NAMES,
    SAME,
    Gap,
    Holds,
    Ratio,
    Table,
    Verdict,
    gap_of,
)
from segue.work.lab.bars import Bar, lying

HOLDS = {Holds.YES: "Holds", Holds.NO: "Breaks", Holds.OPEN: "Can’t tell"}
SMALLEST = 0.0001
RATES = ("base", "selected", "tpr", "fpr", "ppv", "npv")


def share(value: float | None) -> str:
    """``14.7%``; a dash where there is nothing to divide by."""
    return "–" if value is None else f"{value:.1%}"


def points(value: float) -> str:
    """``+3.2``, ``−0.4`` points."""
    return f"{100 * value:+.1f}".replace("-", "−")


def measures_table() -> c.Table:
    """Each measure in one sentence, and when it is natural."""
    columns = [c.Column("Measure"), c.Column("In plain words"), c.Column("Formula"), c.Column("Natural when")]
    rows = [[m.name, m.plain, m.formula, f"{m.natural[0].upper()}{m.natural[1:]}."] for m in MEASURES]
    caption = "Measures of fairness. A: the group, Y: the truth, Y’: the answer, S: the score"
    return c.Table(caption, columns, rows)


def thousand_figure(first: Table, second: Table) -> c.Figure:
    """The false alarms of two groups, with what 1,000 people of each come to."""
    columns = [c.Column("For each 1,000"), c.Column(first.name, is_number=True), c.Column(second.name, is_number=True)]
    names = (
        ("tp", "Rightly flagged (TP)"),
        ("fp", "Wrongly flagged (FP)"),
        ("fn", "Missed (FN)"),
        ("tn", "Rightly left alone (TN)"),
    )
    rows = [[label, *(f"{getattr(each, name):,.0f}" for each in (first, second))] for name, label in names]
    rates = [share(each.rate("fpr")) for each in (first, second)]
    rows.append(["False alarms among the others (FPR)", *rates])
    caption = f"Of those to whom it does not apply, {rates[0]} are flagged in “{first.name}” and {rates[1]} in “{second.name}”."
    bars = [Bar(each.name, each.rate("fpr") or 0.0, shown) for each, shown in zip((first, second), rates, strict=True)]
    svg = lying("fpr", "False alarms among the others (FPR)", bars)
    note = "FPR = p / (1 − p) × (1 − PPV) / PPV × TPR, where p is the base rate of the group."
    return c.Figure("fpr", caption, c.Table("What 1,000 people of each group come to", columns, rows), svg, note=note)


def verdict_table(found: Sequence[Verdict], first: Table, second: Table, *, counted: bool) -> c.Table:
    """Each measure with its figures and whether it holds."""
    columns = [c.Column("Measure"), c.Column("Asks for"), c.Column("Compares"), c.Column(first.name), c.Column(second.name)]
    columns += [c.Column("Difference in points (95% range)")] if counted else []
    columns.append(c.Column("Result"))
    rows = []
    for each in found:
        row = [each.measure.name, each.measure.plain, _each(each.gaps, _rate_name)]
        row += [_each(each.gaps, lambda gap: share(gap.first)), _each(each.gaps, lambda gap: share(gap.second))]
        rows.append([*row, *([_each(each.gaps, _difference)] if counted else []), HOLDS[each.holds]])
    return c.Table("Which measures hold between the two groups", columns, rows)


def _each(gaps: Sequence[Gap], says: Callable[[Gap], str]) -> str:
    return "; ".join(map(says, gaps))


def _rate_name(gap: Gap) -> str:
    return gap.rate.upper() if gap.rate != "selected" else "share flagged"


def _difference(gap: Gap) -> str:
    if gap.value is None:
        return "–"
    if gap.low is None or gap.high is None:
        return points(gap.value)
    return f"{points(gap.value)} ({points(gap.low)} to {points(gap.high)})"


def counts_table(first: Table, second: Table) -> c.Table:
    """What two slices come to: counts, and rates with the rows they rest on."""
    columns = [c.Column(""), c.Column(first.name, is_number=True), c.Column(second.name, is_number=True)]
    rows = [
        [label, *(f"{each.part(rate)[0]:,.0f} of {each.part(rate)[1]:,.0f}" for each in (first, second))]
        for rate, label in _rates()
    ]
    return c.Table("The counts behind it", columns, rows)


def _rates() -> list[tuple[str, str]]:
    return [(rate, NAMES[rate]) for rate in RATES]


def rates_figure(first: Table, second: Table) -> c.Figure:
    """The base rates of two slices, with the counts as a table."""
    found = gap_of("base", first, second, counted=True)
    bars = [
        Bar(f"{each.name}", each.rate("base") or 0.0, f"{share(each.rate('base'))} of {each.n:,.0f}") for each in (first, second)
    ]
    differ = {Holds.NO: "differ", Holds.OPEN: "can’t be told apart with these rows", Holds.YES: "are the same"}[found.holds]
    caption = f"The base rates {differ}: {_difference(found)} points." if found.value is not None else "A slice is empty."
    return c.Figure("base", caption, counts_table(first, second), lying("base", NAMES["base"], bars))


def pools_figure(found: Sequence[Ratio]) -> c.Figure:
    """Selection rates, with ratios, tests and ranges as a table."""
    highest = found[0].highest
    columns = [c.Column("Group")] + [
        c.Column(label, is_number=True)
        for label in ("Selected", "Rate", "Ratio to the highest (95% range)", "Fisher’s exact p", "z")
    ]
    columns.append(c.Column("Under 0.80?"))
    rows: list[list[object]] = [
        [highest.name, f"{highest.selected:,} of {highest.n:,}", share(highest.rate), "1, the highest", "–", "–", "–"]
    ]
    rows += [
        [
            each.pool.name,
            f"{each.pool.selected:,} of {each.pool.n:,}",
            share(each.pool.rate),
            f"{each.value:.2f} ({each.low:.2f} to {each.high:.2f})",
            p_words(each.p),
            "too few" if each.z is None else f"{each.z:.1f}",
            "Flagged" if each.is_flagged else "Passes",
        ]
        for each in found
    ]
    bars = [Bar(pool.name, pool.rate, share(pool.rate)) for pool in (highest, *(each.pool for each in found))]
    table = c.Table("Selection rates and their ratio", columns, rows)
    lowest = min(found, key=lambda each: each.value)
    caption = f"“{lowest.pool.name}” is selected at {lowest.value:.2f} of the rate of “{highest.name}”."
    return c.Figure("rates", caption, table, lying("rates", "Share selected", bars))


def ratio_words(each: Ratio) -> str:
    """A ratio with its range and tests, and what may be concluded."""
    z = "" if each.z is None else f", z = {each.z:.1f}"
    figures = f"ratio {each.value:.2f} (95% range {each.low:.2f} to {each.high:.2f}), Fisher’s exact p {_p(each.p)}{z}"
    return f"{figures}. {each.says}"


def _p(p: float) -> str:
    return p_words(p) if p < SMALLEST else f"= {p_words(p)}"


def p_words(p: float) -> str:
    """``0.0495``, ``1.0``, ``under 0.0001``."""
    if p < SMALLEST:
        return "under 0.0001"
    return f"{p:.1f}" if p > 0.99995 else f"{p:.4f}"


def conclusion(first: Table, second: Table, ppv: float) -> str:
    """What follows from two base rates at the same PPV and TPR."""
    base = abs((first.rate("base") or 0.0) - (second.rate("base") or 0.0))
    if base < SAME:
        return (
            "The base rates are the same, so nothing stands in the way: all the measures can hold at once. How sure are you of "
            "the base rates?"
        )
    if ppv >= 1:
        return "Every flag is right, so nobody is flagged wrongly. Such a model is rare; try 95%."
    return (
        "The model finds true cases equally often, and its flags are right equally often. Because the base rates differ, the "
        "false alarms cannot be equal, too. No better model mends this, unless its flags are never wrong. So you choose which "
        "measure holds, and say why."
    )


def together(first: Table, second: Table) -> tuple[float | None, float | None]:
    """PPV and TPR of both slices taken as one: what the calculator begins with."""
    both = Table("both", first.tp + second.tp, first.fp + second.fp, first.fn + second.fn, first.tn + second.tn)
    return both.rate("ppv"), both.rate("tpr")
