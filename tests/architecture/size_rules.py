"""Size budgets: what a person can read in one go."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.tree import PACKAGES, at, code, files, is_vendored, nodes, rule

FILE_LINES = 400
FUNCTION_LINES = 50
VIEW_LINES = 40
TEMPLATE_LINES = 150
ADR_LINES = 40
FRONT_DOOR_LINES = 120
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "service", "services"}


@rule
def files_are_short(root: Path) -> list[str]:
    """No file of code is longer than 400 lines. The one stylesheet is no code, and content is data."""
    own = [path for path in files(root, ".py", ".js", under=(*PACKAGES, "tests")) if not is_vendored(path)]
    return _too_long(root, own, FILE_LINES)


@rule
def templates_are_short(root: Path) -> list[str]:
    """No template is longer than 150 lines."""
    return _too_long(root, files(root, ".html", under=PACKAGES), TEMPLATE_LINES)


@rule
def decisions_are_short(root: Path) -> list[str]:
    """No decision record is longer than 40 lines."""
    return _too_long(root, files(root, ".md", under=("docs/adr",)), ADR_LINES)


@rule
def front_door_is_short(root: Path) -> list[str]:
    """README and CONTRIBUTING have at most 120 lines each."""
    return _too_long(root, [path for path in (root / "README.md", root / "CONTRIBUTING.md") if path.exists()], FRONT_DOOR_LINES)


@rule
def functions_are_short(root: Path) -> list[str]:
    """No function is longer than 50 lines."""
    return _long_functions(root, code(root, *PACKAGES, "tests"), FUNCTION_LINES)


@rule
def views_are_short(root: Path) -> list[str]:
    """No view is longer than 40 lines."""
    views = [path for path in code(root) if path.name == "views.py" or path.parent.name == "views"]
    return _long_functions(root, views, VIEW_LINES)


@rule
def names_say_what_is_inside(root: Path) -> list[str]:
    """No module or folder has a name under which anything could be put."""
    found = []
    for path in code(root, *PACKAGES, "tests"):
        names = [path.stem, *(path.parent.name for _ in [0] if path.stem == "__init__")]
        found += [at(root, path, 1, f"the name {name} says nothing; name the thing") for name in names if name in FORBIDDEN_NAMES]
    return found


def _too_long(root: Path, paths: list[Path], most: int) -> list[str]:
    counted = [(path, len(path.read_text("utf-8").splitlines())) for path in paths]
    return [at(root, path, most, f"{lines} lines; at most {most}") for path, lines in counted if lines > most]


def _long_functions(root: Path, paths: list[Path], most: int) -> list[str]:
    found = []
    for path in paths:
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if lines > most:
                found.append(at(root, path, node.lineno, f"{node.name} has {lines} lines; at most {most}"))
    return found
