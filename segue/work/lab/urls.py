"""Names of the pages of the Lab."""

from __future__ import annotations

from django.urls import path

from segue.work.lab import views

app_name = "lab"
urlpatterns = [
    path("", views.list_analyses, name="list-analyses"),
    path("bring/", views.take_file, name="take-file"),
    path("<int:pk>/", views.show_analysis, name="show-analysis"),
    path("<int:pk>/columns/", views.choose_columns, name="choose-columns"),
    path("<int:pk>/stop/", views.stop_run, name="stop-run"),
    path("<int:pk>/delete/", views.remove_analysis, name="remove-analysis"),
    path("<int:pk>/record/", views.record_run, name="record-run"),
    path("<int:pk>/begin/<slug:kind>/", views.begin_piece, name="begin-piece"),
    path("<int:pk>/report/", views.download_report, name="download-report"),
]
