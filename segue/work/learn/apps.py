"""Months 1 and 2: understand, remember, explain."""

from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "segue.work.learn"
    label = "learn"
