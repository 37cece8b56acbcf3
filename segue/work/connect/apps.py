"""Month 4: relationships with the people who build AI."""

from django.apps import AppConfig


class ConnectConfig(AppConfig):
    name = "segue.work.connect"
    label = "connect"
