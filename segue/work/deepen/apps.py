"""Month 5: ethics, privacy and law, the life of a model, cases, and the spec, done on the project of month 3."""

from django.apps import AppConfig


class DeepenConfig(AppConfig):
    name = "segue.work.deepen"
    label = "deepen"
