"""The charter as data: its fields, the text and the figures that are recorded of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from segue.core.scope import ASKED, BUDGET_HOURS, PERMITTED, Scope, grown, score, shrunk

KIND, ACTIVITY, REVIEW = "charter", "w09-charter", "w09-charter-review"
PERMISSIONS = (
    ("written", "The owner’s word in writing"),
    ("licence", "A public licence"),
    ("own", "It is my own data"),
    (ASKED, "Asked for, not there yet"),
    ("none", "Not asked yet"),
)
DATA = (
    ("real", "Real customer data, with permission"),
    ("realistic", "Public data, or real data with identities removed"),
    ("toy", "Made-up or teaching data"),
)


@dataclass(frozen=True)
class Kill:
    """If this by that day, then we stop or shrink."""

    on: str
    says: str


@dataclass(frozen=True)
class Sheet:
    """What a charter says. ``inside`` and ``outside`` are short lines; days are ISO dates."""

    title: str
    problem: str
    user: str
    decision: str
    feedback: str
    owner: str
    permission: str
    data_kind: str
    sources: int
    languages: int
    classes: int
    labels: int
    double: int
    seconds: int
    other_hours: float
    live: bool
    sensitive: bool
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    baseline: str
    success: str
    error_costs: str
    kills: tuple[Kill, ...]

    @property
    def scope(self) -> Scope:
        """What makes it large."""
        return Scope(**{field.name: getattr(self, field.name) for field in fields(Scope)})

    @property
    def score(self) -> str:
        """Green, amber or red."""
        return score(self.scope)

    def with_scope(self, scope: Scope) -> Sheet:
        """The same project in another size."""
        return replace(self, **asdict(scope))

    def figures(self) -> Mapping[str, float | str]:
        """What is recorded beside the text."""
        return {
            "sources": self.sources,
            "languages": self.languages,
            "classes": self.classes,
            "labels": self.labels + self.double,
            "hours": round(self.scope.hours, 1),
            "left_out": len(self.outside),
            "kill_criteria": len(self.kills),
            "scope": self.score,
            "data": self.data_kind,
        }

    def text(self) -> str:
        """The charter as it is recorded, under the headings of its template."""
        return "\n\n".join(_part(heading, blocks) for heading, blocks in _parts(self)) + "\n"


def _part(heading: str, blocks: Sequence[str]) -> str:
    return f"## {heading}\n" + "\n\n".join(filter(None, blocks))


def _parts(sheet: Sheet) -> tuple[tuple[str, list[str]], ...]:
    size = f"Data sources: {sheet.sources}. Languages: {sheet.languages}. Classes: {sheet.classes}."
    permission = dict(PERMISSIONS)[sheet.permission]
    return (
        ("Question and decision", [sheet.problem, sheet.decision]),
        ("User", [sheet.user]),
        ("In", [sheet.feedback, size, _list(sheet.inside)]),
        ("Out", [_list(sheet.outside)]),
        ("Baseline and success", [sheet.baseline, sheet.success, sheet.error_costs]),
        ("Hours", [_hours(sheet)]),
        ("Kill criteria", [_list([f"{kill.on}: {kill.says}" for kill in sheet.kills])]),
        ("Permission and people", [f"Owner of the data: {sheet.owner}. Permission: {permission}."]),
    )


def _hours(sheet: Sheet) -> str:
    scope = sheet.scope
    return (
        f"{sheet.labels} labels, {sheet.double} of them made twice, {sheet.seconds} seconds each: {scope.label_hours:.1f} h. "
        f"Cleaning, runs, reading errors and writing: {sheet.other_hours:g} h. {scope.hours:.1f} of {BUDGET_HOURS} h in all."
    )


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def came_in(before: Sheet, after: Sheet) -> tuple[str, ...]:
    """What a change brings into the project, in words."""
    return (*grown(before.scope, after.scope), *(f"“{line}”" for line in after.inside if line not in before.inside))


def went_out(before: Sheet, after: Sheet) -> tuple[str, ...]:
    """What a change takes out of it, in words."""
    return (*shrunk(before.scope, after.scope), *(f"“{line}”" for line in before.inside if line not in after.inside))


def as_row(sheet: Sheet) -> dict[str, Any]:
    """The charter as its row keeps it."""
    return asdict(sheet) | {
        "inside": [*sheet.inside],
        "outside": [*sheet.outside],
        "kills": [asdict(kill) for kill in sheet.kills],
    }


def sheet_from(row: Mapping[str, Any]) -> Sheet | None:
    """The charter of a row; ``None`` where none was kept."""
    if not row:
        return None
    lists = {
        "inside": tuple(row["inside"]),
        "outside": tuple(row["outside"]),
        "kills": tuple(Kill(**kill) for kill in row["kills"]),
    }
    return Sheet(**{**row, **lists})


def is_sheet(value: object) -> bool:
    """Whether a value from outside is what a row may hold."""
    try:
        sheet = sheet_from(value) if isinstance(value, dict) else None
        return value == {} or (sheet is not None and as_row(sheet) == value and _is_sound(sheet))
    except (TypeError, KeyError, AttributeError, ValueError):
        return False


def _is_sound(sheet: Sheet) -> bool:
    texts = ("title", "problem", "user", "decision", "feedback", "owner", "baseline", "success", "error_costs")
    counts = ("sources", "languages", "classes", "labels", "double", "seconds")
    lines = (*sheet.inside, *sheet.outside, *(kill.says for kill in sheet.kills))
    return (
        all(isinstance(getattr(sheet, name), str) for name in texts)
        and all(isinstance(getattr(sheet, name), bool) for name in ("live", "sensitive"))
        and all(type(getattr(sheet, name)) is int and 0 <= getattr(sheet, name) <= 100_000 for name in counts)
        and type(sheet.other_hours) in (int, float)
        and 0 <= sheet.other_hours <= 1000
        and sheet.permission in dict(PERMISSIONS)
        and sheet.data_kind in dict(DATA)
        and all(isinstance(line, str) for line in lines)
        and all(date.fromisoformat(kill.on) for kill in sheet.kills)
    )


def is_permitted(sheet: Sheet) -> bool:
    """Whether the data may be touched."""
    return sheet.permission in PERMITTED
