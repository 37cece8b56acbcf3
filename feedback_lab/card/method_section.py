"""What not to use a run for, what was left out, and how it was made: enough for somebody else to check it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import Block, Code, Column, Facts, Fold, Given, Line, Paragraph, Points, Section, Table, enumerated
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import DONE_BY, RunView
from feedback_lab.files import plain

LOW_RECALL = 0.5
MOSTLY_ENGLISH = 0.9
NAMES = 8


def limits_section(run: RunView) -> list[Section]:
    """What the results don't carry; there is always something."""
    return [Section("What not to use it for", (Points(tuple(limits(run))),), "limits")]


def limits(run: RunView) -> Iterator[Line]:
    """One sentence each, from the figures where they say so."""
    yield "How all customers feel. These are the people who wrote, and those who did not may think otherwise."
    yield "Decisions about a single person. Figures hold for many rows; a single text is often read wrongly."
    if run.drivers is not None:
        yield "What brings a rating about. Themes and ratings go together here; only a trial tells cause."
    if run.sentiment is not None:
        yield from _tone(run)
    if run.select is not None:
        yield (
            "Texts of another kind: another product, channel, language or year than those it was trained on. Measure again first."
        )
        yield from _weak_classes(run)
    yield from _groups(run)
    yield from _languages(run)
    if run.redact is not None:
        yield (
            "Publishing the texts as they are. Redaction misses some names and addresses, so a person has to read what leaves "
            "the house."
        )


def _tone(run: RunView) -> Iterator[Line]:
    tone = run.sentiment
    if tone is not None and tone.against_ratings is not None:
        yield f"The lexicon's tone as a figure to steer by. Its macro-F1 against ratings is {w.short(tone.against_ratings)}."
    else:
        yield "The lexicon's tone as a figure to steer by. There were no ratings to check it against."


def _weak_classes(run: RunView) -> Iterator[Line]:
    best = run.recommended
    weak = (
        sorted((c for c in best.classes if c.recall < LOW_RECALL), key=lambda c: (c.recall, c.name)) if best is not None else []
    )
    if weak:
        names = enumerated([f"{shorten(c.name, 40)} ({w.percent(c.recall, 0)} of {c.n:,})" for c in weak], NAMES)
        yield ("Finding all rows of these classes, of which it finds less than half: ", *names, ".")
    if run.select is not None and run.select.dropped_classes:
        names = enumerated([shorten(name, 40) for name in run.select.dropped_classes], NAMES)
        yield ("Classes that had too few rows and that it never predicts: ", *names, ".")


def _groups(run: RunView) -> Iterator[Line]:
    if run.slices is None:
        return
    scores = [(s.column, score) for s in run.slices.slices for score in s.groups]
    small = [f"{shorten(column, 30)} {shorten(score.group, 30)}" for column, score in scores if score.n < run.slices.min_n]
    worse = [
        f"{shorten(column, 30)} {shorten(score.group, 30)}"
        for column, score in scores
        if score.established and score.gap.value < 0
    ]
    if worse:
        yield ("Groups that it serves worse, without a person who looks: ", *enumerated(worse, NAMES), ".")
    if small:
        yield (f"Statements about groups with fewer than {run.slices.min_n} rows: ", *enumerated(small, NAMES), ".")


def _languages(run: RunView) -> Iterator[Line]:
    if run.embed is not None and run.embed.english_share < MOSTLY_ENGLISH:
        yield (
            f"Fine differences between languages. {w.percent(run.embed.english_share)} of the rows are English, for which the "
            "themes work best."
        )


def left_out_section(run: RunView) -> list[Section]:
    """Steps without a result and why, or none where all were done."""
    missing = run.left_out()
    if not missing:
        return []
    table = Table(
        "Steps without a result",
        (Column("Step"), Column("Why")),
        tuple((step, Given(reason)) for step, reason in missing.items()),
    )
    return [Section("What was left out", (table,), "left-out")]


def method_section(run: RunView) -> list[Section]:
    """Steps, settings, seed and hashes."""
    missing = run.left_out()
    steps = Table(
        "Steps of the run, in order",
        (Column("Step"), Column("What it does"), Column("Done"), Column("How")),
        tuple(
            (step, does, *(("no", "left out") if step in missing else ("yes", _how(run, step)))) for step, does in DONE_BY.items()
        ),
    )
    facts: tuple[tuple[str, Line], ...] = (
        ("Feedback Lab", run.version),
        ("Made on", w.day(run.made_on)),
        ("Seed", str(run.seed)),
        ("Source, SHA-256", Code(run.source_sha256)),
    )
    check = (
        "To check it, run the same version on a file with this hash, with the same settings and seed. All metrics come out the "
        "same to the byte; seconds and sizes are measurements and differ."
    )
    blocks: list[Block] = [Facts(facts), steps]
    settings = list(flat(run.config))
    if settings:
        rows = tuple((Code(name), Code(value) if value else "(empty)") for name, value in settings)
        table = Table("Settings", (Column("Setting"), Column("Value")), rows)
        blocks.append(Fold(f"Settings: {len(rows)}", (table,)))
    if run.hashes:
        rows = tuple((Code(name), Code(value)) for name, value in sorted(run.hashes.items()))
        table = Table("Files of the run", (Column("File"), Column("SHA-256")), rows)
        blocks.append(Fold(f"Files of the run and their hashes: {len(rows)}", (table,)))
    intervals = (
        "Intervals are 95%: Wilson's for shares, normal for means, bootstrap over test rows for macro-F1, unless a table says "
        "otherwise."
    )
    return [Section("How it was made", (*blocks, Paragraph(check), Paragraph(intervals, "note")), "method")]


def _how(run: RunView, step: str) -> Line:
    """What a data scientist asks first about a step that was done."""
    made = {**_how_read(run), **_how_grouped(run), **_how_modelled(run)}
    return made.get(step, "–")


def _how_read(run: RunView) -> dict[str, Line]:
    how: dict[str, Line] = {}
    if run.ingest is not None:
        how["ingest"] = f"{run.ingest.format}, {run.ingest.kept:,} of {w.count(run.ingest.rows, 'row')} kept"
    if run.redact is not None:
        how["redact"] = f"{sum(run.redact.found.values()):,} replacements in {w.count(run.redact.rows_changed, 'row')}"
    if run.profile is not None:
        how["profile"] = f"languages and near doubles in a sample of {w.count(run.profile.sampled, 'row')}"
    return how


def _how_grouped(run: RunView) -> dict[str, Line]:
    how: dict[str, Line] = {}
    if run.embed is not None:
        cosine = run.embed.held_out_cosine
        held_out = f", cosine to the teacher on unseen texts {w.figure(cosine, 3)}" if cosine is not None else ""
        how["embed"] = (
            f"{run.embed.path}, {run.embed.dimensions} dimensions, sample of {run.embed.sample:,}{held_out}. ",
            Given(run.embed.reason),
        )
    if run.themes is not None:
        by = "chosen by the data" if run.themes.chosen_by == "data" else "given"
        how["themes"] = f"number of themes {by}; agreement of two halves {w.figure(run.themes.stability)} (adjusted Rand)"
    if run.sentiment is not None:
        how["sentiment"] = (Given(run.sentiment.method), f", {w.count(run.sentiment.rows, 'row')}")
    if run.drivers is not None:
        how["drivers"] = (
            f"{w.count(len(run.drivers.by_rating), 'theme')} by rating, {w.count(len(run.drivers.by_segment), 'segment column')}"
        )
    return how


def _how_modelled(run: RunView) -> dict[str, Line]:
    how: dict[str, Line] = {}
    if run.label is not None:
        how["label"] = f"{run.label.labelled:,} labelled, {len(run.label.queue):,} waiting"
    if run.select is not None:
        how["select"] = (
            f"{w.count(len(run.select.candidates), 'candidate')}, {run.select.n_train:,} rows to train, {run.select.n_test:,} "
            "to test"
        )
    if run.errors is not None:
        how["errors"] = (
            f"{w.count(sum(map(sum, run.errors.matrix)), 'test row')}, {w.count(len(run.errors.mistakes), 'mistake')} kept to "
            "read"
        )
    if run.slices is not None:
        how["slices"] = f"{w.count(len(run.slices.slices), 'column')}, groups judged from {w.count(run.slices.min_n, 'row')}"
    if run.drift is not None:
        how["drift"] = (
            f"{run.drift.new_n:,} against {w.count(run.drift.reference_n, 'row')}, split by ",
            Given(run.drift.split_by),
        )
    return how


def flat(config: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Nested settings as dotted names with their values in JSON, in the order of the names."""
    for name, value in sorted(config.items(), key=lambda pair: str(pair[0])):
        key = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from flat(value, f"{key}.")
        else:
            yield key, value if isinstance(value, str) else json.dumps(plain(value), ensure_ascii=False, default=str)
