"""What the page of the gap plan shows: gaps by their days, what closed some, and what the gate still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.loop import Gap, Turn
from segue.core.wording import written_date
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.work.transition.decision import checksum_of
from segue.work.transition.gap_plan import BUCKETS, GAP, KIND, LATE, LATER, MOST_AT_A_TIME, TERM, Planned, bucket_of, text_of
from segue.work.transition.models import Closing, GapTask
from segue.work.transition.queries.backing import backing_of
from segue.work.transition.terms import terms_by_id

SOON = 30
HALF_HOUR = 30  # minutes


@dataclass(frozen=True)
class GapRow:
    """A gap in the plan. ``planned_on``: the day by which the plan of the programme has its activity done."""

    task: GapTask
    planned: Planned
    subject_url: str
    activity: str
    planned_on: date | None
    pinned_on: date | None
    can_pin: bool

    @property
    def comes_late(self) -> bool:
        """Whether the plan of the programme has it later than its day."""
        return self.planned_on is not None and self.planned_on > self.task.due_on


@dataclass(frozen=True)
class Bucket:
    """The open gaps of 30 days. ``is_crowded``: more than are wise at a time."""

    heading: str
    rows: tuple[GapRow, ...]
    is_crowded: bool


@dataclass(frozen=True)
class Suggestion:
    """A line that the gate still lacks and that is not in the gap plan."""

    line_id: str
    subject: str
    text: str
    missing: str
    closing: str
    on: date | None


@dataclass(frozen=True)
class GapsPage:
    """The gap plan with what is recorded of it."""

    buckets: tuple[Bucket, ...]
    closed: tuple[GapRow, ...]
    suggestions: tuple[Suggestion, ...]
    text: str
    gaps: int
    entry: Entry | None
    is_changed: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever planned."""
        return not self.closed and not any(bucket.rows for bucket in self.buckets)


def task_or_404(learner: Learner, key: str) -> GapTask:
    """A gap of this learner; 404 for anybody else's."""
    task = learner.gap_tasks.filter(key=key).first()
    if task is None:
        raise Http404
    return task


def gaps_page(learner: Learner, turn: Turn, closing: Closing | None) -> GapsPage:
    """The whole plan."""
    rows = gap_rows(learner, turn)
    suggestions = tuple(_suggestions(turn, rows))
    text = text_of([row.planned for row in rows], [f"{s.subject}: {s.text}" for s in suggestions], turn.today)
    entry = standing(closing.plan if closing else None)
    is_same = entry is not None and closing is not None and is_newest(closing.plan_id, entry)
    is_same = is_same and closing is not None and closing.recorded.get("plan") == checksum_of(text)
    open_rows = [row for row in rows if row.planned.is_open]
    return GapsPage(
        buckets=tuple(_buckets(open_rows, turn.today)),
        closed=tuple(row for row in rows if not row.planned.is_open),
        suggestions=suggestions,
        text=text,
        gaps=len(open_rows),
        entry=entry,
        is_changed=not is_same,
    )


def _buckets(rows: list[GapRow], today: date) -> Iterator[Bucket]:
    for bucket, heading in BUCKETS:
        mine = tuple(row for row in rows if bucket_of(row.task.due_on, today) == bucket)
        if mine or bucket not in (LATE, LATER):
            yield Bucket(heading, mine, len(mine) > MOST_AT_A_TIME and bucket not in (LATE, LATER))


def gap_rows(learner: Learner, turn: Turn) -> tuple[GapRow, ...]:
    """Every gap of the plan, by its day."""
    tasks = list(learner.gap_tasks.all())
    has_terms = any(task.subject.startswith(TERM) for task in tasks)
    terms = {term: backing[0].proof.title for term, backing in backing_of(learner).items()} if has_terms else {}
    return tuple(_row(turn, task, terms) for task in tasks)


def _row(turn: Turn, task: GapTask, terms: Mapping[str, str]) -> GapRow:
    shown_by = _shown_by(turn, task, terms)
    subject, url = subject_of(turn, task.subject)
    planned = Planned(
        key=task.key,
        subject=subject,
        what=task.what,
        hours=task.hours,
        person=task.person,
        due_on=task.due_on,
        shown_by=shown_by,
        given_up=task.closed_on is not None and not shown_by,
    )
    activity = turn.activities.get(task.activity_id)
    ahead = activity is not None and task.activity_id not in turn.state.done
    return GapRow(
        task=task,
        planned=planned,
        subject_url=url,
        activity=activity.title if activity else "",
        planned_on=turn.plan.end_of(task.activity_id) if ahead else None,
        pinned_on=turn.inputs.choices.pinned.get(task.activity_id) if ahead else None,
        can_pin=ahead and planned.is_open,
    )


def _shown_by(turn: Turn, task: GapTask, terms: Mapping[str, str]) -> str:
    """What closed a gap, in words; nothing while it is open. Worked out each time, so that evidence taken back opens it again."""
    if task.activity_id in turn.state.done:
        return f"done in the programme on {written_date(turn.state.done[task.activity_id])}"
    if task.activity_id.startswith(GAP) and _is_met(turn, task.activity_id.removeprefix(GAP)):
        return "the evidence meets this line of the gate"
    if task.subject.startswith(TERM):
        title = terms.get(task.subject.removeprefix(TERM), "")
        return f"shown by “{title}”" if title else ""
    return ""


def _is_met(turn: Turn, line_id: str) -> bool:
    lines = (line for result in turn.readiness.results for level in result.levels for line in level.lines)
    return any(line.id == line_id and line.met for line in lines)


def subject_of(turn: Turn, subject: str) -> tuple[str, str]:
    """What it is a gap in, in words, and the page of it."""
    if subject.startswith(TERM):
        term = terms_by_id().get(subject.removeprefix(TERM))
        return (f"{term.name}, asked for in an ad" if term else "Something that an ad asks for"), ""
    competency = turn.programme.competency_by_id.get(subject)
    if competency is None:
        return subject, ""
    return f"{competency.id} {competency.name}", reverse("readiness:show-competency", args=[subject])


def subjects_of(learner: Learner, turn: Turn) -> list[tuple[str, str]]:
    """Where a gap can be: the competencies, and the terms of ads that have one already."""
    terms = learner.gap_tasks.filter(subject__startswith=TERM).values_list("subject", flat=True).distinct().order_by("subject")
    return [(c.id, f"{c.id} {c.name}") for c in turn.programme.competencies] + [(s, subject_of(turn, s)[0]) for s in terms]


def activities_of(turn: Turn, kept: str = "") -> list[tuple[str, str]]:
    """Activities that are still to do, those that close gaps first; and the one that is kept."""
    ahead = [a for a in turn.activities.values() if a.id not in turn.state.done and not a.buffer]
    gaps = [(a.id, a.title) for a in ahead if a.id.startswith(GAP)]
    others = [(a.id, f"Week {a.week}: {a.title}") for a in ahead if not a.id.startswith(GAP)]
    known = {name for name, _ in (*gaps, *others)}
    title = turn.activities[kept].title if kept in turn.activities else kept
    return [*([(kept, f"{title} (as it was)")] if kept and kept not in known else []), *gaps, *others]


# --- what the gate lacks ----------------------------------------------------------------------------------------------------


def _suggestions(turn: Turn, rows: tuple[GapRow, ...]) -> Iterator[Suggestion]:
    """Lines that the gate lacks and that no gap of the plan stands for, the first to close first."""
    taken = {(row.task.subject, row.task.what) for row in rows} | {("", row.task.activity_id) for row in rows}
    for gap in sorted(turn.gaps, key=lambda gap: (gap.on or date.max, gap.line.competency, gap.line.level)):
        line = gap.line
        is_this_plan = KIND in line.need.kinds
        is_there = is_this_plan or (line.competency, line.text) in taken or ("", f"{GAP}{line.id}") in taken
        if not is_there:
            yield Suggestion(line.id, subject_of(turn, line.competency)[0], line.text, line.missing, _closing(turn, gap), gap.on)


def _closing(turn: Turn, gap: Gap) -> str:
    titles = [turn.activities[i].title for i in gap.activity_ids if i in turn.activities]
    return f"{'Left out: ' if gap.status == 'skipped' else ''}{titles[-1]}" if titles else ""


def begun_from(turn: Turn, line_id: str) -> dict[str, Any]:
    """What the form shows of a gap that begins as a line of the gate; nothing where it lacks no such line."""
    gap = next((gap for gap in turn.gaps if gap.line.id == line_id), None)
    if gap is None:
        return {}
    activity = turn.activities.get(gap.activity_ids[-1]) if gap.activity_ids else None
    minutes = sum(turn.plan.remaining.get(i, 0) for i in gap.activity_ids)
    return {
        "subject": gap.line.competency,
        "what": gap.line.text,
        "hours": -(-minutes // HALF_HOUR) / 2 if minutes else None,
        "person": activity.people[0].who if activity and activity.people else "",
        "due_on": max(gap.on or turn.today + timedelta(days=SOON), turn.today),
        "activity_id": activity.id if activity else "",
    }
