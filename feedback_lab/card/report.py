"""The report of a run: one HTML file for the person who asked, and for the data scientist who checks it."""

from __future__ import annotations

from feedback_lab.card import wording as w
from feedback_lab.card.blocks import Document, Given
from feedback_lab.card.data_section import data_section
from feedback_lab.card.drivers_section import drivers_section
from feedback_lab.card.errors_section import errors_section
from feedback_lab.card.groups_section import drift_section, slices_section
from feedback_lab.card.method_section import left_out_section, limits_section, method_section
from feedback_lab.card.models_section import labels_section, models_section
from feedback_lab.card.page import html_page
from feedback_lab.card.summary import summary
from feedback_lab.card.themes_section import sentiment_section, themes_section
from feedback_lab.card.view import RunView

SECTIONS = (
    data_section,
    themes_section,
    drivers_section,
    sentiment_section,
    labels_section,
    models_section,
    errors_section,
    slices_section,
    drift_section,
    limits_section,
    left_out_section,
    method_section,
)


def report_html(run: RunView) -> str:
    """The report as one HTML file, UTF-8, that loads nothing. The same view gives the same bytes."""
    return html_page(report(run))


def report(run: RunView) -> Document:
    """The report in blocks: a summary, then what there is, in the order in which a reader asks."""
    sections = [section for make in SECTIONS for section in make(run)]
    eyebrow = f"Feedback report, {w.day(run.made_on)}"
    lede = Given(run.question) if run.question else "No question was written down for this run."
    return Document(run.title, eyebrow, lede, (summary(run), *sections), paged=True)
