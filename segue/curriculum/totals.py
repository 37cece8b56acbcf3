"""Sums and tilings: weeks, phases, minutes, weights, levels. Left out for files with faults, where a sum would mean nothing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from segue.core.activity import Activity
from segue.curriculum.draft import ACTIVITIES, COMPETENCIES, CONCEPTS, ITEMS, LESSONS, PROGRAMME, Draft
from segue.curriculum.faults import Fault
from segue.curriculum.reading import Placed
from segue.curriculum.schema import WEEKS

ITEMS_A_CONCEPT = 2
WEEK_MINUTES = 300  # 26 weeks of it are the 130 hours of the blueprint


def weeks_listed(draft: Draft) -> Iterator[Fault]:
    """The weeks are listed 1 to 26, in order."""
    if not draft.is_sound(PROGRAMME):
        return
    for expected, week in enumerate(draft.weeks, 1):
        if week.value.number != expected:
            yield week.fault(f"weeks are listed in order: here week {expected} is due, not {week.value.number}", "number")
            return
    if len(draft.weeks) != WEEKS:
        yield draft.weeks[-1].fault(f"the weeks end at {len(draft.weeks)} of {WEEKS}", "number")


def phases_tile(draft: Draft) -> Iterator[Fault]:
    """The phases are numbered in order and cover weeks 1 to 26, each week once."""
    if not draft.is_sound(PROGRAMME):
        return
    due = 1
    for number, phase in enumerate(draft.phases, 1):
        mine = phase.value
        if mine.number != number:
            yield phase.fault(f"phases are listed in order: here phase {number} is due, not {mine.number}", "number")
        if mine.first_week != due:
            yield phase.fault(f"the phase must begin in week {due}, right after the one before it", "first_week")
        if mine.last_week < mine.first_week:
            yield phase.fault(f"the phase ends before it begins (week {mine.first_week})", "last_week")
        due = mine.last_week + 1
    if due != WEEKS + 1:
        yield draft.phases[-1].fault(f"the phases end in week {due - 1} of {WEEKS}", "last_week")


def activities_in_phase(draft: Draft) -> Iterator[Fault]:
    """An activity stands in the file that is named after the phase of its week."""
    phases = [phase.value for phase in draft.phases] if draft.is_sound(PROGRAMME) else []
    for thing in draft.activities:
        stem = PurePosixPath(thing.path).stem
        home = next((p.id for p in phases if p.first_week <= thing.value.week <= p.last_week), stem)
        if home != stem:
            yield thing.fault(f"week {thing.value.week} belongs to {home}; move the activity to its file", "week")


def week_minutes(draft: Draft) -> Iterator[Fault]:
    """The minutes of each week come to 300; with 26 weeks listed, those of the whole come to 7,800."""
    if not draft.is_sound(*ACTIVITIES):
        return
    by_week: dict[int, list[Placed[Activity]]] = {number: [] for number in range(1, WEEKS + 1)}
    for thing in draft.activities:
        by_week[thing.value.week].append(thing)
    weeks = {week.value.number: week for week in draft.weeks}
    for number, things in by_week.items():
        total = sum(thing.value.minutes for thing in things)
        if things and total != WEEK_MINUTES:
            many = f"{abs(total - WEEK_MINUTES)} too {'many' if total > WEEK_MINUTES else 'few'}"
            yield things[-1].fault(f"the minutes of week {number} come to {total}, not {WEEK_MINUTES} ({many})", "minutes")
        elif not things and number in weeks:
            yield weeks[number].fault(f"week {number} has no activities", "number")


def weights_sum(draft: Draft) -> Iterator[Fault]:
    """A role target gives every competency a weight; the weights come to 1."""
    if not draft.is_sound(COMPETENCIES):
        return
    scored = [thing.value.id for thing in draft.competencies if not thing.value.is_track]
    for role in draft.roles:
        weights = role.value.weights
        unweighted = [name for name in scored if name not in weights]
        if unweighted:
            yield role.fault(f"no weight for {', '.join(unweighted)}", "weights")
        total = math.fsum(weights.values())
        if not math.isclose(total, 1, abs_tol=1e-6):
            yield role.fault(f"the weights of '{role.value.id}' come to {total:g}, not 1", "weights")


def concepts_taught(draft: Draft) -> Iterator[Fault]:
    """Every concept has one lesson, and questions enough for a test that is drawn anew."""
    if not draft.is_sound(CONCEPTS, LESSONS, ITEMS):
        return
    taught = {thing.value.concept for thing in draft.lessons}
    asked = Counter(thing.value.concept for thing in draft.items)
    if {*taught, *asked} - {thing.value.id for thing in draft.concepts}:
        return  # told of as names that lead nowhere
    for thing in draft.concepts:
        if thing.value.id not in taught:
            yield thing.fault(f"the concept has no lesson; write one in {LESSONS}", "id")
        if asked[thing.value.id] < ITEMS_A_CONCEPT:
            count = asked[thing.value.id]
            yield thing.fault(f"the concept has {count} questions in {ITEMS}; {ITEMS_A_CONCEPT} are the least", "id")


def levels_ruled(draft: Draft) -> Iterator[Fault]:
    """Each level of a competency has a rule; those of a track need none."""
    if not draft.is_sound(COMPETENCIES):
        return
    ruled = {rule.value.number for rule in draft.level_rules}
    for thing in draft.competencies:
        for i, level in enumerate(thing.value.levels):
            if level.number not in ruled and not thing.value.is_track:
                yield thing.fault(f"there is no level rule for level {level.number}", "levels", i, "number")
