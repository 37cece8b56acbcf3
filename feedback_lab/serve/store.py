"""Versions of a model in a folder, and which of them is in use.

A version is a folder that never changes: the saved model, its encoder, and a manifest with the hash of each file. What is in use
stands in one small file that is replaced whole, so a switch is done or not done. The hashes find accidents and half copies;
they are no protection from somebody who may write to the folder and rewrites the manifest too.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from feedback_lab.errors import DamagedRun, LabError
from feedback_lab.files import read_json, sha256_of, write_json
from feedback_lab.records.restoring import restore

MANIFEST = "version.json"
USED = "current.json"
MODEL = "model"
ENCODER = "encoder.npz"
_NAME = re.compile(r"v\d{4,9}")
Loaded = TypeVar("Loaded")


@dataclass(frozen=True)
class Version:
    """A version: its name, what it was made from, its figures, and the SHA-256 of each of its files."""

    name: str
    made_from: str
    metrics: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)


class ModelStore:
    """Versions v0001, v0002... of a model in ``folder``, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def versions(self) -> tuple[str, ...]:
        """Names of all versions, oldest first."""
        found = [path.name for path in self.folder.glob("v*") if _NAME.fullmatch(path.name) and path.is_dir()]
        return tuple(sorted(found, key=lambda name: int(name[1:])))

    @property
    def used(self) -> tuple[str, ...]:
        """The versions that were put to use, oldest first; one that was rolled back from is no longer there."""
        path = self.folder / USED
        if not path.exists():
            return ()
        value = read_json(path)
        names = value.get("used") if isinstance(value, dict) else None
        if not isinstance(names, list) or not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
            raise DamagedRun(f"{path} does not name versions.", "Choose a version anew.")
        return tuple(names)

    @property
    def current(self) -> str | None:
        """The version in use; None before the first."""
        return self.used[-1] if self.used else None

    def add(
        self, model_folder: Path, metrics: Mapping[str, Any] | None = None, made_from: str = "", encoder: Path | None = None
    ) -> Version:
        """Copy a saved model, and its encoder where there is one, as a new version. It is not in use yet.

        Raises ``LabError`` where the folder is no folder, empty, or holds links, which could point anywhere.
        """
        _check_source(model_folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(dir=self.folder, prefix=".adding-"))
        try:
            shutil.copytree(model_folder, draft / MODEL)
            if encoder is not None:
                shutil.copyfile(encoder, draft / ENCODER)
            return self._settle(draft, Version("", made_from, dict(metrics or {}), _hashes(draft)))
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _settle(self, draft: Path, version: Version) -> Version:
        """Give the draft the next free name. A name that somebody else takes at the same moment can't be taken twice."""
        number = int((self.versions() or ("v0",))[-1][1:])
        while True:
            number += 1
            named = Version(f"v{number:04}", version.made_from, version.metrics, version.files)
            write_json(draft / MANIFEST, named)
            try:
                draft.rename(self.folder / named.name)
            except OSError:
                if not (self.folder / named.name).exists():
                    raise
            else:
                return named

    def version(self, name: str) -> Version:
        """The manifest of a version. Raises ``LabError`` where there is no such version, ``DamagedRun`` where its manifest is
        broken.
        """
        if not _NAME.fullmatch(name) or not (self.folder / name).is_dir():
            raise LabError(f"There is no version “{name}”.", f"There are: {', '.join(self.versions()) or 'none yet'}.")
        path = self.folder / name / MANIFEST
        if not path.is_file():
            raise DamagedRun(f"Version {name} has no {MANIFEST}.", "Add the model again.")
        found = restore(Version, read_json(path))
        if found.name != name:
            raise DamagedRun(f"The manifest of version {name} is that of {found.name}.", "Add the model again.")
        return found

    def verify(self, name: str) -> Version:
        """The manifest, after each file was compared with its hash. Raises ``DamagedRun`` that names what is not as it was
        added.
        """
        version = self.version(name)
        found = _hashes(self.folder / name)
        wrong = sorted(path for path in {*found, *version.files} if found.get(path) != version.files.get(path))
        if wrong:
            raise DamagedRun(
                f"Version {name} is not as it was added: {', '.join(wrong[:5])} {'differs' if len(wrong) == 1 else 'differ'}.",
                "Use another version, or add the model again.",
            )
        return version

    def use(self, name: str) -> Version:
        """Put a version to use. Raises as ``verify``; what was in use then stays in use."""
        version = self.verify(name)
        used = self.used
        if not used or used[-1] != name:
            write_json(self.folder / USED, {"used": [*used, name]})
        return version

    def roll_back(self) -> Version:
        """Go back to the version that was in use before. Raises ``LabError`` where there is none, else as ``verify``."""
        used = self.used
        if len(used) < 2:
            raise LabError(
                "There is no earlier version to go back to.", "Add a model and use it; the one before can then be had back."
            )
        version = self.verify(used[-2])
        write_json(self.folder / USED, {"used": used[:-1]})
        return version

    def load(self, name: str, loader: Callable[[Path, Path | None], Loaded]) -> Loaded:
        """A version's model by ``loader(model_folder, encoder_file_or_None)``, after its files were checked. Raises as
        ``verify``.
        """
        self.verify(name)
        encoder = self.folder / name / ENCODER
        return loader(self.folder / name / MODEL, encoder if encoder.is_file() else None)


def _check_source(folder: Path) -> None:
    if not folder.is_dir() or not any(path.is_file() for path in folder.rglob("*")):
        raise LabError(f"{folder} holds no saved model.", "Give the folder of a model, such as RUN/model.")
    links = [path for path in (folder, *folder.rglob("*")) if path.is_symlink()]
    if links:
        raise LabError(f"{links[0]} is a link.", "A saved model consists of plain files; copy the file there.")


def _hashes(folder: Path) -> dict[str, str]:
    """SHA-256 by path of all files but the manifest; a link counts as itself and never has the hash of a file."""
    paths = (path for path in sorted(folder.rglob("*")) if (path.is_file() or path.is_symlink()) and path != folder / MANIFEST)
    return {path.relative_to(folder).as_posix(): "a link" if path.is_symlink() else sha256_of(path) for path in paths}
