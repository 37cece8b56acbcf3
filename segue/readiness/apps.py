"""READINESS: how ready, and what binds."""

from django.apps import AppConfig


class ReadinessConfig(AppConfig):
    name = "segue.readiness"
    label = "readiness"
