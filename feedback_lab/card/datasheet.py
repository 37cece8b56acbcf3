"""A datasheet with the seven sections of Gebru et al., "Datasheets for Datasets" (2021), filled in from a run."""

from __future__ import annotations

from collections.abc import Mapping

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import (
    Block,
    Code,
    Column,
    Document,
    Facts,
    Given,
    Line,
    Paragraph,
    Points,
    Section,
    Table,
    enumerated,
)
from feedback_lab.card.escaping import shorten
from feedback_lab.card.markdown import markdown_text
from feedback_lab.card.method_section import limits
from feedback_lab.card.notes import answers, checked
from feedback_lab.card.page import html_page
from feedback_lab.card.view import RunView
from feedback_lab.records.source import IngestResult, ProfileResult

NONE: Mapping[str, str] = {}


def datasheet_markdown(run: RunView, notes: Mapping[str, str] = NONE) -> str:
    """The datasheet as Markdown. ``notes``: answers by key, see ``notes.QUESTIONS``; what has none is a visible gap.

    Raises ``LabError`` for a note that answers no question.
    """
    return markdown_text(datasheet(run, notes))


def datasheet_html(run: RunView, notes: Mapping[str, str] = NONE) -> str:
    """The datasheet as one HTML file; otherwise as ``datasheet_markdown``."""
    return html_page(datasheet(run, notes))


def datasheet(run: RunView, notes: Mapping[str, str] = NONE) -> Document:
    """The datasheet in blocks."""
    known = checked(notes)
    sections = (
        ("Motivation", _motivation(run, known)),
        ("Composition", _composition(run, known)),
        ("Collection Process", _collection(run, known)),
        ("Preprocessing/cleaning/labeling", _preprocessing(run, known)),
        ("Uses", _uses(run, known)),
        ("Distribution", answers(known, "sharing")),
        ("Maintenance", answers(known, "maintainer", "updates", "retention")),
    )
    lede: Line = f"After Gebru et al., 2021. Made on {w.day(run.made_on)} from the run’s own figures."
    made = tuple(Section(title, tuple(blocks), title.lower().replace(" ", "-").replace("/", "-")) for title, blocks in sections)
    return Document(f"Datasheet: {run.title}", "Datasheet", lede, made)


def _motivation(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    asked: list[Block] = [Paragraph(("Used in this run to answer: ", Given(run.question)))] if run.question else []
    return [*asked, *answers(notes, "purpose", "funding")]


def _composition(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = answers(notes, "instances", "coverage")
    if run.ingest is not None:
        blocks += _file(run.ingest)
    if run.profile is not None:
        blocks += _rows(run.profile)
    if run.ingest is None and run.profile is None:
        blocks.append(Paragraph("The data was not looked at in this run."))
    return blocks


def _file(ingest: IngestResult) -> list[Block]:
    facts: tuple[tuple[str, Line], ...] = (
        ("File", Given(shorten(ingest.name, 80))),
        ("SHA-256", Code(ingest.sha256)),
        ("Rows", f"{w.count(ingest.rows)} read, {w.count(ingest.kept)} kept"),
    )
    columns = (Column("Column"), Column("Used for"), Column("Kind"), Column("Filled", True))
    rows = tuple((Given(shorten(c.name, 60)), c.role or "not kept", c.kind, w.percent(c.filled)) for c in ingest.columns)
    return [Facts(facts), Table("Columns", columns, rows)]


def _rows(profile: ProfileResult) -> list[Block]:
    blocks: list[Block] = [
        Facts(
            (
                ("Same text as an earlier row", w.count(profile.duplicates, "row")),
                ("Nearly the same, in a sample", f"{w.count(profile.near_duplicates)} of {w.count(profile.sampled, 'row')}"),
                ("Empty texts", w.count(profile.empty_texts, "row")),
                ("Words in a text, median", w.figure(profile.words.get("median"), 0)),
            )
        )
    ]
    for name, counts in (("Ratings", profile.ratings), ("Labels", profile.labels), *profile.segments.items()):
        if counts:
            rows = tuple((Given(shorten(c.value, 60)), w.count(c.rows), w.percent(c.rows / max(profile.rows, 1))) for c in counts)
            blocks.append(Table(shorten(name, 60), (Column("Value"), Column("Rows", True), Column("Share", True)), rows))
    if profile.findings:
        blocks.append(
            Section("Known faults", (Points(tuple((Given(f.says), f" ({w.count(f.rows, 'row')})") for f in profile.findings)),))
        )
    return blocks


def _collection(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    period: list[Block] = []
    if run.profile is not None and run.profile.first_on is not None:
        period = [Paragraph(f"Rows are dated from {w.day(run.profile.first_on)} to {w.day(run.profile.last_on)}.")]
    return [*period, *answers(notes, "collection", "consent", "ethics-review")]


def _preprocessing(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    lines: list[Line] = []
    if run.ingest is not None:
        lines += [
            (f"{w.count(rows, 'row')} set aside: ", Given(why)) for why, rows in sorted(run.ingest.rejected_by_reason.items())
        ]
    if run.redact is not None:
        found = enumerated([f"{kind} {times:,}" for kind, times in run.redact.found.items()], 20)
        lines.append(
            (f"Personal data replaced in {w.count(run.redact.rows_changed, 'row')}, by kind: ", *(found or ("none",)), ".")
        )
    if run.label is not None:
        lines.append((f"{w.count(run.label.labelled, 'row')} labelled. ", Given(run.label.says)))
    if run.themes is not None:
        lines += [("Themes changed by hand: ", Given(edit)) for edit in run.themes.edits]
    return [Points(tuple(lines)) if lines else Paragraph("Nothing was changed in this run."), *answers(notes, "raw-data")]


def _uses(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    return [*answers(notes, "other-uses"), Section("What not to use it for", (Points(tuple(limits(run))),))]
