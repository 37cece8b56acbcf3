"""The content that is shipped."""

from __future__ import annotations

import pytest
import yaml

from segue.curriculum import current, document
from segue.curriculum.loader import CONTENT, load, read


def test_shipped_content_has_no_fault() -> None:
    _, faults = read(CONTENT)
    assert not faults, "\n".join(map(str, faults))


def test_shipped_content_is_read_once() -> None:
    assert current() is current()
    assert len(current().programme.weeks) == 26


def test_shipped_content_is_the_same_without_the_c_loader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two loaders differ in what they let pass; some PyYAML builds have only the one."""
    quick = load(CONTENT)
    monkeypatch.setattr(document, "LOADER", yaml.SafeLoader)
    assert load(CONTENT) == quick
