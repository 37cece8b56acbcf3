from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from segue.core.errors import UserError
from segue.vault.archive import Member
from segue.vault.manifest import DATABASE, Kind, Manifest, read_manifest

SHA = "ab" * 32
MANIFEST = Manifest(
    kind=Kind.FULL,
    segue="0.1.0",
    created_at=datetime(2026, 11, 23, 18, 24, tzinfo=UTC),
    schema={"evidence": "0001_ledger"},
    members={DATABASE: Member("cd" * 32, 4096), f"files/ab/{SHA}": Member(SHA, 3)},
    counts={"evidence_entry": 7},
    missing=("ef" * 32,),
)


def changed(**more: Any) -> bytes:
    return json.dumps(json.loads(MANIFEST.to_json()) | more).encode()


def test_there_and_back() -> None:
    assert read_manifest(MANIFEST.to_json().encode(), "It") == MANIFEST


def test_says_its_format_and_version_first_of_all() -> None:
    said = json.loads(MANIFEST.to_json())
    assert (said["format"], said["format_version"]) == ("segue-backup", 1)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_format_is_named(version: Any) -> None:
    with pytest.raises(UserError, match=f"It has format {version}; this Segue reads format 1"):
        read_manifest(changed(format_version=version), "It")


@pytest.mark.parametrize(
    "name",
    [
        "segue.sqlite3-wal",
        "secret-key",
        "../segue.sqlite3",
        "files/ab/../../x",
        f"files/cd/{SHA}",
        f"files/AB/{SHA.upper()}",
        f"files/ab/{SHA}/x",
        f"files/ab/{SHA}\n",
    ],
)
def test_no_other_names(name: str) -> None:
    members = {DATABASE: {"sha256": SHA, "size": 1}, name: {"sha256": name.rpartition("/")[2], "size": 1}}
    with pytest.raises(ValueError, match="no member is called"):
        read_manifest(changed(members=members), "It")


@pytest.mark.parametrize(
    "more",
    [
        {"members": {}},
        {"members": {DATABASE: {"sha256": SHA}}},
        {"members": {DATABASE: {"sha256": SHA, "size": 1}, f"files/ab/{SHA}": {"sha256": "0" * 64, "size": 1}}},
        {"kind": "weekly"},
        {"created_at": "today"},
        {"format": "other"},
    ],
)
def test_what_is_no_manifest_is_no_manifest(more: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        read_manifest(changed(**more), "It")
