"""A checker of plans that shares no code with the planner."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from segue.core.plan import Plan, Session, Task
from tests.core.plan_cases import Case


def broken_rules(plan: Plan, case: Case) -> list[str]:
    """Every rule that a plan breaks, in words; empty for a good plan."""
    return list(_Checker(plan, case).run())


class _Checker:
    """Looks at a finished plan from the outside: positions in ``plan.sessions`` are the only clock."""

    def __init__(self, plan: Plan, case: Case) -> None:
        self.plan = plan
        self.case = case
        skipped = set(case.choices.skipped)
        self.open = {t.id: t for t in case.tasks if t.id not in case.done and t.id not in skipped}
        self.tight = any("some sessions are shorter" in warning for warning in plan.warnings)
        self.at: dict[str, list[int]] = {}
        for k, session in enumerate(plan.sessions):
            self.at.setdefault(session.task_id, []).append(k)
        self.last = {task_id: ks[-1] for task_id, ks in self.at.items()}
        never = len(plan.sessions)
        self.ready_at = {
            t.id: max(
                (self.last.get(i, never) + 1 for i in (*t.requires, *(w.activity_id for w in t.waits)) if i in self.open),
                default=0,
            )
            for t in self.open.values()
        }
        self.cached_ancestors: dict[str, list[str]] = {}

    def run(self) -> Iterator[str]:
        if wrong := [*self.completeness()]:
            yield from wrong  # the other rules take it that every session has its task
            return
        yield from self.days()
        yield from self.lengths()
        for task in self.open.values():
            if task.id in self.at:
                yield from self.requirements(task)
        yield from self.gates()
        yield from self.order()
        yield from self.idleness()
        yield from self.outlook()
        yield from self.people()
        yield from self.pins()

    def completeness(self) -> Iterator[str]:
        unplaced = [u.task_id for u in self.plan.unplaced]
        if sorted([*unplaced, *self.at]) != sorted(self.open):
            yield "not every open task is either planned or unplaced, once"
            return
        for task_id, ks in self.at.items():
            sessions = [self.plan.sessions[k] for k in ks]
            if sum(s.minutes for s in sessions) != self.open[task_id].minutes:
                yield f"{task_id}: minutes lost or doubled"
            if [(s.part, s.parts) for s in sessions] != [(n + 1, len(ks)) for n in range(len(ks))]:
                yield f"{task_id}: parts are numbered wrongly"
            if len({s.on for s in sessions}) < len(sessions):
                yield f"{task_id}: two sessions on a day"
        for item in self.plan.unplaced:
            if self.open[item.task_id].title not in item.reason or item.minutes != self.open[item.task_id].minutes:
                yield f"{item.task_id}: a poor reason"

    def free_on(self, day: date) -> int:
        whole = self.case.availability.weekday_minutes[day.weekday()]
        off = any(span.first <= day <= span.last for span in self.case.availability.time_off)
        if off or day < max(self.case.today, self.case.availability.starts_on):
            return 0
        return max(0, whole - (self.case.spent.get(day, 0) if day == self.case.today else 0))

    @cached_property
    def used(self) -> dict[date, int]:
        used: dict[date, int] = {}
        for session in self.plan.sessions:
            used[session.on] = used.get(session.on, 0) + session.minutes
        return used

    def days(self) -> Iterator[str]:
        if [s.on for s in self.plan.sessions] != sorted(s.on for s in self.plan.sessions):
            yield "the sessions are out of order"
        for day, minutes in self.used.items():
            if minutes > self.free_on(day):
                yield f"{day}: more than the day has"
        if self.plan.sessions and self.plan.sessions[-1].on > self.horizon:
            yield "beyond the horizon"

    @property
    def horizon(self) -> date:
        today = self.case.today
        return today.replace(year=today.year + 5) if (today.month, today.day) != (2, 29) else date(today.year + 5, 2, 28)

    def most(self, task: Task) -> int:
        parts = self.case.choices.split.get(task.id, 1)
        return (task.minutes + parts - 1) // parts

    def least(self, task: Task, day: date) -> int:
        shortest = 1 if self.tight else 15
        return min(shortest, self.case.availability.weekday_minutes[day.weekday()], self.most(task))

    def lengths(self) -> Iterator[str]:
        for session in self.plan.sessions:
            task = self.open[session.task_id]
            if not 0 < session.minutes <= self.most(task):
                yield f"{session}: too long"
            if session.part < session.parts and session.minutes < self.least(task, session.on):
                yield f"{session}: a crumb"
        for task_id, ks in self.at.items():
            for before, last in itertools.pairwise([self.plan.sessions[k] for k in ks[-2:]]):
                if last.minutes < self.least(self.open[task_id], before.on) <= (before.minutes + last.minutes) / 2:
                    yield f"{last}: a crumb that the session before could have spared"

    def requirements(self, task: Task) -> Iterator[str]:
        first = self.at[task.id][0]
        day = self.plan.sessions[first].on
        for other in task.requires:
            if other in self.open and not self.finished(other, first):
                yield f"{task.id} comes before {other}"
        if self.waiting(task, first, day):
            yield f"{task.id} comes before its day"
        if any(w.activity_id in self.open and not self.finished(w.activity_id, first) for w in task.waits):
            yield f"{task.id} does not wait"

    def finished(self, task_id: str, k: int) -> bool:
        """Whether the task was finished before position ``k``."""
        return self.last.get(task_id, k) < k

    def waiting(self, task: Task, k: int, day: date) -> bool:
        """Whether a pin, a deferral or a running wait keeps a task from going on at position ``k``, on ``day``."""
        choices = self.case.choices
        days = [chosen[task.id] for chosen in (choices.pinned, choices.deferred) if task.id in chosen]
        for wait in task.waits:
            if wait.activity_id in self.open:
                if self.finished(wait.activity_id, k):
                    days.append(self.plan.sessions[self.at[wait.activity_id][-1]].on + timedelta(days=wait.days))
            elif wait.activity_id in self.case.done:
                days.append(self.case.done[wait.activity_id] + timedelta(days=wait.days))
        return max(days, default=day) > day

    def held(self, task: Task, k: int, day: date) -> bool:
        """Whether it, or anything it needs and that is unfinished, waits for a day (or had its part of the day)."""
        for other in (task.id, *self.ancestors(task.id)):
            if self.finished(other, k):
                continue
            split = self.case.choices.split.get(other, 1) > 1
            if self.waiting(self.open[other], k, day) or (split and self.worked(other, k, day)):
                return True
        return False

    def worked(self, task_id: str, k: int, day: date) -> bool:
        return any(j < k and self.plan.sessions[j].on == day for j in self.at.get(task_id, ()))

    def ancestors(self, task_id: str) -> list[str]:
        if task_id in self.cached_ancestors:
            return self.cached_ancestors[task_id]
        found = self.cached_ancestors[task_id] = []
        todo = [task_id]
        while todo:
            task = self.open[todo.pop()]
            for other in (*task.requires, *(w.activity_id for w in task.waits)):
                if other in self.open and other not in found:
                    found.append(other)
                    todo.append(other)
        return found

    @cached_property
    def opening(self) -> dict[str, tuple[date, int]]:
        """By task: the day its month opens, and the week before which everything that is required has to be finished."""
        found = {}
        for task in self.open.values():
            phases = [p for p in self.case.phases if p.first_week <= task.week]
            phase = max(phases, key=lambda p: p.first_week, default=None)
            opens = self.case.availability.starts_on + timedelta(weeks=phase.opens_week - 1) if phase else date.min
            found[task.id] = (opens, task.week + 1 if task.buffer else phase.first_week if phase else 0)
        return found

    @cached_property
    def keepers(self) -> list[Task]:
        """Required tasks that keep later months closed; not those in or behind a circle, nor those that need a later month."""
        found = []
        circles = {task_id for task_id in self.open if task_id in self.ancestors(task_id)}
        for task in self.open.values():
            before = self.ancestors(task.id)
            circle = not circles.isdisjoint((task.id, *before))
            later = any(self.opening[other][1] > task.week for other in before)
            if not (task.optional or task.buffer or circle or later):
                found.append(task)
        never = len(self.plan.sessions)
        return sorted(found, key=lambda task: -self.last.get(task.id, never))

    def closed(self, task: Task, k: int, day: date) -> bool:
        """Whether its month is closed at position ``k``."""
        opens, gate = self.opening[task.id]
        if day < opens:
            return True
        unfinished = itertools.takewhile(lambda other: not self.finished(other.id, k), self.keepers)
        return any(other.week < gate and not self.held(other, k, day) for other in unfinished)

    def gates(self) -> Iterator[str]:
        for k, session in enumerate(self.plan.sessions):
            if self.closed(self.open[session.task_id], k, session.on):
                yield f"{session}: its month is closed"

    def order(self) -> Iterator[str]:
        """Nobody jumps the queue: pinned ones first, then by week, buffers last in theirs, then as given."""
        pinned = self.case.choices.pinned
        queue = sorted(self.open.values(), key=lambda t: (t.id not in pinned, t.week, t.buffer))
        left = 0
        for k, session in enumerate(self.plan.sessions):
            if k == 0 or self.plan.sessions[k - 1].on != session.on:
                left = self.free_on(session.on)
            mine = queue.index(self.open[session.task_id])
            yield from (f"{session}: {task.id} comes first" for task in queue[:mine] if self.could(task, k, session.on, left))
            left -= session.minutes
            if session.part == session.parts:
                del queue[mine]

    def idleness(self) -> Iterator[str]:
        """On no day may minutes be left that an open task could have had."""
        if not self.open or not any(self.case.availability.weekday_minutes):
            return
        day = self.case.today
        last = self.plan.sessions[-1].on if self.plan.sessions and not self.plan.unplaced else self.horizon
        k = 0
        while day <= last:
            while k < len(self.plan.sessions) and self.plan.sessions[k].on == day:
                k += 1
            left = self.free_on(day) - self.used.get(day, 0)
            if left:
                yield from (f"{day}: {t.id} could have had {left} min" for t in self.open.values() if self.could(t, k, day, left))
            day += timedelta(days=1)

    def could(self, task: Task, k: int, day: date, left: int) -> bool:
        if not self.ready_at[task.id] <= k <= self.last.get(task.id, -1) or self.worked(task.id, k, day):
            return False
        rest = task.minutes - sum(self.plan.sessions[j].minutes for j in self.at[task.id] if j < k)
        session = min(rest, left, self.most(task))
        return (
            (session == rest or session >= self.least(task, day))
            and not self.waiting(task, k, day)
            and not self.closed(task, k, day)
        )

    def outlook(self) -> Iterator[str]:
        plan = self.plan
        if bool(plan.unplaced) == (plan.ends_on is not None) and self.open:
            yield "it neither ends nor says why not"
        if any("does not fit" in u.reason for u in plan.unplaced):
            days = [self.horizon - timedelta(days=n) for n in range(2 * 365)]
            if sum(t.minutes for t in self.open.values()) <= sum(self.free_on(day) for day in days):
                yield "it would have fitted"
        if plan.sessions and not plan.unplaced and plan.ends_on != plan.sessions[-1].on:
            yield "it ends on another day than its last session"

    def people(self) -> Iterator[str]:
        wanted = []
        for task_id in self.at:
            start = self.first(task_id).on
            waits = self.open[task_id].waits
            if waits and all(wait.activity_id in self.case.done for wait in waits):
                continue  # they were asked: what a task waits after is the asking
            for need in self.open[task_id].people:
                ask = start - timedelta(days=need.lead_days)
                late = ask < self.plan.today
                wanted.append((task_id, need.who, self.plan.today if late else ask, start, late))
        if sorted(wanted) != sorted((r.task_id, r.who, r.ask_by, r.needed_on, r.late) for r in self.plan.requests):
            yield "people are asked wrongly"

    def pins(self) -> Iterator[str]:
        for task_id, pin in self.case.choices.pinned.items():
            if task_id not in self.open:
                continue
            warned = any(f"“{self.open[task_id].title}” can't be on" in warning for warning in self.plan.warnings)
            if warned != (task_id in self.at and self.plan.today <= pin != self.first(task_id).on):
                yield f"{task_id}: a wrong warning about its pin"

    def first(self, task_id: str) -> Session:
        return self.plan.sessions[self.at[task_id][0]]
