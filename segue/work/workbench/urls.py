"""Names of the workbench's pages."""

from __future__ import annotations

from django.urls import path, register_converter

from segue.work.workbench import views


class AreaConverter:
    """The five areas, so that no other address of one word is taken."""

    regex = "|".join(views.AREAS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(AreaConverter, "area")

app_name = "workbench"
urlpatterns = [
    path("<area:area>/", views.show_area, name="show-area"),
    path("activity/<path:activity_id>/", views.show_activity, name="show-activity"),
    path("glossary/", views.list_terms, name="list-terms"),
]
