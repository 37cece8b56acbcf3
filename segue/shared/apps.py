"""The look of Segue: templates, stylesheet, template tags, error pages, headers."""

from __future__ import annotations

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """What every page is made of."""

    name = "segue.shared"
    label = "shared"
