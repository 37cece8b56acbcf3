"""Names of the pages of month 4."""

from __future__ import annotations

from django.urls import path

from segue.work.connect.views import month

app_name = "connect"
urlpatterns = [
    path("", month.show_connect, name="show-connect"),
    # people and organisations
    # importing and exporting contacts
    # asks and meetings
    # staying in touch
    # feedback on the project
]
