"""Names of the pages for reviewers: no account, no navigation, an address of their own."""

from __future__ import annotations

from django.urls import path

from segue.evidence.views import answering

app_name = "review"
urlpatterns = [path("<str:token>/", answering.answer, name="answer")]
