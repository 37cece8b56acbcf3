"""Ids: none twice, and none reused. ``ids.yaml`` holds every id that was ever in use, so that nobody's progress is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from segue.curriculum.draft import FILES_OF, IDS, Draft, Registered
from segue.curriculum.faults import Fault
from segue.curriculum.reading import Placed
from segue.curriculum.values import did_you_mean, suggestion

Trail = tuple[str | int, ...]


@dataclass(frozen=True)
class Use:
    """An id where it is given. ``space`` is what it must be unique in."""

    space: str
    id: str
    thing: Placed[Any]
    trail: Trail

    def fault(self, message: str) -> Fault:
        """A fault at the id."""
        return self.thing.fault(message, *self.trail)


def uses(draft: Draft) -> Iterator[Use]:
    """Every id of the content that could be read."""
    for group in FILES_OF:
        for thing in getattr(draft, group):
            if thing.value.id:
                yield Use(group, thing.value.id, thing, ("id",))
    yield from _criteria(draft)
    yield from _inner(draft)


def _criteria(draft: Draft) -> Iterator[Use]:
    for thing in draft.competencies:
        for i, level in enumerate(thing.value.levels):
            for j, criterion in enumerate(level.criteria):
                if criterion.id:
                    yield Use("criteria", criterion.id, thing, ("levels", i, "criteria", j, "id"))


def _inner(draft: Draft) -> Iterator[Use]:
    """Names that need only be unique within the thing they belong to."""
    for course in draft.courses:
        for i, unit in enumerate(course.value.units):
            yield Use(f"units of {course.value.id}", unit.id, course, ("units", i, "id"))
    for kind in draft.kinds:
        for i, fact in enumerate(kind.value.fields):
            yield Use(f"fields of {kind.value.id}", fact.name, kind, ("fields", i, "name"))
            for j, (value, _) in enumerate(fact.choices):
                yield Use(f"choices of {kind.value.id} {fact.name}", value, kind, ("fields", i, "choices", j, "value"))
    for rule in draft.level_rules:
        yield Use("level rules", str(rule.value.number or ""), rule, ("number",))


def unique_ids(draft: Draft) -> Iterator[Fault]:
    """No id is given twice."""
    first: dict[tuple[str, str], Fault] = {}
    for use in uses(draft):
        here = use.fault("")
        before = first.setdefault((use.space, use.id), here)
        if use.id and before != here:
            yield use.fault(f"'{use.id}' is there twice (first in {before.path}:{before.line})")


def registered_ids(draft: Draft) -> Iterator[Fault]:
    """Every id in use is in ``ids.yaml`` as active; every active one is in use; no retired one is used again."""
    if IDS in draft.broken:
        return
    used: dict[str, dict[str, Use]] = {}
    for use in uses(draft):
        used.setdefault(use.space, {}).setdefault(use.id, use)
    for section, lines in draft.registry.items():
        known = {line.value.id: line for line in lines}
        if lines or draft.is_sound(IDS):
            yield from _unregistered(section, used.get(section, {}), known)
        group = "competencies" if section == "criteria" else section
        if draft.names(group) is not None and (section != "criteria" or draft.is_sound(*FILES_OF[group])):
            yield from _unused(section, used.get(section, {}), known)
        yield from _replacements(section, known)


def _unregistered(section: str, used: Mapping[str, Use], known: Mapping[str, Placed[Registered]]) -> Iterator[Fault]:
    for name, use in used.items():
        line = known.get(name)
        if line is None:
            yield use.fault(f"'{name}' is not in {IDS}; add it there under '{section}' as active")
        elif not line.value.active:
            where = line.key_fault("")
            yield use.fault(f"'{name}' was retired ({where.path}:{where.line}); ids are never reused")


def _unused(section: str, used: Mapping[str, Use], known: Mapping[str, Placed[Registered]]) -> Iterator[Fault]:
    for name, line in known.items():
        if line.value.active and name not in used:
            yield line.key_fault(
                f"'{name}' is active but no longer in the content ({section}); "
                "retire it with a date and what replaces it, so that nobody's progress is lost"
            )


def _replacements(section: str, known: Mapping[str, Placed[Registered]]) -> Iterator[Fault]:
    active = [name for name, line in known.items() if line.value.active]
    for line in known.values():
        heir = line.value.replaced_by
        if heir and heir not in active:
            near = did_you_mean(suggestion(heir, active))
            yield line.fault(f"'replaced_by' must be an active id of '{section}' or \"\", not '{heir}'{near}", "replaced_by")
