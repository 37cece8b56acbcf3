"""Pages about the program itself."""

from __future__ import annotations

from django.urls import path

from segue.shared import views

app_name = "shared"
urlpatterns = [path("styleguide/", views.show_styleguide, name="show-styleguide")]
