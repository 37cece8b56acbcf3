"""How an app is written: functions instead of classes and signals, writes in one place, migrations that stand alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PACKAGES, at, code, files, imported, imports_of, name_of, nodes, rule

SIGNALS = ("django.dispatch", *(f"django.{place}.signals" for place in ("core", "db.models", "db.backends", "contrib.auth")))
WRITES = {
    *("save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "create_user"),
    *("asave", "acreate", "adelete", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create"),
}
# Test folders that are not the mirror of a package.
CROSS_CUTTING = {"access", "architecture", "journeys"}


@rule
def views_are_functions(root: Path) -> list[str]:
    """No class-based views."""
    found = []
    for path in code(root, "segue"):
        found += [at(root, path, line, f"{name}: write a function") for line, name in imports_of(path, "django.views.generic")]
        for node in nodes(path, ast.ClassDef):
            if any(name_of(parent).endswith("View") for parent in node.bases):
                found.append(at(root, path, node.lineno, f"{node.name} is a class-based view: write a function"))
        for node in nodes(path, ast.Attribute):
            if node.attr == "as_view":
                found.append(at(root, path, node.lineno, "as_view(): write a function"))
    return found


@rule
def nothing_happens_by_signal(root: Path) -> list[str]:
    """No signals: what an action does can be read in the action."""
    return [
        at(root, path, line, f"{name}: call it from the action")
        for path in code(root, "segue")
        for line, name in imports_of(path, *SIGNALS)
    ]


@rule
def save_is_not_overridden(root: Path) -> list[str]:
    """No class defines ``save``: what else must happen belongs into an action."""
    return [
        at(root, path, member.lineno, f"{node.name}.{member.name}: write an action")
        for path in code(root, "segue")
        for node in nodes(path, ast.ClassDef)
        for member in node.body
        if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef) and member.name in {"save", "asave"}
    ]


@rule
def only_actions_write(root: Path) -> list[str]:
    """Rows are written in ``actions.py``, or in the folder ``actions`` of a large app.

    Migrations, restoring a backup and making the demo journey are the exceptions.
    """
    return [
        at(root, path, node.lineno, f".{node.func.attr}() writes: move it into actions.py")
        for path in code(root, "segue")
        if not _may_write(path.relative_to(root))
        for node in nodes(path, ast.Call)
        if _is_write(node)
    ]


def _may_write(path: Path) -> bool:
    return "actions" in (path.stem, path.parent.name) or "migrations" in path.parts or path.parts[1] in {"vault", "demo"}


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    # A queryset is updated by keywords only; a dict, a set or a hash by a value.
    updates = call.func.attr in {"update", "aupdate"} and bool(call.keywords) and not call.args
    if call.func.attr == "save" and call.args:
        return False  # to a place, as a Word file is; a row knows its own
    return updates or call.func.attr in WRITES


@rule
def migrations_are_named_by_hand(root: Path) -> list[str]:
    """A migration's name says what it does."""
    return [
        at(root, path, 1, "name the migration by what it does: NNNN_what_it_does")
        for path in _migrations(root)
        if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem) or re.search(r"_auto_|_and_more", path.stem)
    ]


@rule
def migrations_import_no_app_code(root: Path) -> list[str]:
    """A migration must do tomorrow what it does today, so it uses nothing of Segue's that may change."""
    return [
        at(root, path, line, f"a migration imports {name}: copy what it needs")
        for path in _migrations(root)
        for line, name in imported(path)
        if name.startswith((".", "segue.", "feedback_lab."))
    ]


@rule
def migrations_can_be_undone(root: Path) -> list[str]:
    """A migration that runs code or SQL says how to go back."""
    return [
        at(root, path, node.lineno, f"{name_of(node.func)} without its reverse")
        for path in _migrations(root)
        for node in nodes(path, ast.Call)
        if name_of(node.func) in {"RunPython", "RunSQL"}
        and len(node.args) < 2
        and not {"reverse_code", "reverse_sql"} & _keywords(node)
    ]


def _migrations(root: Path) -> Iterator[Path]:
    return (path for path in code(root, "segue") if path.parent.name == "migrations" and path.stem != "__init__")


def _keywords(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


@rule
def tests_mirror_the_source(root: Path) -> list[str]:
    """``tests/plan/test_actions.py`` tests ``segue/plan/actions.py``; an aspect may follow the module's name."""
    found = []
    for path in files(root, ".py", under=("tests",)):
        parts = path.relative_to(root / "tests").parts
        if path.name.startswith("test_") and parts[0] not in CROSS_CUTTING and not _mirrored(root, Path(*parts)):
            found.append(at(root, path, 1, "tests no module of that name"))
    return found


def _mirrored(root: Path, test: Path) -> bool:
    words = test.stem.removeprefix("test_").split("_")
    names = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    places = [root / package / test.parent for package in PACKAGES] + [root / test.parent]
    return any((place / f"{name}.py").is_file() or (place / name).is_dir() for place in places for name in names)
