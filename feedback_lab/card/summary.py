"""What fits on one screen: what was asked, what was found, which model, and the limit that matters most."""

from __future__ import annotations

import math
from collections.abc import Iterator

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import Block, Facts, Findings, Given, Line, Named, Paragraph, Section, Side
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import RunView
from feedback_lab.records.findings import Driver
from feedback_lab.records.models import Slice, SliceScore

MOST_FINDINGS = 5
FEW_TEST_ROWS = 200
UNSTABLE = 0.5
NAME = 60  # columns of a name in a sentence

Claim = tuple[Line, Line]


def summary(run: RunView) -> Section:
    """The first section."""
    found = findings(run)
    figures = _key_figures(run)
    blocks: list[Block] = [Facts(figures, "key")] if figures else []
    if found:
        blocks.append(Findings(found))
    else:
        blocks.append(Paragraph("Nothing was found out in this run. “What was left out” says why, step by step."))
    blocks.append(
        Side(
            (
                Section("The model", (Paragraph(recommendation(run)),)),
                Section("The limit that matters most", (Paragraph(limit(run)),)),
            )
        )
    )
    return Section("Summary", tuple(blocks), "summary", "summary")


def named(text: str) -> Named:
    """Somebody's name for something, short enough for a sentence."""
    return Named(shorten(text, NAME))


def _key_figures(run: RunView) -> tuple[tuple[str, Line], ...]:
    pairs: list[tuple[str, Line]] = []
    if run.ingest is not None:
        pairs.append(("rows read", w.count(run.ingest.rows)))
    if run.rows is not None:
        pairs.append(("rows kept", w.count(run.rows)))
    if run.themes is not None:
        none = f", {w.percent(run.themes.unassigned)} of rows in none" if run.themes.unassigned else ""
        pairs.append((f"themes{none}", w.count(len(run.themes.broad))))
    if run.recommended is not None:
        pairs.append(("macro-F1 of the model, 1 is best", w.figure(run.recommended.macro_f1.value)))
    return tuple(pairs)


def findings(run: RunView) -> tuple[Claim, ...]:
    """Up to five claims, each with what it rests on. A claim whose interval does not settle it is not made."""
    order = (_largest_theme, _lowest_driver, _model, _group, _drift, _highest_driver, _fault, _tone, _next_themes, _stability)
    return tuple(claim for find in order for claim in find(run))[:MOST_FINDINGS]


def _largest_theme(run: RunView) -> Iterator[Claim]:
    if run.themes is not None and run.themes.broad:
        theme = max(run.themes.broad, key=lambda t: (t.rows, -t.id))
        says = ("The largest theme is ", named(theme.name), f": {w.percent(theme.share)} of the rows.")
        yield says, f"{theme.rows:,} of {run.themes.rows:,} rows. All rows were counted, so there is no interval."


def _next_themes(run: RunView) -> Iterator[Claim]:
    themes = sorted(run.themes.broad, key=lambda t: (-t.rows, t.id))[1:3] if run.themes is not None else []
    if len(themes) == 2:
        second, third = themes
        rows = [f"{w.percent(theme.share)} ({w.count(theme.rows, 'row')})" for theme in themes]
        yield ("Next come ", named(second.name), " and ", named(third.name), "."), f"{rows[0]} and {rows[1]}, counted."


def _stability(run: RunView) -> Iterator[Claim]:
    if run.themes is not None and math.isfinite(run.themes.stability):
        says = f"Found again from other halves of the rows, the themes agree to {w.figure(run.themes.stability)}."
        yield says, f"Adjusted Rand index; 1 is the same themes again, 0 is chance. {w.count(run.themes.rows, 'row')}."


def _settled(run: RunView) -> list[Driver]:
    drivers = run.drivers.by_rating if run.drivers is not None else ()
    return sorted((driver for driver in drivers if driver.established), key=lambda driver: driver.impact)


def _driver(driver: Driver) -> Claim:
    word = "lower" if driver.difference.value < 0 else "higher"
    says = (
        "Rows about ",
        named(driver.theme_name),
        f" are rated {w.figure(abs(driver.difference.value))} {word} than all others.",
    )
    return (
        says,
        f"Difference {w.short(driver.difference, w.signed)}, 95% interval; {driver.rows:,} rows. It goes with the theme; it "
        "need not come from it.",
    )


def _lowest_driver(run: RunView) -> Iterator[Claim]:
    settled = _settled(run)
    if settled and settled[0].difference.value < 0:
        yield _driver(settled[0])


def _highest_driver(run: RunView) -> Iterator[Claim]:
    settled = _settled(run)
    if settled and settled[-1].difference.value > 0:
        yield _driver(settled[-1])


def _model(run: RunView) -> Iterator[Claim]:
    best, base = run.recommended, run.majority
    if best is None or run.select is None:
        return
    if best is base:
        none: Line = (
            "No model predicts ",
            named(run.select.target.column),
            " better than always saying its most frequent class.",
        )
        yield none, f"{w.count(len(run.select.candidates), 'candidate')} on {w.count(run.select.n_test, 'test row')}."
        return
    against = f"; always saying the most frequent class reaches {w.figure(base.macro_f1.value)}" if base is not None else ""
    says = (
        "The model ",
        named(best.name),
        " predicts ",
        named(run.select.target.column),
        f" with a macro-F1 of {w.figure(best.macro_f1.value)}{against}.",
    )
    yield says, f"{_capital(w.evidence(best.macro_f1))} test rows that it had not seen; {len(run.select.target.classes)} classes."


def _group(run: RunView) -> Iterator[Claim]:
    if run.slices is None or not run.slices.slices:
        return
    scores = [(s.column, score) for s in run.slices.slices for score in s.groups]
    settled = [(column, score) for column, score in scores if score.established]
    apart = [each for each in run.slices.slices if each.disparity is not None and each.disparity.low > 0]
    if not settled and apart:
        # Two groups may differ from each other where neither differs from all the rest.
        widest = max(apart, key=_distance)
        yield ("The model does better for some groups in ", named(widest.column), " than for others."), _distance_says(widest)
        return
    if not settled:
        judged = sum(score.n >= run.slices.min_n for _, score in scores)
        yield (
            "No group is served better or worse as far as these rows can show.",
            f"{judged} of {len(scores)} groups have at least {run.slices.min_n} rows and were judged.",
        )
        return
    column, worst = min(settled, key=lambda pair: pair[1].gap.value)
    yield (
        ("The model does ", _better(worst), " for ", named(worst.group), " in ", named(column), "."),
        f"{w.signed(worst.gap.value)} against all other rows, {w.evidence(worst.gap, w.signed)}.",
    )


def _distance(found: Slice) -> float:
    return found.disparity.value if found.disparity is not None else 0.0


def _distance_says(found: Slice) -> str:
    return f"Largest distance between two groups: {w.evidence(found.disparity)}." if found.disparity is not None else ""


def _better(score: SliceScore) -> str:
    return "worse" if score.gap.value < 0 else "better"


def _drift(run: RunView) -> Iterator[Claim]:
    if run.drift is None:
        return
    says = {
        "hold": "New rows look like the old ones: the model can stay.",
        "watch": "New rows begin to differ from the old ones: watch the model.",
        "retrain": "New rows differ from the old ones: retrain the model.",
    }.get(run.drift.recommendation, f"New rows against old ones: {run.drift.recommendation}.")
    auc = f" AUC of old against new {w.full(run.drift.auc)}; 0.50 is no difference." if run.drift.auc is not None else ""
    yield says, f"{run.drift.new_n:,} new rows against {run.drift.reference_n:,}.{auc}"


def _tone(run: RunView) -> Iterator[Claim]:
    if run.sentiment is None or run.sentiment.against_ratings is None:
        return
    base = run.sentiment.majority
    against = f"; always saying the most frequent class reaches {w.figure(base.value)}" if base is not None else ""
    says = (
        "The tone by a lexicon agrees with the ratings to a macro-F1 of "
        f"{w.figure(run.sentiment.against_ratings.value)}{against}."
    )
    yield says, f"{_capital(w.evidence(run.sentiment.against_ratings))} rated rows."


def _fault(run: RunView) -> Iterator[Claim]:
    worst = [fault for fault in run.profile.findings if fault.severity != "info"] if run.profile is not None else []
    if worst and run.profile is not None:
        fault = max(worst, key=lambda f: (f.severity == "stop", f.rows))
        yield Given(fault.says), f"{fault.rows:,} of {run.profile.rows:,} rows, counted."


def recommendation(run: RunView) -> Line:
    """What is recommended about a model, and why."""
    if run.select is None:
        return f"No model was compared. {run.skipped.get('select', 'It was not asked for.')}"
    if run.select.recommended == "majority":
        return ("Use none yet. ", Given(run.select.reason))
    return ("Use ", named(run.select.recommended), ". ", Given(run.select.reason))


def limit(run: RunView) -> Line:
    """The most important limit of this run, in a sentence or two."""
    stop = next((f for f in run.profile.findings if f.severity == "stop"), None) if run.profile is not None else None
    if stop is not None:
        return (Given(stop.says), " ", Given(stop.mend))
    if run.drift is not None and run.drift.recommendation == "retrain":
        return ("The model was made on older rows that new ones no longer resemble. ", Given(run.drift.reason))
    if (few := _few_rows(run)) is not None:
        return few
    if run.themes is not None and run.themes.stability < UNSTABLE:
        return (
            f"The themes move when other rows are drawn (agreement {w.figure(run.themes.stability)}; 1 is the same themes "
            "again). Read the quotes before you name one in a meeting."
        )
    return (
        "People who write in are not all customers. Every share here is a share of these rows, and says nothing about those "
        "who stayed silent."
    )


def _few_rows(run: RunView) -> str | None:
    if run.select is not None and run.select.n_test < FEW_TEST_ROWS:
        return (
            f"The model was tested on {w.count(run.select.n_test, 'row')} only. Its figures can be far off; label more before "
            "you rely on them."
        )
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
