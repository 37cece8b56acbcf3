"""Names of the pages of month 5."""

from __future__ import annotations

from django.urls import path

from segue.work.deepen.views import bias, cases, law, lineage, month, register, replays, sheets, spec

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
    # spec
    path("spec/different/", spec.compare_spec, name="compare-spec"),
    # law
    path("law/", law.list_law, name="list-law"),
    path("law/timeline/", law.show_timeline, name="show-timeline"),
    path("law/frameworks/", law.list_frameworks, name="list-frameworks"),
    # bias
    path("slices/", bias.show_slices, name="show-slices"),
    path("slices/save/", bias.save_slices, name="save-slices"),
    path("slices/record/", bias.record_slices, name="record-slices"),
    path("fairness/", bias.show_fairness, name="show-fairness"),
    # cases
    path("cases/", cases.list_cases, name="list-cases"),
    path("cases/<slug:case_id>/", cases.edit_analysis, name="edit-analysis"),
    path("cases/<slug:case_id>/save/", cases.save_analysis, name="save-analysis"),
    path("cases/<slug:case_id>/compare/", cases.show_case, name="show-case"),
    path("cases/<slug:case_id>/record/", cases.record_analysis, name="record-analysis"),
    path("cases/<slug:case_id>/case.pdf", cases.download_analysis, name="download-analysis"),
    # replay
    path("replay/", replays.list_replays, name="list-replays"),
    path("replay/new/", replays.add_replay, name="add-replay"),
    path("replay/<str:key>/", replays.show_replay, name="show-replay"),
    path("replay/<str:key>/again/", replays.replay_again, name="replay-again"),
    path("replay/<str:key>/next/", replays.next_week, name="next-week"),
    path("replay/<str:key>/decide/", replays.decide_week, name="decide-week"),
    path("replay/<str:key>/record/", replays.record_replay, name="record-replay"),
    path("replay/<str:key>/remove/", replays.remove_replay, name="remove-replay"),
    path("replay/<str:key>/restore/", replays.restore_replay, name="restore-replay"),
    # models and lineage
    path("models/", register.list_models, name="list-models"),
    path("models/new/", register.add_model, name="add-model"),
    path("models/<str:key>/", register.show_model, name="show-model"),
    path("models/<str:key>/change/", register.change_model, name="change-model"),
    path("lineage/", lineage.show_lineage, name="show-lineage"),
]
