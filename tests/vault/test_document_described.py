"""The documentation names every field of an export and of a manifest."""

from __future__ import annotations

from pathlib import Path

import pytest

from segue.vault import document
from tests.vault.test_manifest import MANIFEST

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "data-files.md").read_text("utf-8")
TABLES = ("LEARNER", "HOURS", "TIME_OFF", "CHOICE", "ENTRY", "ATTACHMENT", "DRAFT", "KEPT")


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_an_export(table: str) -> None:
    assert [name for name in getattr(document, table) if f"`{name}`" not in TEXT] == []


def test_every_field_of_a_manifest() -> None:
    assert [name for name in vars(MANIFEST) if f"`{name}`" not in TEXT] == []
