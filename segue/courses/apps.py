"""Courses of one's own beside those of the catalogue. The ledger knows their units by name, the plan gives them days."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "segue.courses"
    label = "courses"
