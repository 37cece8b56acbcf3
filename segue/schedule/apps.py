"""What the plan is computed from: hours, time off, choices."""

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "segue.schedule"
    label = "schedule"
