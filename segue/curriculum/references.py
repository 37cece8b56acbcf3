"""Whatever one place of the content names, another place has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from segue.core.activity import FactField
from segue.core.competency import Competency, Condition, Need
from segue.curriculum.draft import KINDS, Draft
from segue.curriculum.faults import Fault
from segue.curriculum.reading import Placed
from segue.curriculum.values import did_you_mean, suggestion

REAL_DATA = "data"
REAL_DATA_VALUES = ("real", "realistic", "toy")
RESERVED = f"the field '{REAL_DATA}' is reserved: a choice of {', '.join(REAL_DATA_VALUES)}"

Names = Mapping[str, Placed[Any]] | None


def _dangling(name: str, known: Names, noun: str) -> str:
    """What is wrong where ``name`` is not known; nothing where it is empty or the known ones could not be read."""
    if not name or known is None or name in known:
        return ""
    return f"there is no {noun} '{name}'{did_you_mean(suggestion(name, known))}"


def _each(thing: Placed[Any], names: tuple[str, ...], known: Names, noun: str, *trail: str | int) -> Iterator[Fault]:
    """Faults in a list of ids, or at a single one (the trail then leads to no list)."""
    for i, name in enumerate(names):
        problem = _dangling(name, known, noun)
        if problem:
            yield thing.fault(problem, *trail, i)


def _each_key(thing: Placed[Any], key: str, names: Iterable[str], known: Names, noun: str) -> Iterator[Fault]:
    """Faults in a mapping whose keys are ids."""
    for name in names:
        problem = _dangling(name, known, noun)
        if problem:
            yield thing.key_fault(problem, key, name)


def activity_references(draft: Draft) -> Iterator[Fault]:
    """Activities name kinds, competencies, other activities and concepts."""
    activities, kinds, competencies = draft.names("activities"), draft.names("kinds"), draft.names("competencies")
    concepts = draft.names("concepts")
    for thing in draft.activities:
        yield from _each(thing, thing.value.requires, activities, "activity", "requires")
        yield from _each(thing, thing.value.concepts, concepts, "concept", "concepts")
        for i, wait in enumerate(thing.value.waits):
            yield from _each(thing, (wait.activity_id,), activities, "activity", "waits", i, "activity")
        for i, wanted in enumerate(thing.value.yields):
            yield from _each(thing, (wanted.kind,), kinds, "kind of evidence", "yields", i, "kind")
            yield from _each(thing, wanted.competencies, competencies, "competency", "yields", i, "competencies")


def competency_references(draft: Draft) -> Iterator[Fault]:
    """Criteria name kinds; gates and role targets name competencies and levels."""
    kinds = draft.names("kinds")
    for thing, trail, need in _needs(draft):
        yield from _each(thing, need.kinds, kinds, "kind of evidence", *trail, "kinds")
    competencies = draft.names("competencies")
    for gate in draft.gates:
        yield from _each_key(gate, "levels", gate.value.levels, competencies, "competency")
        for name, number in gate.value.levels.items():
            if competencies and name in competencies and not _has_level(competencies[name].value, number):
                yield gate.fault(f"{name} has no level {number}", "levels", name)
    for role in draft.roles:
        yield from _each_key(role, "weights", role.value.weights, competencies, "competency")


def _has_level(competency: Competency, number: int) -> bool:
    return number == 0 or any(level.number == number for level in competency.levels)


def _needs(draft: Draft) -> Iterator[tuple[Placed[Competency], tuple[str | int, ...], Need]]:
    for thing in draft.competencies:
        for i, level in enumerate(thing.value.levels):
            for j, criterion in enumerate(level.criteria):
                yield thing, ("levels", i, "criteria", j, "needs"), criterion.need


def study_references(draft: Draft) -> Iterator[Fault]:
    """Concepts name modules, sources and each other; terms, questions, lessons and units of courses name concepts."""
    modules, sources, concepts = draft.names("modules"), draft.names("sources"), draft.names("concepts")
    for thing in draft.concepts:
        yield from _each(thing, (thing.value.module,), modules, "module", "module")
        yield from _each(thing, thing.value.prerequisites, concepts, "concept", "prerequisites")
        yield from _each(thing, thing.value.sources, sources, "source", "sources")
    users: tuple[Placed[Any], ...] = (*draft.terms, *draft.diagnostic, *draft.lessons, *draft.items)
    for user in users:
        yield from _each(user, (user.value.concept,), concepts, "concept", "concept")
    for course in draft.courses:
        units = {unit.id: course for unit in course.value.units}
        yield from _each(course, course.value.slice, None if "" in units else units, "unit of this course", "slice")
        for i, unit in enumerate(course.value.units):
            yield from _each(course, unit.concepts, concepts, "concept", "units", i, "concepts")


# --- facts ------------------------------------------------------------------------------------------------------------------


def facts(draft: Draft) -> Iterator[Fault]:
    """Facts that criteria ask for and activities expect are fields of the kinds, with values that can be given."""
    kinds = draft.names("kinds")
    if kinds is None or not draft.is_sound(KINDS):
        return
    fields = {name: {field.name: field for field in thing.value.fields} for name, thing in kinds.items()}
    yield from _reserved(draft)
    yield from _expected(draft, fields)
    for thing, trail, need in _needs(draft):
        for kind in need.kinds:
            if kind in fields:
                yield from _demanded(thing, trail, need, kind, fields[kind])


def _reserved(draft: Draft) -> Iterator[Fault]:
    """The rule of level 3 looks at the fact ``data``, so it must mean the same in every kind."""
    for kind in draft.kinds:
        for i, field in enumerate(kind.value.fields):
            if field.name != REAL_DATA:
                continue
            if field.sort != "choice":
                yield kind.fault(RESERVED, "fields", i, "sort")
            for j, (value, _) in enumerate(field.choices):
                if value not in REAL_DATA_VALUES:
                    yield kind.fault(f"{RESERVED}; not '{value}'", "fields", i, "choices", j, "value")


def _no_field(fact: str, kind: str, fields: Mapping[str, FactField]) -> str:
    return f"the kind '{kind}' has no field '{fact}'{did_you_mean(suggestion(fact, fields))}"


def _expected(draft: Draft, fields: Mapping[str, Mapping[str, FactField]]) -> Iterator[Fault]:
    for thing in draft.activities:
        for i, wanted in enumerate(thing.value.yields):
            own = fields.get(wanted.kind)
            for fact, value in wanted.expected.items() if own is not None else ():
                if own is None or fact not in own:
                    yield thing.key_fault(_no_field(fact, wanted.kind, own or {}), "yields", i, "expected", fact)
                else:
                    problem = _misfit(own[fact], value)
                    if problem:
                        yield thing.fault(problem, "yields", i, "expected", fact)


def _misfit(field: FactField, value: float | str) -> str:
    if value == "":  # told of before
        return ""
    if field.sort == "number":
        return "" if isinstance(value, (int, float)) else f"'{field.name}' is a number, not '{value}'"
    return _unknown_value(field, str(value))


def _unknown_value(field: FactField, value: str) -> str:
    known = [one for one, _ in field.choices]
    if value in known:
        return ""
    return f"'{field.name}' has no value '{value}'{did_you_mean(suggestion(value, known))} (it has {', '.join(known)})"


def _demanded(
    thing: Placed[Any], trail: tuple[str | int, ...], need: Need, kind: str, fields: Mapping[str, FactField]
) -> Iterator[Fault]:
    for i, condition in enumerate(need.where):
        where = (*trail, "where", i)
        if condition.fact not in fields:
            if condition.fact:
                yield thing.fault(_no_field(condition.fact, kind, fields), *where, "fact")
            continue
        yield from _condition(thing, where, condition, fields[condition.fact])
    if need.distinct is not None and need.distinct.fact:
        field = fields.get(need.distinct.fact)
        if field is None:
            yield thing.fault(_no_field(need.distinct.fact, kind, fields), *trail, "distinct", "fact")
        elif field.sort == "choice" and len(field.choices) < need.distinct.count:
            message = f"'{field.name}' has only {len(field.choices)} values in the kind '{kind}'"
            yield thing.fault(message, *trail, "distinct", "count")


def _condition(thing: Placed[Any], where: tuple[str | int, ...], condition: Condition, field: FactField) -> Iterator[Fault]:
    if condition.at_least is not None and field.sort != "number":
        yield thing.fault(f"'{field.name}' is a choice; use 'any_of'", *where, "at_least")
    if condition.any_of and field.sort != "choice":
        yield thing.fault(f"'{field.name}' is a number; use 'at_least'", *where, "any_of")
        return
    for i, value in enumerate(condition.any_of):
        problem = _unknown_value(field, value) if value else ""
        if problem:
            yield thing.fault(problem, *where, "any_of", i)
