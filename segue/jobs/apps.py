"""Long work, done by a worker process."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "segue.jobs"
    label = "jobs"
