"""Names of the pages of month 6."""

from __future__ import annotations

from django.urls import path

from segue.work.transition.views import month

app_name = "transition"
urlpatterns = [
    path("", month.show_transition, name="show-transition"),
    # résumé
    # profile
    # job ads
    # stories, interviews
    # readiness, gaps, decision
    # portfolio
]
