"""What the texts are about, and their tone."""

from __future__ import annotations

import math

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import Block, Column, Figure, Fold, Given, Line, Named, Paragraph, Points, Quotation, Section, Table
from feedback_lab.card.charts import Bar, Dot, Stack, bars, dots, stacked
from feedback_lab.card.drawing import Frame
from feedback_lab.card.escaping import shorten
from feedback_lab.card.view import RunView
from feedback_lab.records.findings import SentimentResult, Theme, ThemesResult

IN_CHART = 24  # themes that a chart shows; the table has all
IN_FULL = 12  # themes shown with quotes; the others can be opened
QUOTES = 2
LEXICON = "A lexicon is a list of words with a tone for each, and some rules. It knows nothing of your trade."
QUOTE_COLUMNS = 320


def themes_section(run: RunView) -> list[Section]:
    """The section, or none where there are no themes."""
    themes = run.themes
    if themes is None:
        return []
    blocks: list[Block] = [Paragraph(_found(themes), "lede"), Paragraph(Given(themes.reason))]
    if themes.edits:
        blocks.append(
            Fold(f"Changed by hand: {w.count(len(themes.edits), 'edit')}", (Points(tuple(Given(edit) for edit in themes.edits)),))
        )
    ordered = sorted(themes.broad, key=lambda t: (-t.rows, t.id))
    if ordered:
        blocks.append(_shares(themes, ordered))
        blocks += [_theme(theme, themes) for theme in ordered[:IN_FULL]]
    if len(ordered) > IN_FULL:
        rest = tuple(_theme(theme, themes) for theme in ordered[IN_FULL:])
        blocks.append(Fold(f"{w.count(len(rest), 'smaller theme')}", rest))
    return [Section("Themes", tuple(blocks), "themes")]


def _found(themes: ThemesResult) -> str:
    chosen = "as many as the data supports" if themes.chosen_by == "data" else "as many as were asked for"
    fine = f", with {w.count(len(themes.fine), 'finer one')} underneath" if themes.fine else ""
    rest = f"{w.percent(themes.unassigned)} of {w.count(themes.rows, 'row')} belong to none."
    if not themes.unassigned:
        rest = f"Each of {w.count(themes.rows, 'row')} belongs to one."
    return f"The texts fall into {w.count(len(themes.broad), 'theme')}, {chosen}{fine}. {rest}"


def _shares(themes: ThemesResult, ordered: list[Theme]) -> Figure:
    shown = ordered[:IN_CHART]
    part = sum(theme.share for theme in ordered[:3])
    says: Line = (Named(shorten(ordered[0].name, 60)), f" is the largest theme, with {w.percent(ordered[0].share)} of the rows.")
    if len(ordered) > 3:
        says = f"The three largest themes hold {w.percent(part)} of the rows."
    title = "Rows by theme" + (f", the largest {IN_CHART} of {len(ordered)}" if len(ordered) > IN_CHART else "")
    drawn = [Bar(theme.name, theme.share, f"{w.percent(theme.share)}, {w.count(theme.rows, 'row')}") for theme in shown]
    table = Table(
        f"All {len(ordered)} themes" if len(ordered) > 1 else "The theme",
        (Column("Theme"), Column("Rows", True), Column("Share", True), Column("Cohesion", True), Column("Keywords")),
        tuple((_name(t), w.count(t.rows), w.percent(t.share), w.figure(t.cohesion), Given(_keywords(t, 6))) for t in ordered),
    )
    frame = Frame(
        "chart-themes", title, f"{len(shown)} bars, from {w.percent(shown[0].share)} down to {w.percent(shown[-1].share)}."
    )
    misleads = (
        "A theme is drawn around texts that are alike in words, and a text that speaks of two things counts once. Shares are "
        f"shares of those who wrote. Drawn from other halves of the rows, the themes agree to {w.figure(themes.stability)} (1 "
        "is the same again, 0 is chance)."
    )
    return Figure(title, says, bars(frame, drawn), table, misleads)


def _name(theme: Theme) -> Given:
    return Given(shorten(theme.name, 90))


def _keywords(theme: Theme, most: int) -> str:
    return ", ".join(shorten(word, 30) for word in theme.keywords[:most])


def _theme(theme: Theme, themes: ThemesResult) -> Section:
    blocks: list[Block] = [
        Paragraph(f"{w.percent(theme.share)}, {w.count(theme.rows, 'row')}", "share"),
        Paragraph(Given(_keywords(theme, 8)), "keywords"),
    ]
    blocks += [Quotation(shorten(quote.text, QUOTE_COLUMNS), f"Row {quote.row:,}") for quote in theme.quotes[:QUOTES]]
    fine = [finer for finer in themes.fine if finer.parent == theme.id]
    if fine:
        table = Table(
            f"Finer themes of {shorten(theme.name, 60)}",
            (Column("Finer theme"), Column("Rows", True), Column("Share of all", True), Column("Keywords")),
            tuple((_name(f), w.count(f.rows), w.percent(f.share), Given(_keywords(f, 5))) for f in fine),
        )
        blocks.append(Fold(w.count(len(fine), "finer theme"), (table,)))
    return Section(_name(theme), tuple(blocks), role="theme")


def sentiment_section(run: RunView) -> list[Section]:
    """Tone, always beside its check; or none."""
    tone = run.sentiment
    if tone is None:
        return []
    blocks: list[Block] = [Paragraph(Given(tone.says)), Paragraph(LEXICON, "note"), _tones(tone)]
    if tone.against_ratings is not None:
        blocks.append(_check(run, tone))
    else:
        blocks.append(
            Paragraph(
                "These rows have no ratings to check the tone against. Take the shares for a first impression only.", "note"
            )
        )
    return [Section("Tone", tuple(blocks), "tone")]


def _tones(tone: SentimentResult) -> Figure:
    shares = {part: estimate for part, estimate in tone.shares.items() if math.isfinite(estimate.value)}
    most = max(shares, key=lambda part: shares[part].value) if shares else ""
    says = (
        f"The lexicon calls {w.percent(shares[most].value)} of {w.count(tone.rows, 'row')} {most}."
        if shares
        else "No row was scored."
    )
    title = "Tone of the rows, by a lexicon"
    stack = (
        [Stack(f"{w.count(tone.rows, 'row')} scored", tuple(estimate.value for estimate in tone.shares.values()))]
        if shares
        else []
    )
    table = Table(
        "Share of rows by tone",
        (Column("Tone"), Column("Share", True), Column("95% interval", True), Column("Rows scored", True)),
        tuple((part, w.percent(e.value), w.interval(e, w.percent), w.count(e.n)) for part, e in tone.shares.items()),
    )
    shown = ", ".join(f"{part} {w.percent(e.value)}" for part, e in tone.shares.items())
    warns = (
        "A lexicon misses irony, and words that are good in one trade and bad in another. The interval covers the drawing of "
        "rows, not the faults of the list."
    )
    return Figure(title, says, stacked(Frame("chart-tone", title, shown), tuple(tone.shares), stack), table, warns)


def _check(run: RunView, tone: SentimentResult) -> Figure:
    rows = [("Lexicon", tone.against_ratings), ("Always the most frequent class", tone.majority)]
    if run.recommended is not None and run.select is not None and run.select.target.kind == "rating":
        rows.append((f"Trained model ({run.select.recommended}), on its test rows", run.recommended.macro_f1))
    known = [(name, estimate) for name, estimate in rows if estimate is not None]
    title = "Tone against ratings: macro-F1"
    base = tone.majority.value if tone.majority is not None else None
    says = f"Against the ratings, the lexicon reaches {w.short(tone.against_ratings)}" + (
        f"; always saying the most frequent class reaches {w.figure(base)}." if base is not None else "."
    )
    drawn = [Dot(name, e.value, e.low, e.high, w.short(e), f"n = {e.n:,}") for name, e in known]
    table = Table(
        title,
        (Column("Way"), Column("Macro-F1", True), Column("95% interval", True), Column("Rows", True)),
        tuple((name, w.figure(e.value), w.interval(e), w.count(e.n)) for name, e in known),
    )
    warns = "Ratings are no perfect truth: people give five stars and complain. Rows without a rating took no part."
    return Figure(
        title,
        says,
        dots(Frame("chart-tone-check", title, says), drawn, base, "dashed: always the most frequent class"),
        table,
        warns,
    )
