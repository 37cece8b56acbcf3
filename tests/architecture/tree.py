"""Reading a source tree for the rules of this folder. The root is an argument, so that a rule can be tried on a made-up tree."""

from __future__ import annotations

import ast
import os
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("segue", "feedback_lab")
WRITTEN_BY_TOOLS = {"build", "dist", "htmlcov", "segue/collected"}

Rule = Callable[[Path], list[str]]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Mark a function as a rule: it must have a test of its own and a seeded violation that it is seen to catch."""
    RULES[function.__name__] = function
    return function


def holds(function: Rule) -> None:
    """Assert that Segue itself keeps a rule."""
    found = function(ROOT)
    assert not found, f"{function.__doc__}\n" + "\n".join(found)


def files(root: Path, *suffixes: str, under: tuple[str, ...] = ("",)) -> list[Path]:
    """Files of the tree with one of these endings, in order. Hidden folders and what tools write are left out."""
    found: list[Path] = []
    for folder in under:
        for place, folders, names in os.walk(root / folder):
            path = Path(place)
            folders[:] = [name for name in folders if _is_source((path / name).relative_to(root))]
            found += [path / name for name in names if name.endswith(suffixes)]
    return sorted(found)


def _is_source(folder: Path) -> bool:
    # ``build`` at the top is what setuptools writes; ``segue/work/build`` is month 3.
    written = folder.name == "__pycache__" or folder.as_posix() in WRITTEN_BY_TOOLS or folder.suffix == ".egg-info"
    return not written and not folder.name.startswith(".")


def code(root: Path, *under: str) -> list[Path]:
    """Python files of the packages, or of the folders named."""
    return files(root, ".py", under=under or PACKAGES)


def is_vendored(path: Path) -> bool:
    """Somebody else's file, kept as it came."""
    return "vendor" in path.parts or ".min." in path.name


@cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[Any]:
    """All nodes of these kinds in a file."""
    return (node for node in ast.walk(parse(path)) if isinstance(node, kinds))


def at(root: Path, path: Path, line: int, message: str) -> str:
    """One violation, as a line that an editor can jump to."""
    return f"{path.relative_to(root).as_posix()}:{line}: {message}"


def package_of(root: Path, path: Path) -> str:
    """Dotted name of the package that a file lies in: ``segue.work.learn`` for its ``models.py``, and for its migrations too."""
    parts = path.relative_to(root).parent.parts
    if "migrations" in parts:
        parts = parts[: parts.index("migrations")]
    return ".".join(parts)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, full name) of everything that a file imports; ``from a import b`` gives ``a.b``. Relative imports give ``.b``."""
    for node in nodes(path, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        else:
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def imports_of(path: Path, *packages: str) -> Iterator[tuple[int, str]]:
    """What a file imports from these packages."""
    for line, name in imported(path):
        if any(name == package or name.startswith(package + ".") for package in packages):
            yield line, name


def name_of(node: ast.expr) -> str:
    """Last part of a name: ``ForeignKey`` of ``models.ForeignKey``; ``""`` for anything that has none."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def text_of(node: ast.expr | None) -> str:
    """The string that a node stands for, or ``""``."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def project(root: Path) -> dict[str, Any]:
    """``pyproject.toml`` of the tree."""
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


def layers(root: Path, contract: str) -> dict[str, int]:
    """Height of each member of a layers contract: 0 for the lowest. Members of one layer share their height."""
    contracts = {entry["id"]: entry for entry in project(root)["tool"]["importlinter"]["contracts"]}
    heights = {}
    for height, layer in enumerate(reversed(contracts[contract]["layers"])):
        for member in layer.replace(":", "|").split("|"):
            heights[member.strip().strip("()")] = height
    return heights
