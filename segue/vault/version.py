"""Which Segue this is."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """The version that is installed; ``unpackaged`` where Segue runs from its sources without being installed."""
    try:
        return metadata.version("segue")
    except metadata.PackageNotFoundError:
        return "unpackaged"
