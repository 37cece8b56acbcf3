"""What comes before what: no circles, nothing needed before its week, nothing optional that a duty rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from segue.core.activity import Activity
from segue.curriculum.draft import Draft
from segue.curriculum.faults import Fault
from segue.curriculum.reading import Placed

DAYS = 7


def activity_order(draft: Draft) -> Iterator[Fault]:
    """What an activity requires or waits for comes no later, is no circle, and is not optional unless the activity is."""
    known = _by_id(draft.activities)
    for thing in draft.activities:
        for trail, other in _before(thing.value):
            if other in known:
                yield from _follows(thing, trail, known[other].value)
        for i, wait in enumerate(thing.value.waits):
            if wait.activity_id in known:
                yield from _fits(thing, i, known[wait.activity_id].value, wait.days)


def _by_id(things: Sequence[Placed[Any]]) -> dict[str, Placed[Any]]:
    return {thing.value.id: thing for thing in things if thing.value.id}


def _before(activity: Activity) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What comes before an activity, and where that is said."""
    for i, other in enumerate(activity.requires):
        yield ("requires", i), other
    for i, wait in enumerate(activity.waits):
        yield ("waits", i, "activity"), wait.activity_id


def _follows(thing: Placed[Activity], trail: tuple[str | int, ...], other: Activity) -> Iterator[Fault]:
    mine = thing.value
    if mine.week and other.week > mine.week:
        yield thing.fault(f"'{other.id}' comes later (week {other.week}) than what rests on it (week {mine.week})", *trail)
    if other.optional and not mine.optional:
        yield thing.fault(f"'{other.id}' is optional, so '{mine.id}', which is not, can't rest on it", *trail)


def _fits(thing: Placed[Activity], i: int, other: Activity, days: int) -> Iterator[Fault]:
    # From the Monday of the one week to the Sunday of the other is the longest that can pass.
    most = DAYS * (thing.value.week - other.week + 1) - 1
    if thing.value.week >= other.week > 0 and days > most:
        message = f"{days} days from '{other.id}' (week {other.week}) do not fit; at the most {most} days have passed by then"
        yield thing.fault(message, "waits", i, "days")


def activity_circles(draft: Draft) -> Iterator[Fault]:
    """No activity rests on itself, by whatever detour."""
    edges = {name: {other: trail for trail, other in _before(t.value)} for name, t in _by_id(draft.activities).items()}
    yield from _circles(_by_id(draft.activities), edges, "rests on")


def concept_circles(draft: Draft) -> Iterator[Fault]:
    """No concept is its own prerequisite, by whatever detour."""
    known = _by_id(draft.concepts)
    edges = {name: {other: ("prerequisites", i) for i, other in enumerate(t.value.prerequisites)} for name, t in known.items()}
    yield from _circles(known, edges, "needs")


Edges = Mapping[str, Mapping[str, tuple[str | int, ...]]]


def _circles(things: Mapping[str, Placed[Any]], edges: Edges, verb: str) -> Iterator[Fault]:
    """One fault for each circle, at the step that leads on from the first of its ids in the alphabet."""
    graph = {name: [other for other in others if other in things] for name, others in edges.items()}
    while circle := _circle(graph):
        first, second = circle[0], circle[1]
        yield things[first].fault(f"a circle: {f' {verb} '.join(circle)}", *edges[first][second])
        graph[first].remove(second)


def _circle(graph: Mapping[str, Sequence[str]]) -> list[str]:
    """A circle as a list of ids that ends where it began, or an empty list."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring = list(reversed(error.args[1]))[:-1]
        start = ring.index(min(ring))
        return [*ring[start:], *ring[:start], ring[start]]
    return []


def concept_order(draft: Draft) -> Iterator[Fault]:
    """A prerequisite is taught no later and is of no higher tier; a concept is taught in the week of its module."""
    known = _by_id(draft.concepts)
    modules = _by_id(draft.modules)
    for thing in draft.concepts:
        mine = thing.value
        for i, name in enumerate(mine.prerequisites):
            if name in known:
                yield from _prerequisite(thing, i, known[name])
        module = modules.get(mine.module)
        if module and mine.week and module.value.week and module.value.week != mine.week:
            yield thing.fault(f"the module '{mine.module}' is taught in week {module.value.week}, not {mine.week}", "week")


def _prerequisite(thing: Placed[Any], i: int, other: Placed[Any]) -> Iterator[Fault]:
    pairs: tuple[tuple[str, Callable[[Any], int]], ...] = (("week", lambda c: c.week), ("tier", lambda c: c.tier))
    for word, of in pairs:
        mine, theirs = of(thing.value), of(other.value)
        if 0 < mine < theirs:
            message = f"'{other.value.id}' is of {word} {theirs}, later than the {word} {mine} of what needs it"
            yield thing.fault(message, "prerequisites", i)
