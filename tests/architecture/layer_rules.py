"""Which code may know of which, where an import linter can't see it: strings, migrations, packages that don't exist yet."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.tree import (
    at,
    code,
    files,
    imported,
    imports_of,
    layers,
    name_of,
    nodes,
    package_of,
    parse,
    project,
    rule,
    text_of,
)

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
IMPURE_MODULES = ("random", "secrets", "time", "os", "io", "pathlib", "socket", "subprocess", "threading", "uuid")
CLOCK_READINGS = {"today", "now", "utcnow"}
# Name on the package index -> name to import, where they differ.
IMPORT_NAMES = {
    "markdown-it-py": "markdown_it",
    "python-calamine": "python_calamine",
    "pyyaml": "yaml",
    "python-docx": "docx",
    "scikit-learn": "sklearn",
    "vadersentiment": "vaderSentiment",
}
# Data without code of its own that we import: time zones for Windows.
DATA_ONLY = {"tzdata"}
OPTIONAL = {"psycopg"}
# Package -> where what it imports is declared. The Lab's own are extras, so that Segue runs without them.
DECLARED_IN = {"segue": ("dependencies",), "feedback_lab": ("lab", "scale")}
# Extras of Segue's own: imported in a function, so that it starts without them.
SPARED = {"segue": ("papers", "pdf")}


@rule
def relations_point_down(root: Path) -> list[str]:
    """A model, query or migration names, as a string, only models of its own app and of apps below it."""
    found = []
    for path in code(root, "segue"):
        own = package_of(root, path)
        for line, label in _named_apps(path):
            other = _apps(root).get(label)
            if other and other != own and _height(root, other) >= _height(root, own):
                found.append(at(root, path, line, f"{own} must not point up or sideways at {other}"))
    return found


@rule
def core_is_pure(root: Path) -> list[str]:
    """The rules use the standard library only, and of it nothing that differs between two calls: clock, randomness, files."""
    found = []
    for path in code(root, "segue/core"):
        for line, name in imported(path):
            top = name.split(".")[0]
            own = name == "segue.core" or name.startswith("segue.core.")
            if not own and (top not in sys.stdlib_module_names or top in IMPURE_MODULES):
                found.append(at(root, path, line, f"core imports {name}; hand it in as an argument"))
        for node in nodes(path, ast.Call):
            reads_clock = isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_READINGS
            if reads_clock or (isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}):
                found.append(at(root, path, node.lineno, f"core calls {name_of(node.func)}(); hand the value in as an argument"))
    return found


@rule
def clock_has_one_door(root: Path) -> list[str]:
    """Only ``segue.shared.clock`` reads the clock, so that a test or a tour can move the date."""
    return [
        at(root, path, node.lineno, f"{name_of(node.value)}.{node.attr} reads the clock: call segue.shared.clock")
        for path in code(root, "segue")
        if path.relative_to(root).as_posix() != "segue/shared/clock.py" and path.parent.name != "migrations"
        for node in nodes(path, ast.Attribute)
        if node.attr in {*CLOCK_READINGS, "localdate", "localtime"} and name_of(node.value) in {"date", "datetime", "timezone"}
    ]


@rule
def lab_stands_alone(root: Path) -> list[str]:
    """The library of the Feedback Lab knows neither Django nor Segue."""
    return [
        at(root, path, line, f"feedback_lab imports {name}")
        for path in code(root, "feedback_lab")
        for line, name in imports_of(path, "django", "segue")
    ]


@rule
def lab_has_one_door(root: Path) -> list[str]:
    """In Segue, only ``segue.work.lab`` imports the library of the Feedback Lab."""
    return [
        at(root, path, line, f"{package_of(root, path)} imports {name}; go through segue.work.lab")
        for path in code(root, "segue")
        if not package_of(root, path).startswith("segue.work.lab")
        for line, name in imports_of(path, "feedback_lab")
    ]


@rule
def dask_has_one_door(root: Path) -> list[str]:
    """At most one module imports Dask."""
    users = [(path, line) for path in code(root) for line, _ in list(imports_of(path, "dask", "distributed"))[:1]]
    return [at(root, path, line, "a second module imports Dask") for path, line in users[1:]]


@rule
def dependencies_match_imports(root: Path) -> list[str]:
    """What Segue imports is declared as a dependency, what the Lab imports in its extras, and what is declared is used there.

    Segue may borrow from the Lab's extra and from extras of its own, in a function, so that a page that needs one can say when
    it is not installed.
    """
    return [fault for package in DECLARED_IN for fault in _badly_declared(root, package)]


def _badly_declared(root: Path, package: str) -> list[str]:
    declared = set(declared_for(root, package))
    spared = set(_declared_in(root, SPARED.get(package, ())))
    borrowable = spared | (set(declared_for(root, "feedback_lab")) if package == "segue" else set())
    found, used = [], set()
    for path in code(root, package):
        eager = {node.lineno for node in parse(path).body if isinstance(node, ast.Import | ast.ImportFrom)}
        for line, name in imported(path):
            top = name.split(".")[0]
            if name.startswith((".", "segue", "feedback_lab")) or top in sys.stdlib_module_names:
                continue
            used.add(top)
            borrowed = top in borrowable and line not in eager
            if top not in declared | OPTIONAL and not borrowed:
                place = " or ".join(DECLARED_IN[package])
                found.append(at(root, path, line, f"{top} is imported but not declared in pyproject.toml under {place}"))
    texts = [path.read_text("utf-8") for path in code(root, package)]
    used |= {name for name in declared for text in texts if f'"{name}.' in text}  # named in settings only
    unused = sorted((declared | spared) - used - DATA_ONLY)
    return found + [f"pyproject.toml:1: {name} is declared for {package} but it does not use it" for name in unused]


def declared_for(root: Path, package: str) -> Iterator[str]:
    """Names to import of what ``pyproject.toml`` declares for a package."""
    return _declared_in(root, DECLARED_IN[package])


def _declared_in(root: Path, sections: tuple[str, ...]) -> Iterator[str]:
    places = project(root)["project"]
    for place in sections:
        for requirement in {**places, **places.get("optional-dependencies", {})}.get(place, ()):
            name = re.split(r"[\s;\[<>=!~]", requirement)[0].lower()
            yield IMPORT_NAMES.get(name, name)


@cache
def _apps(root: Path) -> dict[str, str]:
    """App label -> its package."""
    apps: dict[str, str] = {}
    for path in files(root, "models.py", "apps.py", under=("segue",)):
        package = package_of(root, path)
        apps.setdefault(package.split(".")[-1], package)
        for node in nodes(path, ast.Assign):
            if path.name == "apps.py" and name_of(node.targets[0]) == "label":
                apps[text_of(node.value)] = package
    return apps


def _height(root: Path, package: str) -> tuple[int, int]:
    parts = package.split(".")
    within_work = layers(root, "months").get(parts[2], -1) if len(parts) > 2 and parts[1] == "work" else -1
    return layers(root, "loop")[parts[1]], within_work


def _named_apps(path: Path) -> Iterator[tuple[int, str]]:
    """(line, app label) of the models that a file names by string: relations, ``get_model`` and what a migration depends on."""
    for node in nodes(path, ast.Call):
        arguments = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg in {"to", "app_label", "through"})]
        if name_of(node.func) in RELATIONS | {"get_model", "swappable_dependency"}:
            yield from ((node.lineno, text_of(one).split(".")[0]) for one in arguments if text_of(one))
    if path.parent.name == "migrations":
        for node in nodes(path, ast.Tuple):
            if len(node.elts) == 2 and all(text_of(one) for one in node.elts):
                yield node.lineno, text_of(node.elts[0])
