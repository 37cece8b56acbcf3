"""PLAN: what next, and when am I there."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "segue.plan"
    label = "plan"
