"""Model card, datasheet and results on two pages: from the figures of the newest run and the answers as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segue.shared import clock
from segue.work.lab.folders import run_folder
from segue.work.lab.models import Analysis
from segue.work.lab.queries.papers import answered_of, suggestions_of
from segue.work.lab.reading import spoken

if TYPE_CHECKING:
    from feedback_lab.card.blocks import Document
    from feedback_lab.card.view import RunView

MODEL_CARD, DATASHEET = "model-card", "datasheet"
NAMES = {MODEL_CARD: "Model card", DATASHEET: "Datasheet"}
SAYS = {
    MODEL_CARD: "What the model is for, what it is not for, how good it is and for whom. After Mitchell et al., 2019.",
    DATASHEET: "Where the data comes from, what is in it, what was done to it. After Gebru et al., 2021.",
}
FORMATS = {"html": "text/html", "md": "text/markdown", "pdf": "application/pdf"}


@dataclass(frozen=True)
class Question:
    """What only a person can answer. ``other``: what another window had written, and this answer replaced."""

    key: str
    asks: str
    answer: str
    other: str


@dataclass(frozen=True)
class PaperSection:
    """A section with its questions, ``filled`` when none of them is open and there is something in it."""

    title: str
    questions: tuple[Question, ...]
    filled: bool


@dataclass(frozen=True)
class Paper:
    """A document with its sections. ``revision``: of the answers, to tell windows apart."""

    slug: str
    name: str
    says: str
    sections: tuple[PaperSection, ...]
    revision: int

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in their order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def answered(self) -> int:
        """How many are answered."""
        return sum(1 for question in self.questions if question.answer)

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        return f"{self.answered} of {len(self.questions)}"

    @property
    def filled(self) -> int:
        """Sections without a gap."""
        return sum(1 for section in self.sections if section.filled)


def run_view(analysis: Analysis) -> RunView:
    """The newest run as its documents see it. Raises ``UserError`` where its folder was damaged."""
    from feedback_lab.pipeline.document_steps import view_of
    from feedback_lab.pipeline.run import open_run

    with spoken():
        return view_of(*open_run(run_folder(analysis)), clock.today())


def papers_of(analysis: Analysis) -> dict[str, Paper]:
    """Both documents."""
    view = run_view(analysis)
    return {slug: paper_of(analysis, slug, view) for slug in NAMES}


def paper_of(analysis: Analysis, slug: str, view: RunView | None = None) -> Paper:
    """One document: its questions, and what is answered."""
    view, answered = view or run_view(analysis), answered_of(analysis)
    asked, as_it_is = _document(slug, view, {}), _document(slug, view, analysis.notes)
    from feedback_lab.card.blocks import gaps_in, plain_text

    sections = []
    for empty, now in zip(asked.sections, as_it_is.sections, strict=True):
        gaps = {gap.key: gap.question for gap in gaps_in(empty.blocks)}
        questions = tuple(
            Question(key, asks, analysis.notes.get(key, ""), answered.other.get(key, "")) for key, asks in gaps.items()
        )
        sections.append(PaperSection(plain_text(now.title), questions, not [*gaps_in(now.blocks)] and bool(now.blocks)))
    return Paper(slug, NAMES[slug], SAYS[slug], tuple(sections), answered.revision)


def first_texts(analysis: Analysis, paper: Paper) -> dict[str, str]:
    """What the form shows first, by question: the answer, or what the analysis knows."""
    suggested = suggestions_of(analysis)
    return {question.key: question.answer or suggested.get(question.key, "") for question in paper.questions}


def _document(slug: str, view: RunView, notes: Mapping[str, str]) -> Document:
    from feedback_lab.card.datasheet import datasheet
    from feedback_lab.card.model_card import model_card

    return (model_card if slug == MODEL_CARD else datasheet)(view, _known(notes))


def _known(notes: Mapping[str, str]) -> dict[str, str]:
    from feedback_lab.card.notes import QUESTIONS

    return {key: text for key, text in notes.items() if key in QUESTIONS and text}


def markdown_of(analysis: Analysis, slug: str) -> str:
    """The document as Markdown, with the answers as they are now."""
    from feedback_lab.card.markdown import markdown_text

    return markdown_text(_document(slug, run_view(analysis), analysis.notes))


def title_of(analysis: Analysis, slug: str) -> str:
    """Its title."""
    return f"{NAMES[slug]}: {analysis.file_name}"


def file_of(analysis: Analysis, slug: str, form: str) -> bytes:
    """The document as a file. Raises ``UserError`` where a PDF can’t be made here."""
    from feedback_lab.card.markdown import markdown_text
    from feedback_lab.card.page import html_page

    document = _document(slug, run_view(analysis), analysis.notes)
    if form == "html":
        return html_page(document).encode()
    text = markdown_text(document)
    return text.encode() if form == "md" else as_pdf(analysis, text, document.title)


def as_pdf(analysis: Analysis, markdown: str, title: str) -> bytes:
    """A document of an analysis as PDF. Raises ``UserError`` where that can’t be made here."""
    from segue.shared.pdf import pdf_of

    footer = f"{analysis.file_name}, version {analysis.version}"
    return pdf_of(markdown, title, author=analysis.learner.name, footer=footer, on=clock.today())
