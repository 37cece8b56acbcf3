"""Names of the pages of month 5."""

from __future__ import annotations

from django.urls import path

from segue.work.deepen.views import month, sheets

app_name = "deepen"
urlpatterns = [
    path("", month.show_deepen, name="show-deepen"),
    # sheets
    path("sheets/<slug:sort>/", sheets.show_sheet, name="show-sheet"),
    path("sheets/<slug:sort>/edit/", sheets.edit_sheet, name="edit-sheet"),
    path("sheets/<slug:sort>/edit/save/", sheets.save_sheet, name="save-sheet"),
    path("sheets/<slug:sort>/record/", sheets.record_sheet, name="record-sheet"),
    path("sheets/<slug:sort>/law/", sheets.review_law, name="review-law"),
    path("sheets/<slug:sort>/print/", sheets.print_sheet, name="print-sheet"),
    path("sheets/<slug:sort>/sheet.pdf", sheets.download_sheet, name="download-sheet"),
    # law
    # bias
    # cases
    # replay
    # models and lineage
]
