"""Tables of the database by the app they belong to."""

from __future__ import annotations

from django.apps import apps


def tables_of(label: str) -> list[str]:
    """Those that rest on others first, so that they can be dropped one after the other."""
    return [model._meta.db_table for model in reversed([*apps.get_app_config(label).get_models()])]
