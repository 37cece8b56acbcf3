"""Month 6: résumé, profile, job ads, interviews, mentors, portfolio: show it, honestly."""

from django.apps import AppConfig


class TransitionConfig(AppConfig):
    name = "segue.work.transition"
    label = "transition"
