"""The plain workbench of every month."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "segue.work.workbench"
    label = "workbench"
