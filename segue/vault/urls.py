"""Names of the pages."""

from __future__ import annotations

from django.urls import path

from segue.vault import views

app_name = "vault"
urlpatterns = [
    path("data/", views.show_data, name="show-data"),
    path("data/export/", views.make_export, name="make-export"),
    path("data/backup/", views.make_backup, name="make-backup"),
    path("data/jobs/<int:job_id>/", views.show_job, name="show-job"),
    path("data/jobs/<int:job_id>/cancel/", views.cancel_job, name="cancel-job"),
    path("data/jobs/<int:job_id>/download/", views.download_result, name="download-result"),
    path("health/", views.show_health, name="show-health"),
]
