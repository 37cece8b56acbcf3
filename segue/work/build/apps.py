"""Month 3: one small AI project, from charter to a documented result."""

from django.apps import AppConfig


class BuildConfig(AppConfig):
    name = "segue.work.build"
    label = "build"
