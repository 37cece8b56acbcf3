"""Write the reference of the library from its source: public names, signatures, docstrings, in the order of the layers.

    python scripts/api_reference.py            prints docs/reference/feedback-lab-api.md

The source is parsed and never imported, so the text is the same on every machine. Public is what ``__all__`` of a package names.
Without ``__all__`` it is each function and class of the package that begins with no underscore, or, where the package defines
nothing itself, those of its modules.
"""

from __future__ import annotations

import ast
import re
import textwrap
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "feedback_lab"
WIDTH = 140
LEFT_OUT = {"cli", "__main__"}  # the commands have a reference of their own
HEAD = f"""# The library `{PACKAGE}`

Written by `scripts/api_reference.py` from the docstrings; a test keeps it up to date. Modules stand in the order of the layers:
each imports only those below it. Most users need `{PACKAGE}.analyse` alone; the [commands](feedback-lab.md) are made of the same
functions. How the steps work and when they mislead: [the Feedback Lab explained](../explanation/feedback-lab.md).
"""

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True)
class Module:
    """A parsed module, by its dotted name."""

    name: str
    path: Path

    @cached_property
    def source(self) -> str:
        """Its text."""
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.source, str(self.path))

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """What it defines at its top, by name, in the order of the file."""
        found: dict[str, Definition] = {}
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = node
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found[node.target.id] = node
        return found

    @cached_property
    def imported(self) -> dict[str, str]:
        """Names that it takes from modules of the package, and the module; also those that it loads when they are asked for."""
        found = {
            alias.asname or alias.name: node.module
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE)
            for alias in node.names
        }
        offered: dict[str, str] = self._constant("OFFERED", {})
        return found | offered

    @cached_property
    def exported(self) -> list[str]:
        """Its public names, in their order."""
        if "__all__" in self.definitions:
            return list(self._constant("__all__", []))
        kinds = (ast.FunctionDef, ast.ClassDef)
        return [name for name, node in self.definitions.items() if isinstance(node, kinds) and not name.startswith("_")]

    def _constant(self, name: str, otherwise: Any) -> Any:
        node = self.definitions.get(name)
        return ast.literal_eval(node.value) if isinstance(node, ast.Assign) else otherwise

    def lines(self, first: int, last: int) -> str:
        """Lines of its source, counted from 1."""
        return "\n".join(self.source.splitlines()[first - 1 : last])


def module_at(name: str, root: Path) -> Module:
    """The module or package of a dotted name."""
    place = root.joinpath(*name.split("."))
    return Module(name, place / "__init__.py" if place.is_dir() else place.with_suffix(".py"))


def modules(root: Path) -> list[Module]:
    """The package, then its modules from the top layer down, as the import contract orders them."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "lab")
    names = [name for layer in layers for name in re.split(r" [|:] ", layer) if name not in LEFT_OUT]
    found = [module_at(PACKAGE, root)]
    for name in names:
        module = module_at(f"{PACKAGE}.{name}", root)
        inner = sorted(path.stem for path in module.path.parent.glob("*.py") if not path.stem.startswith("_"))
        several = module.path.name == "__init__.py" and not module.exported
        found += [module_at(f"{module.name}.{stem}", root) for stem in inner] if several else [module]
    return found


def where(module: Module, name: str, root: Path) -> Module:
    """The module that defines a name which this one offers."""
    if name in module.definitions:
        return module
    if name not in module.imported:
        raise ValueError(f"{module.name} offers {name}, and nothing defines it.")
    return where(module_at(module.imported[name], root), name, root)


def prose(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> str:
    """A docstring as Markdown."""
    text = re.sub(r"``(.+?)``", r"`\1`", ast.get_docstring(node) or "")
    paragraphs = re.sub(r"::$", ":", text, flags=re.MULTILINE).split("\n\n")
    if not isinstance(node, ast.Module):
        paragraphs = [" ".join(paragraphs)]  # one paragraph a name keeps the page short
    return "\n\n".join(each if each.startswith(" ") else fill(" ".join(each.split())) for each in paragraphs)


def fill(text: str, indent: str = "") -> str:
    """Text in lines of ``WIDTH`` characters at most."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def marks_of(node: ast.FunctionDef) -> set[str]:
    """Its decorators that are plain names."""
    return {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}


def signature(module: Module, node: ast.FunctionDef, name: str = "") -> str:
    """How a function is called, on one line: as it stands in the source, without ``def``, ``self`` and comments."""
    last = max(node.lineno, node.body[0].lineno - 1)
    head = " ".join(re.sub(r"  # .*", "", line).strip() for line in module.lines(node.lineno, last).splitlines())
    head = re.sub(r":(\s*\.\.\.)?\s*$", "", head).removeprefix("def ").replace("( ", "(").replace(", )", ")").replace(" )", ")")
    if marks_of(node) & {"property", "cached_property"}:
        return head.replace("(self) ->", ":").replace(" :", ":")
    head = re.sub(r"\((self|cls)(, )?", "(", head, count=1)
    return name + head.removeprefix(node.name).removesuffix(" -> None") if name else head


def fields(module: Module, node: ast.ClassDef) -> str:
    """The fields of a class with their comments, as they stand in the source."""
    lines: list[str] = []
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and not part.target.id.startswith("_"):
            lines += [line[part.col_offset :] for line in module.lines(part.lineno, part.end_lineno or part.lineno).splitlines()]
    return "```python\n" + "\n".join(lines) + "\n```" if lines else ""


def class_head(module: Module, node: ast.ClassDef) -> str:
    """How a class is made, or its name with what it is made from."""
    made = next((part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"), None)
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    return signature(module, made, node.name) if made else node.name + (f"({bases})" if bases else "")


def methods(module: Module, node: ast.ClassDef) -> str:
    """Public methods and properties, as a list."""
    public = [part for part in node.body if isinstance(part, ast.FunctionDef) and not part.name.startswith("_")]
    return "\n".join(fill(f"- `{signature(module, part)}`: {' '.join(prose(part).split())}", "  ") for part in public)


def constant(module: Module, node: ast.Assign | ast.AnnAssign) -> str:
    """A constant with its value, where that is short."""
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    line = module.lines(node.lineno, node.lineno).split("  #")[0]
    return line if node.end_lineno == node.lineno else ast.unparse(target)


def remark(module: Module, line: int) -> str:
    """The comment that stands behind a line, or right above it."""
    lines = module.source.splitlines()
    found: list[str] = [lines[line - 1].split("  # ")[1]] if "  # " in lines[line - 1] else []
    for text in reversed(lines[: line - 1]):
        if not text.startswith("#"):
            break
        found.insert(0, text.lstrip("# "))
    return fill(" ".join(found))


def described(module: Module, name: str, root: Path) -> str:
    """A name: how it is written or called, then its words."""
    home = where(module, name, root)
    node = home.definitions[name]
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return f"### `{constant(home, node)}`\n{remark(home, node.lineno)}".strip()
    if isinstance(node, ast.FunctionDef):
        return f"### `{signature(home, node)}`\n{prose(node)}"
    words = f"### class `{class_head(home, node)}`\n{prose(node)}\n{fields(home, node)}".strip()
    parts = [words, methods(home, node)]
    return "\n\n".join(part for part in parts if part)


def section(module: Module, root: Path) -> str:
    """A module: what it is for, then its names. One that another layer defines is named with its home."""
    homes = {name: ".".join(where(module, name, root).name.split(".")[:2]) for name in module.exported}
    own = ".".join(module.name.split(".")[:2])
    others = [f"`{name}` of `{home}`" for name, home in homes.items() if home != own]
    also = [fill(f"Offers {', '.join(others)}.")] if others else []
    names = [described(module, name, root) for name, home in homes.items() if home == own]
    return "\n\n".join([f"## {module.name}", prose(module.tree), *also, *names])


def api_reference(root: Path = ROOT) -> str:
    """The text of docs/reference/feedback-lab-api.md."""
    found = modules(root)
    contents = [f"- `{module.name}`: {prose(module.tree).split(chr(10))[0]}" for module in found]
    return "\n\n".join([HEAD.strip(), "\n".join(contents), *(section(module, root) for module in found)]) + "\n"


if __name__ == "__main__":
    print(api_reference(), end="")
