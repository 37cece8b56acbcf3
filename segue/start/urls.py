"""Names of the first hour's pages."""

from __future__ import annotations

from django.urls import path

from segue.start import views

app_name = "start"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("target/", views.choose_target, name="choose-target"),
    path("strengths/", views.rate_strengths, name="rate-strengths"),
    path("diagnostic/", views.begin_diagnostic, name="begin-diagnostic"),
    path("diagnostic/<int:number>/", views.answer_part, name="answer-part"),
    path("plan/", views.agree_plan, name="agree-plan"),
]
