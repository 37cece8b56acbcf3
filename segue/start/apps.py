"""The first hour, which ends with a plan."""

from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "segue.start"
    label = "start"
