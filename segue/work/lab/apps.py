"""The pages of the Feedback Lab: from a file of feedback to themes, a model beside its baselines, and a report."""

from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "segue.work.lab"
    label = "lab"
