"""Reads: what the plan is computed from, and one turn of the loop."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.activity import Programme
from segue.core.availability import Availability, Choices, Span
from segue.core.loop import Attending, Inputs, Turn, turn
from segue.courses.queries import programme_of
from segue.evidence.queries import core_entries
from segue.schedule.models import Choice, ChoiceSort, Hours
from segue.shared import clock


def hours_of(learner: Learner) -> Hours | None:
    """When the learner works; ``None`` before the first hour is over."""
    return Hours.objects.filter(learner=learner).first()


def availability_of(hours: Hours) -> Availability:
    """Hours and time off as the planner takes them."""
    spans = tuple(Span(t.first, t.last) for t in hours.learner.time_off.all())
    return Availability(hours.starts_on, tuple(hours.weekday_minutes), spans)


def inputs_of(learner: Learner, hours: Hours, programme: Programme) -> Inputs:
    """Everything the learner decided."""
    chosen = list(learner.choices.all())
    role = next((r for r in programme.roles if r.id == learner.role_target), None)
    return Inputs(
        availability=availability_of(hours),
        choices=choices_from(chosen),
        agreed_on=hours.agreed_on,
        weights=role.weights if role else {},
        attending=_attending(chosen, programme),
    )


def choices_from(chosen: list[Choice]) -> Choices:
    """Rows as the planner takes them."""
    by_sort = {sort: [c for c in chosen if c.sort == sort] for sort in ChoiceSort}
    return Choices(
        pinned={c.activity_id: c.on for c in by_sort[ChoiceSort.PIN] if c.on},
        skipped={c.activity_id: c.reason for c in by_sort[ChoiceSort.SKIP]},
        deferred={c.activity_id: c.on for c in by_sort[ChoiceSort.DEFER] if c.on},
        split={c.activity_id: c.parts for c in by_sort[ChoiceSort.SPLIT] if c.parts},
    )


def _attending(chosen: list[Choice], programme: Programme) -> tuple[Attending, ...]:
    courses = {c.id: c for c in programme.courses}
    return tuple(
        Attending(courses[c.activity_id], c.scope == "whole", since=c.made_at.astimezone().date())
        for c in chosen
        if c.sort == ChoiceSort.COURSE and c.activity_id in courses
    )


def planning_day(learner: Learner) -> date:
    """The day to plan from: today, or the day of the newest entry where the clock was set back before it."""
    last = learner.entries.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    today = clock.today()
    return max(today, last.astimezone().date()) if last else today


def turn_of(learner: Learner, today: date | None = None) -> Turn | None:
    """One turn of the loop for a learner; ``None`` before the first hour is over."""
    hours = hours_of(learner)
    if hours is None:
        return None
    day = today or planning_day(learner)
    programme = programme_of(learner)
    return turn(programme, core_entries(learner), inputs_of(learner, hours, programme), day)


def turn_or_404(learner: Learner) -> Turn:
    """The same for pages that there are only after the first hour. Raises ``Http404`` before."""
    found = turn_of(learner)
    if found is None:
        raise Http404
    return found


def planned_or_404(learner: Learner) -> None:
    """For pages that there are only after the first hour and that need nothing of the plan. Raises ``Http404`` before."""
    if hours_of(learner) is None:
        raise Http404
