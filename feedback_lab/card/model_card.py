"""A model card with the nine sections of Mitchell et al., "Model Cards for Model Reporting" (FAT* 2019), filled in from a run."""

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
    Named,
    Paragraph,
    Points,
    Section,
    Table,
    enumerated,
)
from feedback_lab.card.escaping import shorten
from feedback_lab.card.markdown import markdown_text
from feedback_lab.card.method_section import limits
from feedback_lab.card.models_section import MACRO_F1
from feedback_lab.card.notes import answers, checked
from feedback_lab.card.page import html_page
from feedback_lab.card.summary import limit
from feedback_lab.card.view import RunView
from feedback_lab.records.models import SelectResult, Slice

NONE: Mapping[str, str] = {}
NO_MODEL = "This run recommends no model. "


def model_card_markdown(run: RunView, notes: Mapping[str, str] = NONE) -> str:
    """The card as Markdown. ``notes``: answers by key, see ``notes.QUESTIONS``; what has none is a visible gap.

    Raises ``LabError`` for a note that answers no question.
    """
    return markdown_text(model_card(run, notes))


def model_card_html(run: RunView, notes: Mapping[str, str] = NONE) -> str:
    """The card as one HTML file; otherwise as ``model_card_markdown``."""
    return html_page(model_card(run, notes))


def model_card(run: RunView, notes: Mapping[str, str] = NONE) -> Document:
    """The card in blocks."""
    known = checked(notes)
    sections = (
        ("Model Details", _details(run, known)),
        ("Intended Use", _use(run, known)),
        ("Factors", _factors(run, known)),
        ("Metrics", _metrics(run, known)),
        ("Evaluation Data", _evaluation(run, known)),
        ("Training Data", _training(run, known)),
        ("Quantitative Analyses", _analyses(run)),
        ("Ethical Considerations", _ethics(run, known)),
        ("Caveats and Recommendations", _caveats(run, known)),
    )
    lede: Line = f"After Mitchell et al., 2019. Made on {w.day(run.made_on)} from the run’s own figures."
    made = tuple(Section(title, tuple(blocks), title.lower().replace(" ", "-")) for title, blocks in sections)
    return Document(f"Model card: {run.title}", "Model card", lede, made)


def _no_model(run: RunView) -> Paragraph:
    return Paragraph((NO_MODEL, Given(run.skipped.get("select", "None was asked for."))))


def _details(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    facts: list[tuple[str, Line]] = _model(run, run.select) if run.select is not None else []
    facts += [
        ("Made on", w.day(run.made_on)),
        ("Made with", f"Feedback Lab {run.version}, seed {run.seed}"),
        ("Source, SHA-256", Code(run.source_sha256)),
    ]
    missing = [_no_model(run)] if run.select is None else []
    return [*missing, Facts(tuple(facts)), *answers(notes, "owner", "contact", "licence")]


def _model(run: RunView, select: SelectResult) -> list[tuple[str, Line]]:
    best = run.recommended
    facts: list[tuple[str, Line]] = [
        ("Model", Given(select.recommended)),
        ("What it is", Given(best.says if best is not None else w.UNKNOWN)),
        ("Predicts", (f"the {select.target.kind} in ", Named(shorten(select.target.column, 60)))),
        ("Classes", enumerated([shorten(name, 40) for name in select.target.classes], 80)),
    ]
    return facts + [("Size", w.size(cost.size_bytes)) for cost in select.costs if cost.name == select.recommended]


def _use(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    asked: list[Block] = [Paragraph(("The question behind this run: ", Given(run.question)))] if run.question else []
    beyond = Section("Out of scope", (Points(tuple(limits(run))), *answers(notes, "out-of-scope")))
    return [*asked, *answers(notes, "intended-use", "intended-users"), beyond]


def _factors(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    says: Line = "It was not scored by group."
    if run.slices is not None and run.slices.slices:
        names = enumerated([f"{shorten(s.column, 40)} ({w.count(len(s.groups), 'group')})" for s in run.slices.slices], 12)
        says = (
            "It was scored by group for: ",
            *names,
            f". Groups below {w.count(run.slices.min_n, 'row')} are not judged.",
        )
    languages: list[Block] = []
    if run.profile is not None and run.profile.languages:
        looked_at = sum(c.rows for c in run.profile.languages) or 1
        shares = [f"{c.value} {w.percent(c.rows / looked_at)}" for c in run.profile.languages]
        languages = [Paragraph(("Languages in a sample of the rows: ", *enumerated(shares, 8), "."))]
    return [Paragraph(says), *languages, *answers(notes, "factors")]


def _metrics(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = [] if run.select is not None else [_no_model(run)]
    if run.select is not None:
        blocks.append(Paragraph(MACRO_F1))
        blocks.append(
            Paragraph(
                "Intervals are 95%, by bootstrap over the test rows. Each candidate is compared with simple baselines on the "
                "same rows."
            )
        )
    if run.errors is not None and run.errors.threshold is not None:
        choice = run.errors.threshold
        blocks.append(
            Paragraph(
                (
                    "Threshold for ",
                    Given(shorten(choice.positive, 60)),
                    f": {w.figure(choice.best.threshold)} costs least when a false alarm costs "
                    f"{w.figure(choice.cost_false_positive, 1)} and a missed one {w.figure(choice.cost_false_negative, 1)}.",
                )
            )
        )
    return [*blocks, *answers(notes, "metric-choice")]


def _evaluation(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = [_no_model(run)]
    if run.select is not None:
        blocks = [
            Paragraph(
                f"{w.count(run.select.n_test, 'row')} of the same file that no candidate was trained on, drawn with seed "
                f"{run.seed}."
            )
        ]
    if run.label is not None and run.label.agreement is not None:
        agreement = run.label.agreement
        blocks.append(Paragraph(f"Two labellers on {w.count(agreement.n, 'row')}: Cohen's kappa {w.full(agreement.kappa)}."))
    if run.label is not None and run.label.gold_sha256 is not None:
        blocks.append(Paragraph(("Gold set, SHA-256: ", Code(run.label.gold_sha256))))
    return [*blocks, *answers(notes, "evaluation-fit")]


def _training(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = [_no_model(run)]
    if run.select is not None:
        blocks = [Paragraph(f"{w.count(run.select.n_train, 'row')} of the file.")]
        if run.select.dropped_classes:
            names = enumerated([shorten(name, 40) for name in run.select.dropped_classes], 20)
            blocks.append(Paragraph(("Classes left out, with too few rows: ", *names, ".")))
    if run.ingest is not None:
        blocks.append(
            Paragraph(
                f"The file had {w.count(run.ingest.rows, 'row')}, of which {w.count(run.ingest.kept)} were kept. The datasheet "
                "describes them."
            )
        )
    if run.redact is not None:
        blocks.append(Paragraph(f"Personal data was replaced in {w.count(run.redact.rows_changed, 'row')} before training."))
    return [*blocks, *answers(notes, "training-rights")]


def _analyses(run: RunView) -> list[Block]:
    if run.select is None:
        return [_no_model(run)]
    blocks: list[Block] = [_candidates(run.select)]
    if run.slices is not None:
        blocks += [_groups(piece) for piece in run.slices.slices]
    if run.errors is not None:
        blocks.append(Paragraph(f"Expected calibration error: {w.full(run.errors.calibration_error, w.percent)}."))
    if run.drift is not None:
        blocks.append(
            Paragraph((f"New rows ({run.drift.new_n:,}) against old ones ({run.drift.reference_n:,}): ", Given(run.drift.reason)))
        )
    return blocks


def _candidates(select: SelectResult) -> Section:
    rows = tuple((Given(c.name), w.short(c.macro_f1), w.short(c.accuracy), w.count(c.macro_f1.n)) for c in select.candidates)
    columns = (
        Column("Candidate"),
        Column("Macro-F1 (95% interval)", True),
        Column("Accuracy (95% interval)", True),
        Column("Test rows", True),
    )
    return Section("Over all rows", (Table("Candidates on the same test rows", columns, rows),))


def _groups(piece: Slice) -> Section:
    rows = tuple(
        (Given(shorten(s.group, 60)), w.count(s.n), w.short(s.metric), w.short(s.gap, w.signed), "yes" if s.established else "no")
        for s in piece.groups
    )
    columns = (
        Column("Group"),
        Column("n", True),
        Column("Score (95% interval)", True),
        Column("Gap to all others", True),
        Column("Settled"),
    )
    name = shorten(piece.column, 60)
    return Section(("By ", Given(name)), (Table(f"Groups of {name}", columns, rows), Paragraph(Given(piece.says))))


def _ethics(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    seen: Block = Paragraph("Personal data was not replaced in this run.")
    if run.redact is not None:
        seen = Section("What redaction can’t see", (Points(tuple(Given(line) for line in run.redact.not_caught)),))
    return [*answers(notes, "sensitive-use", "harms", "mitigations"), seen]


def _caveats(run: RunView, notes: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = [Paragraph(limit(run))]
    if run.select is not None:
        blocks.append(Paragraph(Given(run.select.reason)))
        if run.select.forecast is not None:
            blocks.append(Paragraph(Given(run.select.forecast.says)))
    return [*blocks, *answers(notes, "review")]
