from __future__ import annotations

from importlib import metadata

import pytest

from segue.vault.version import version


def test_is_that_of_the_installed_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: f"{name} 9.9")
    assert version() == "segue 9.9"


def test_from_the_sources_alone_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_found(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", not_found)
    assert version() == "unpackaged"
