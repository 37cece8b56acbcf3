"""The look of Segue: templates, stylesheet, template tags, error pages, headers."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings

from segue.shared import clock


class SharedConfig(AppConfig):
    """What every page is made of."""

    name = "segue.shared"
    label = "shared"

    def ready(self) -> None:
        """The process goes by the clock of the machine again."""
        clock.restore_zone(settings.MACHINE_ZONE)
