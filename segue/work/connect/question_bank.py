"""Questions to choose from for a talk: by the role of the person, by what the talk is for, and for everyone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "content" / "questions.yaml"


@dataclass(frozen=True)
class Bank:
    """All questions. ``roles`` and ``purposes`` go by the values of a conversation in the ledger."""

    roles: Mapping[str, tuple[str, ...]]
    purposes: Mapping[str, tuple[str, ...]]
    everyone: tuple[str, ...]


@cache
def bank() -> Bank:
    """The questions that come with Segue."""
    import yaml

    document = yaml.safe_load(PATH.read_text("utf-8"))
    roles, purposes = ({name: tuple(asked) for name, asked in document[part].items()} for part in ("roles", "purposes"))
    return Bank(roles, purposes, tuple(document["everyone"]))
