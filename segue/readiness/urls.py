"""Names of the readiness pages."""

from __future__ import annotations

from django.urls import path

from segue.readiness import views

app_name = "readiness"
urlpatterns = [
    path("", views.show_readiness, name="show-readiness"),
    path("<str:competency_id>/", views.show_competency, name="show-competency"),
]
