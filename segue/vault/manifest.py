"""The first page of a backup: what is in it, whence it came, and a checksum of everything."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from segue.core.errors import UserError
from segue.vault.archive import Member

NAME = "manifest.json"
DATABASE = "segue.sqlite3"
FORMAT = "segue-backup"
VERSION = 1
MOST_BYTES = 64 * 1024 * 1024

_MEMBER = re.compile(r"segue\.sqlite3|files/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class Kind(StrEnum):
    """Why a backup was made. Only a full one holds the attached files too."""

    FULL = "full"
    DAILY = "daily"
    BEFORE_MIGRATION = "before-migration"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    ``schema``: app -> its last change. ``members``: name in the archive -> size and checksum. ``counts``: table -> rows.
    ``missing``: checksums of attached files that were not there, or damaged, when the backup was made.
    """

    kind: Kind
    segue: str
    created_at: datetime
    schema: Mapping[str, str]
    members: Mapping[str, Member]
    counts: Mapping[str, int]
    missing: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The text of ``manifest.json``."""
        fields = asdict(self) | {"created_at": self.created_at.isoformat()}
        return json.dumps({"format": FORMAT, "format_version": VERSION} | fields, indent=1, sort_keys=True)


def read_manifest(data: bytes, what: str) -> Manifest:
    """Raises ``UserError`` where the format is newer, ``ValueError`` or ``KeyError`` where it is no manifest."""
    raw = json.loads(data)
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ValueError("no manifest")
    if raw["format_version"] != VERSION:
        raise UserError(
            f"{what} has format {raw['format_version']}; this Segue reads format {VERSION}. Nothing was changed.",
            "It was made by a newer Segue; install that version.",
        )
    members = {name: _member(name, value) for name, value in raw["members"].items()}
    if DATABASE not in members:
        raise ValueError("no database")
    return Manifest(
        kind=Kind(raw["kind"]),
        segue=str(raw["segue"]),
        created_at=datetime.fromisoformat(raw["created_at"]),
        schema=dict(raw["schema"]),
        members=members,
        counts={str(k): int(v) for k, v in raw["counts"].items()},
        missing=tuple(str(sha) for sha in raw["missing"]),
    )


def _member(name: str, value: Any) -> Member:
    if not _MEMBER.fullmatch(name):
        raise ValueError(f"no member is called {name}")
    member = Member(str(value["sha256"]), int(value["size"]))
    if name != DATABASE and member.sha256 != name.rpartition("/")[2]:
        raise ValueError(f"{name} is not called after its checksum")
    return member
