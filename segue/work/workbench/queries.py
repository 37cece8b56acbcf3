"""What the workbench shows: a month with its weeks, an activity with all that belongs to it, the glossary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from segue.accounts.models import Learner
from segue.core.activity import Activity, EvidenceKind, Phase, Programme, Yield
from segue.core.competency import Tier
from segue.core.evidence import Artefact
from segue.core.loop import Turn
from segue.core.plan import Session
from segue.core.progress import Progress
from segue.core.wording import spoken_minutes, written_date
from segue.curriculum import current
from segue.curriculum.concept import Concept, Term
from segue.evidence.models import Entry

TIER_WORDS = {
    Tier.E1: "something Segue can check",
    Tier.E2: "reviewed by a named person",
    Tier.E3: "an effect that a stakeholder confirmed",
}
EXPLANATION, LISTENER, REQUEST = "explanation", "listener-session", "request"
CONCEPT_GATE, BRIEFING, CHARTER = "w08-concept-gate", "w08-briefing", "w09-charter"
# What is made on a page of its own for one activity, and elsewhere in the ledger: activity and kind, its address, the button.
PAGES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("w13-case-study", "case-study"): ("build:show-case", "Write it"),
    ("w23-resume", "resume"): ("transition:list-resumes", "Write it"),
    ("w26-decision", "decision"): ("transition:edit-decision", "Decide"),
}
PRACTITIONER_WORDS = "reviewed by somebody who practises AI"
# Kinds that have one page whatever they are made for: its address, and the words of the button.
DOORS: Mapping[str, tuple[str, str]] = {
    LISTENER: ("learn:list-sheets", "Find a listener"),
    "role-map": ("connect:show-coverage", "To the roles"),
    "conversation": ("connect:list-meetings", "To your meetings"),
    "prep-sheet": ("connect:list-meetings", "Prepare the talks"),
    "insight": ("connect:list-insights", "Pass one on"),
    "feedback-log": ("connect:list-points", "Answer the points"),
    "case-analysis": ("deepen:list-cases", "Take a case apart"),
    "counterpart": ("connect:list-points", "Choose whom to ask"),
    "drift-report": ("deepen:list-replays", "Replay it"),
    "slice-report": ("deepen:show-slices", "See the slices"),
    "job-ads": ("transition:list-ads", "Take an ad apart"),
    "readiness-report": ("transition:show-views", "Compare the three views"),
    "gap-plan": ("transition:list-gaps", "Plan the gaps"),
    "portfolio": ("transition:show-portfolio", "Choose the pieces"),
}
# Kinds that are written on a sheet of month 5, by the sort of the sheet.
SHEETS: Mapping[str, str] = {
    "data-map": "data-map",
    "impact-sheet": "impact",
    "risk-register": "risk-register",
    "trade-off-memo": "trade-off",
    "lifecycle-map": "lifecycle-map",
    "lifecycle-decision": "lifecycle-decision",
    "monitoring-plan": "monitoring",
    "cost-sheet": "cost",
    "options-sheet": "options",
    "prd": "spec",
    "hax-table": "hax",
    "fallback-design": "fallback",
}


@dataclass(frozen=True)
class ActivityRow:
    """An activity in the list of its week, as the list component takes it."""

    title: str
    url: str
    minutes: int
    why: str
    competencies: tuple[str, ...]
    state: str
    when: str
    optional: bool
    counts: bool


@dataclass(frozen=True)
class WeekRows:
    """A week of the blueprint with its activities. Catch-up time and what was left out don't count towards ``count``."""

    number: int
    outcome: str
    rows: tuple[ActivityRow, ...]

    @property
    def count(self) -> int:
        return sum(1 for row in self.rows if row.counts)

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.state == "done")

    @property
    def is_open(self) -> bool:
        """Whether something in it is to be done now."""
        return any(row.state in ("now", "slipped") for row in self.rows)


@dataclass(frozen=True)
class Month:
    """A phase with its weeks."""

    phase: Phase
    done: int
    count: int
    weeks: tuple[WeekRows, ...]


@dataclass(frozen=True)
class Wanted:
    """One thing that an activity leaves behind: how much of it is there, and where to record it."""

    kind: EvidenceKind
    words: str
    have: int
    count: int
    url: str
    action: str
    is_review: bool

    @property
    def met(self) -> bool:
        return self.have >= self.count


@dataclass(frozen=True)
class Recorded:
    """A piece of evidence recorded for an activity."""

    number: int
    title: str
    url: str
    tier: int
    on: date


@dataclass(frozen=True)
class Other:
    """An activity that comes before, or a concept that belongs to it."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class ActivityPage:
    """An activity with everything that belongs to it."""

    activity: Activity
    phase: Phase
    progress: Progress | None
    state: str
    planned: str
    week_url: str
    wanted: tuple[Wanted, ...]
    recorded: tuple[Recorded, ...]
    before: tuple[Other, ...]
    concepts: tuple[Concept, ...]
    skipped: str
    known: bool
    logged: int
    crumbs: tuple[tuple[str, str], ...]


def months(turn: Turn, area: str) -> tuple[Month, ...]:
    """The phases of an area; none where there is no such area."""
    return tuple(_month(turn, phase) for phase in turn.programme.phases if phase.area == area)


def _month(turn: Turn, phase: Phase) -> Month:
    programme = turn.programme
    mine = [a for a in programme.activities if phase.first_week <= a.week <= phase.last_week]
    outcomes = {w.number: w.outcome for w in programme.weeks}
    weeks = tuple(
        WeekRows(number, outcomes[number], tuple(_row(turn, a) for a in group))
        for number, group in groupby(sorted(mine, key=lambda a: a.week), key=lambda a: a.week)
    )
    return Month(phase, sum(week.done for week in weeks), sum(week.count for week in weeks), weeks)


def _row(turn: Turn, activity: Activity) -> ActivityRow:
    progress = turn.progress[activity.id]
    return ActivityRow(
        title=activity.title,
        url=reverse("workbench:show-activity", args=[activity.id]),
        minutes=progress.activity.minutes,
        why=activity.why,
        competencies=activity.competencies,
        state=state_of(turn, activity.id),
        when=_short_when(turn, activity.id, progress),
        optional=activity.optional,
        counts=not activity.buffer and (progress.done or activity.id not in turn.inputs.choices.skipped),
    )


def state_of(turn: Turn, activity_id: str) -> str:
    """``done``, ``now``, ``slipped`` or ``later``."""
    if activity_id in turn.state.done:
        return "done"
    if activity_id in turn.inputs.choices.skipped:
        return "later"
    if activity_id in {slip.task_id for slip in turn.standing.slipped}:
        return "slipped"
    progress = turn.progress.get(activity_id)
    start = turn.plan.start_of(activity_id)
    begun = progress is not None and progress.begun
    return "now" if begun or (start is not None and (start - turn.today).days < 7) else "later"


def _short_when(turn: Turn, activity_id: str, progress: Progress) -> str:
    if not progress.done and activity_id in turn.inputs.choices.skipped:
        return "left out"
    day = progress.done_on or turn.plan.end_of(activity_id)
    return f"{day.day} {day:%b}" if day else ""


def activity_page(turn: Turn, learner: Learner, activity_id: str) -> ActivityPage:
    """One activity. Raises ``KeyError`` where the plan has none of this id."""
    activity = turn.activities[activity_id]
    progress = turn.progress.get(activity_id)
    mine = progress.activity if progress else activity
    phase = turn.programme.phase_of(activity.week)
    sessions = turn.plan.sessions_of(activity_id)
    artefacts = turn.ledger.by_activity.get(activity_id, ())
    lacking = progress.lacking if progress else tuple(y.count for y in mine.yields)
    concepts = current().concept_by_id if activity.concepts else {}
    first = sessions[0].on if sessions else None
    return ActivityPage(
        activity=mine,
        phase=phase,
        progress=progress,
        state=state_of(turn, activity_id),
        planned=_planned(sessions, turn.state.done.get(activity_id)),
        week_url=reverse("plan:show-week", args=[first.isoformat()]) if first else "",
        wanted=tuple(_wanted(turn.programme, y, n, activity_id) for y, n in zip(mine.yields, lacking, strict=True)),
        recorded=_recorded(learner, artefacts),
        before=tuple(_before(turn, i) for i in activity.requires if i in turn.activities),
        concepts=tuple(concepts[c] for c in activity.concepts if c in concepts),
        skipped=turn.inputs.choices.skipped.get(activity_id, ""),
        known=bool(progress and progress.known),
        logged=turn.ledger.minutes_by_activity.get(activity_id, 0),
        crumbs=(
            (phase.months, reverse("workbench:show-area", args=[phase.area])),
            (activity.title, ""),
        ),
    )


def _planned(sessions: tuple[Session, ...], done_on: date | None) -> str:
    if done_on:
        return f"Done on {written_date(done_on)}."
    if not sessions:
        return "Not in the plan at present."
    days = list(dict.fromkeys(written_date(s.on) for s in sessions))
    total = spoken_minutes(sum(s.minutes for s in sessions))
    if len(days) == 1:
        return f"{total}, planned for {days[0]}."
    return f"{total}, planned on {len(days)} days from {days[0]} to {days[-1]}."


def _wanted(programme: Programme, wanted: Yield, lacking: int, activity_id: str) -> Wanted:
    kind = programme.kinds[wanted.kind]
    what = f"{wanted.count} {kind.plural}" if wanted.count > 1 else kind.name
    url, action = _door(activity_id, kind.id)
    trust = PRACTITIONER_WORDS if wanted.practitioner else TIER_WORDS[wanted.tier]
    return Wanted(
        kind=kind,
        words=f"{what}, {trust}" if wanted.tier > Tier.E1 else what,
        have=wanted.count - lacking,
        count=wanted.count,
        url=url,
        action=action,
        is_review=wanted.tier > Tier.E1,
    )


def _door(activity_id: str, kind: str) -> tuple[str, str]:
    """Where it is made, and the words of the button: the page that is there for it, else the form of the ledger."""
    if kind == EXPLANATION:
        return f"{reverse('learn:list-concepts')}#next", "Explain"
    if kind == REQUEST:
        return f"{reverse('connect:list-asks')}?activity={activity_id}", "Ask somebody"
    if kind in DOORS:
        return reverse(DOORS[kind][0]), DOORS[kind][1]
    return _page_of(activity_id, kind) or (f"{reverse('evidence:record-work')}?activity={activity_id}&kind={kind}", "Record it")


def _page_of(activity_id: str, kind: str) -> tuple[str, str] | None:
    """The page on which it is written; none where there is only the form of the ledger."""
    if kind in SHEETS:
        return reverse("deepen:show-sheet", args=[SHEETS[kind]]), "Open the sheet"
    if activity_id == CONCEPT_GATE:
        return reverse("learn:list-tests"), "Take the test"
    if activity_id == BRIEFING:
        return reverse("learn:outline-briefing"), "Outline it"
    if activity_id == CHARTER:
        return reverse("build:show-charter"), "Write it"
    address, action = PAGES.get((activity_id, kind), ("", ""))
    return (reverse(address), action) if address else None


def _recorded(learner: Learner, artefacts: tuple[Artefact, ...]) -> tuple[Recorded, ...]:
    titles: Mapping[int, str] = dict(
        Entry.objects.filter(learner=learner, number__in=[a.latest.id for a in artefacts]).values_list("number", "title")
    )
    return tuple(_record(a, titles[a.latest.id]) for a in artefacts)


def _record(artefact: Artefact, title: str) -> Recorded:
    last = artefact.latest
    url = reverse("evidence:show-entry", args=[last.id])
    return Recorded(last.id, title or f"Entry {last.id}", url, int(artefact.tier), last.on)


def _before(turn: Turn, activity_id: str) -> Other:
    note = "left out" if activity_id in turn.inputs.choices.skipped else "comes first"
    url = reverse("workbench:show-activity", args=[activity_id])
    return Other(turn.activities[activity_id].title, url, "done" if activity_id in turn.state.done else note)


def instead_of(turn: Turn, activity_id: str) -> str:
    """The page that answers for an activity that the plan has no longer; empty where there never was such a one.

    Evidence made for it still names it: a gap that closed leads to its competency, a unit of a course taken out to the courses.
    """
    activity_id = turn.programme.current_id(activity_id)
    if activity_id in turn.activities:
        return reverse("workbench:show-activity", args=[activity_id])
    levels = [(result.competency.id, level) for result in turn.readiness.results for level in result.levels]
    for competency_id, level in levels:
        if activity_id in {f"gap:{line.id}" for line in level.lines}:
            return f"{reverse('readiness:show-competency', args=[competency_id])}#level-{level.level.number}"
    units = {f"course:{course.id}:{unit.id}" for course in turn.programme.courses for unit in course.units}
    return reverse("plan:list-courses") if activity_id in units else ""


def terms_like(search: str) -> tuple[Term, ...]:
    """The terms of the glossary in which the words searched for occur; all where nothing is searched."""
    wanted = search.casefold().split()
    return tuple(t for t in current().terms if all(w in f"{t.term} {' '.join(t.also)} {t.plain}".casefold() for w in wanted))
