"""What there is to do: the programme of six phases, 26 weeks and their activities, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from segue.core.competency import Competency, Gate, LevelRule, RoleTarget, Tier

CERTIFICATE = "certificate"


@dataclass(frozen=True)
class FactField:
    """A figure or choice that belongs to a kind of evidence, such as the number of labelled items.

    ``sort`` is ``number`` or ``choice``; ``unit`` is shown behind a number; ``choices`` are (value, label).
    """

    name: str
    label: str
    sort: str
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of evidence.

    ``min_words`` is the length at which its text alone can be checked (tier E1); ``None``: a file is needed. After
    ``expires_after`` days it stops to count unless re-checked by a new version (``None``: never). ``minutes`` is what one usually
    takes, used to size the task that closes a gap. ``template`` is Markdown offered when one is written. ``asked_of_each`` is
    what a reviewer is asked about every competency; empty for kinds that are judged by the criteria that ask for them.
    """

    id: str
    name: str
    plural: str
    minutes: int
    min_words: int | None = None
    max_words: int | None = None
    expires_after: int | None = None
    fields: tuple[FactField, ...] = ()
    template: str = ""
    asked_of_each: str = ""


@dataclass(frozen=True)
class Yield:
    """What an activity leaves behind: ``count`` artefacts of ``kind``, at ``tier``, proving at most three competencies."""

    kind: str
    count: int
    tier: Tier
    competencies: tuple[str, ...]
    practitioner: bool = False
    expected: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wait:
    """The activity may start only ``days`` after the activity ``activity_id`` is finished: people need time to answer."""

    activity_id: str
    days: int


@dataclass(frozen=True)
class PeopleNeed:
    """Somebody is needed: ask ``lead_days`` ahead."""

    who: str
    lead_days: int
    ask: str


@dataclass(frozen=True)
class Activity:
    """One thing to do, of ``minutes`` work, in a week of the blueprint. Done is derived from evidence, never stored.

    ``requires`` are ids of activities that come first. ``buffer`` marks catch-up time: it leaves nothing behind and shrinks when
    work has slipped. ``known_minutes`` is what remains of a study activity whose ``concepts`` the diagnostic showed to be known;
    it is then confirmed by one explanation.
    """

    id: str
    week: int
    title: str
    minutes: int
    why: str
    steps: str = ""
    yields: tuple[Yield, ...] = ()
    requires: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    people: tuple[PeopleNeed, ...] = ()
    concepts: tuple[str, ...] = ()
    optional: bool = False
    buffer: bool = False
    known_minutes: int | None = None

    @property
    def competencies(self) -> tuple[str, ...]:
        """Ids of the competencies it proves, in order, each once."""
        return tuple(dict.fromkeys(c for y in self.yields for c in y.competencies))

    def proves(self, kind: str) -> tuple[str, ...]:
        """Ids of the competencies that evidence of a kind proves for it; none where it asks for no such evidence."""
        return next((y.competencies for y in self.yields if y.kind == kind), ())


@dataclass(frozen=True)
class Phase:
    """One month of the blueprint.

    ``opens_week``: its work may not begin before this calendar week of the plan, however many hours one has.
    """

    id: str
    number: int
    area: str
    title: str
    months: str
    first_week: int
    last_week: int
    opens_week: int
    outcome: str
    mistake: str
    guard: str


@dataclass(frozen=True)
class Week:
    """A week of the blueprint and what one has by its Sunday."""

    number: int
    outcome: str


@dataclass(frozen=True)
class CourseUnit:
    """A part of a course, with its hours of work and the concepts it teaches."""

    id: str
    title: str
    hours: float
    concepts: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Its work in minutes, at least one."""
        return max(1, round(self.hours * 60))


@dataclass(frozen=True)
class Course:
    """A course one may take beside the programme, of the catalogue or the learner's own.

    Hours and costs are as of ``as_of``. ``slice`` names the units worth a product manager's time.
    """

    id: str
    title: str
    provider: str
    cost: str
    needs: str
    as_of: str
    url: str
    note: str
    units: tuple[CourseUnit, ...]
    slice: tuple[str, ...] = ()

    @property
    def certificate_id(self) -> str:
        """What a certificate of the whole course is recorded for."""
        return f"course:{self.id}:{CERTIFICATE}"

    def activity_id(self, unit: CourseUnit) -> str:
        """What time spent on a unit, and notes of it, are recorded for."""
        return f"course:{self.id}:{unit.id}"


@dataclass(frozen=True)
class Programme:
    """Everything the rules need to know of the curriculum. Built by ``segue.curriculum``; immutable; one per content version.

    ``replaced`` maps a retired activity id to the one that took its place (or to ``""``), so that old evidence keeps counting.
    """

    version: str
    phases: tuple[Phase, ...]
    weeks: tuple[Week, ...]
    activities: tuple[Activity, ...]
    kinds: Mapping[str, EvidenceKind]
    competencies: tuple[Competency, ...]
    level_rules: Mapping[int, LevelRule]
    gates: tuple[Gate, ...]
    roles: tuple[RoleTarget, ...]
    courses: tuple[Course, ...] = ()
    replaced: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Activity]:
        """Activities by id."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def competency_by_id(self) -> Mapping[str, Competency]:
        """Competencies by id."""
        return {competency.id: competency for competency in self.competencies}

    def phase_of(self, week: int) -> Phase:
        """The phase that a week belongs to. Raises ``KeyError`` for a week outside the blueprint."""
        for phase in self.phases:
            if phase.first_week <= week <= phase.last_week:
                return phase
        raise KeyError(f"no phase has week {week}")

    def current_id(self, activity_id: str) -> str:
        """The id that stands today for ``activity_id``, following replacements of retired ids; ``""`` where nothing does."""
        seen = set()
        while activity_id in self.replaced and activity_id not in seen:
            seen.add(activity_id)
            activity_id = self.replaced[activity_id]
        return activity_id
