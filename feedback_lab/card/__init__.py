"""The documents of a run: a report as one HTML file, a model card, a datasheet. Made from records alone.

``report`` puts the sections together, ``blocks`` is what they are written in, ``page`` and ``markdown`` render them, ``charts``
draws.
"""

from __future__ import annotations

from feedback_lab.card.datasheet import datasheet_html, datasheet_markdown
from feedback_lab.card.gaps import gaps
from feedback_lab.card.model_card import model_card_html, model_card_markdown
from feedback_lab.card.report import report_html
from feedback_lab.card.view import RunView

__all__ = ["RunView", "datasheet_html", "datasheet_markdown", "gaps", "model_card_html", "model_card_markdown", "report_html"]
