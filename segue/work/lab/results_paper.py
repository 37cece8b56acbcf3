"""The results on two or three pages: data, themes, models, errors, and what not to use them for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from segue.work.lab.models import EXAMPLE, Analysis
from segue.work.lab.papers import as_pdf, run_view

if TYPE_CHECKING:
    from feedback_lab.card.blocks import Block, Section
    from feedback_lab.card.view import RunView

MOST_THEMES, MOST_QUOTED, MOST_PAIRS, MOST_FAULTS = 12, 5, 6, 5
NAME = 60
WHO_MAY_SEE = {
    "written": "whom the owner of the data has permitted to see them",
    "own": "whom their owner chooses",
    "licence": "whom the licence of the data allows, with its source named",
    EXAMPLE: "anybody, since they are made up",
}


def results_markdown(analysis: Analysis) -> str:
    """The results as Markdown. Raises ``UserError`` where the folder of the run was damaged."""
    from feedback_lab.card.blocks import Document
    from feedback_lab.card.markdown import markdown_text

    view = run_view(analysis)
    sections = (_first(view, analysis), _data(view), _themes(view), _model(view), _errors(view), _limits(view))
    return markdown_text(Document(title_of(analysis), "", view.question, sections))


def title_of(analysis: Analysis) -> str:
    """The title of the paper."""
    return f"What {analysis.file_name} says"


def results_pdf(analysis: Analysis) -> bytes:
    """The results as PDF. Raises ``UserError`` where that can’t be made here."""
    return as_pdf(analysis, results_markdown(analysis), title_of(analysis))


def _first(view: RunView, analysis: Analysis) -> Section:
    from feedback_lab.card.blocks import Paragraph, Section

    quotes = (
        "Words of customers are in this paper, with personal data replaced as far as a program finds it. They may be seen by "
        f"those {WHO_MAY_SEE.get(analysis.permission, 'whom the owner of the data permits')}; read them before you pass it on."
    )
    made = f"Version {analysis.version} of the analysis, Feedback Lab {view.version}. Intervals are 95%."
    return Section("Before you read", (Paragraph(quotes), Paragraph(made)))


def _data(view: RunView) -> Section:
    from feedback_lab.card.blocks import Given, Points, Section

    lines: list[str | tuple[str | Given, ...]] = []
    if view.ingest is not None:
        lines.append(f"{view.ingest.kept:,} of {view.ingest.rows:,} rows have a text and are in.")
    if view.redact is not None:
        times = sum(view.redact.found.values())
        replaced = f"Personal data was replaced {times:,} times, in {view.redact.rows_changed:,} rows."
        lines.append(replaced if times else "The program found no personal data to replace.")
    if view.profile is not None:
        lines += [(Given(fault.says),) for fault in view.profile.findings[:MOST_FAULTS]]
    return Section("The data", (Points(tuple(lines)),))


def _themes(view: RunView) -> Section:
    from feedback_lab.card.blocks import Column, Given, Paragraph, Quotation, Section, Table
    from feedback_lab.card.escaping import shorten

    if view.themes is None or not view.themes.broad:
        return Section("Themes", (_left_out(view, "themes"),))
    found = view.themes
    rows = tuple((Given(shorten(t.name, NAME)), f"{t.rows:,}", f"{t.share:.1%}") for t in found.broad[:MOST_THEMES])
    left = len(found.broad) - len(rows)
    caption = "Themes and the rows that speak of them" + (f", {left} smaller ones left out" if left else "")
    table = Table(caption, (Column("Theme"), Column("Rows", True), Column("Share", True)), rows)
    said = "A share says how often something is written, not how much it matters."
    quotes = tuple(Quotation(t.quotes[0].text, shorten(t.name, NAME)) for t in found.broad[:MOST_QUOTED] if t.quotes)
    return Section("Themes", (Paragraph(said), table, *quotes))


def _model(view: RunView) -> Section:
    from feedback_lab.card import wording as w
    from feedback_lab.card.blocks import Column, Given, Named, Paragraph, Section, Table

    if view.select is None:
        return Section("Can it be predicted?", (_left_out(view, "select"),))
    found = view.select
    rows = tuple((Given(c.name), w.short(c.macro_f1), w.short(c.accuracy)) for c in found.candidates)
    caption = f"Trained on {found.n_train:,} rows, tested on {found.n_test:,} others"
    table = Table(caption, (Column("Way"), Column("Macro-F1", True), Column("Accuracy", True)), rows)
    what = (Named(found.target.column), " from the text. Recommended: ", Named(found.recommended), ". ", Given(found.reason))
    return Section("Can it be predicted?", (Paragraph(what), table))


def _errors(view: RunView) -> Section:
    from feedback_lab.card.blocks import Column, Given, Paragraph, Section, Table
    from feedback_lab.card.escaping import shorten

    if view.errors is None:
        return Section("Where it is wrong", (_left_out(view, "errors"),))
    found = view.errors
    total = sum(map(sum, found.matrix))
    wrong = total - sum(row[place] for place, row in enumerate(found.matrix))
    pairs = tuple((Given(shorten(t, NAME)), Given(shorten(p, NAME)), f"{n:,}") for t, p, n in found.worst_pairs[:MOST_PAIRS])
    table = Table("The commonest mistakes", (Column("It is"), Column("The model says"), Column("Rows", True)), pairs)
    says: list[Block] = [Paragraph(f"It is wrong in {wrong:,} of {total:,} test rows."), table]
    return Section("Where it is wrong", (*says, *_threshold(view)))


def _threshold(view: RunView) -> Iterator[Block]:
    from feedback_lab.card.blocks import Given, Paragraph

    if view.errors is not None and view.errors.threshold is not None:
        yield Paragraph(Given(view.errors.threshold.says))


def _limits(view: RunView) -> Section:
    from feedback_lab.card.blocks import Points, Section
    from feedback_lab.card.method_section import limits

    return Section("What not to use it for", (Points(tuple(limits(view))),))


def _left_out(view: RunView, step: str) -> Block:
    from feedback_lab.card.blocks import Given, Paragraph

    return Paragraph(("This run left it out: ", Given(view.skipped.get(step, "it was not asked for."))))
