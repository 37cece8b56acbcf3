"""Names of the pages of month 3."""

from __future__ import annotations

from django.urls import path

from segue.work.build.views import case_study, charter, decisions, logbook

app_name = "build"
urlpatterns = [
    path("", charter.show_build, name="show-build"),
    path("charter/", charter.show_charter, name="show-charter"),
    path("charter/edit/", charter.edit_charter, name="edit-charter"),
    path("charter/edit/save/", charter.save_typed, name="save-typed"),
    path("charter/cuts/", charter.list_cuts, name="list-cuts"),
    path("charter/cuts/<slug:cut_id>/", charter.make_cut, name="make-cut"),
    path("charter/record/", charter.record_charter, name="record-charter"),
    path("charter/memo/", charter.begin_memo, name="begin-memo"),
    path("charter/decision/", charter.begin_decision, name="begin-decision"),
    path("log/", logbook.show_log, name="show-log"),
    path("log/<slug:point_id>/begin/", logbook.begin_log, name="begin-log"),
    path("decisions/", decisions.list_decisions, name="list-decisions"),
    path("decisions/new/", decisions.add_decision, name="add-decision"),
    path("decisions/<int:pk>/", decisions.change_decision, name="change-decision"),
    path("decisions/<int:pk>/outcome/", decisions.note_outcome, name="note-outcome"),
    path("decisions/<int:pk>/record/", decisions.record_decision, name="record-decision"),
    path("case-study/", case_study.show_case, name="show-case"),
    path("case-study/edit/", case_study.edit_case, name="edit-case"),
    path("case-study/edit/save/", case_study.save_case, name="save-case"),
    path("case-study/figures/", case_study.take_figures, name="take-figures"),
    path("case-study/leave/", case_study.export_case, name="export-case"),
    path("case-study/private.pdf", case_study.download_private, name="download-private"),
    path("case-study/record/", case_study.record_case, name="record-case"),
]
