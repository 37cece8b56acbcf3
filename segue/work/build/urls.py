"""Names of the pages of month 3."""

from __future__ import annotations

from django.urls import path

from segue.work.build import views

app_name = "build"
urlpatterns = [
    path("", views.show_build, name="show-build"),
    path("charter/", views.show_charter, name="show-charter"),
    path("charter/edit/", views.edit_charter, name="edit-charter"),
    path("charter/edit/save/", views.save_typed, name="save-typed"),
    path("charter/cuts/", views.list_cuts, name="list-cuts"),
    path("charter/cuts/<slug:cut_id>/", views.make_cut, name="make-cut"),
    path("charter/record/", views.record_charter, name="record-charter"),
    path("charter/memo/", views.begin_memo, name="begin-memo"),
    path("charter/decision/", views.begin_decision, name="begin-decision"),
]
