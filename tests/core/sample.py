"""A small programme of three phases and six weeks, and a ledger to write by hand.

Small enough to know by heart: C1 is about reports, C2 about talks and memos, T is the track. Levels follow the same rules as the
shipped ones; explanations fade after 40 days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from segue.core.activity import Activity, EvidenceKind, FactField, PeopleNeed, Phase, Programme, Wait, Week, Yield
from segue.core.availability import Availability, Choices
from segue.core.competency import (
    Competency,
    Condition,
    Criterion,
    Distinct,
    Gate,
    Level,
    LevelRule,
    Need,
    RoleTarget,
    Tier,
)
from segue.core.evidence import Entry, Ledger, Reviewer, Sort
from segue.core.loop import Inputs

MONDAY = date(2026, 11, 2)
EVENINGS = (40, 40, 40, 40, 40, 0, 0)
FADES_AFTER = 40

SCORE = FactField("score", "Score", "number", "%")
ITEMS = FactField("items", "Items", "number")
DATA = FactField("data", "Data", "choice", choices=(("toy", "Made up"), ("realistic", "Realistic"), ("real", "Real")))
ACCURACY = FactField("accuracy", "Accuracy check", "choice", choices=(("unchecked", "Not checked"), ("sound", "Sound")))
ROLE = FactField("role", "Role", "choice", choices=(("engineer", "Engineer"), ("scientist", "Scientist"), ("lawyer", "Lawyer")))


def _kind(kind_id: str, name: str, minutes: int, min_words: int | None = 40, *fields: FactField) -> EvidenceKind:
    return EvidenceKind(kind_id, name, f"{name[0].lower()}{name[1:]}s", minutes, min_words, fields=fields)


KINDS = (
    EvidenceKind("explanation", "Explanation", "explanations", 20, 60, expires_after=FADES_AFTER),
    EvidenceKind("quiz", "Quiz", "quizzes", 30, 20, fields=(SCORE, ITEMS)),
    EvidenceKind("memo", "AI memo", "AI memos", 50, 40),
    _kind("diagnostic", "Diagnostic", 30, 1),
    _kind("note", "Study note", 15),
    _kind("log", "Log entry", 15),
    _kind("report", "Report", 90, None, SCORE, DATA, ACCURACY),
    _kind("talk", "Talk", 60, 40, ROLE),
    EvidenceKind("story", "Interview story", "interview stories", 30, 40),
    _kind("mentor-review", "Mentor review", 60),
    _kind("effect", "Effect outside", 45),
)


def _level(number: int, *criteria: Criterion) -> Level:
    return Level(number, f"What level {number} looks like.", criteria)


def _sound(tier: Tier = Tier.E1) -> Need:
    return Need(("report",), 1, tier, tier > Tier.E1, (Condition("accuracy", any_of=("sound",)),))


C1 = Competency(
    "C1",
    "Reporting",
    "Reports",
    "You report.",
    (
        _level(
            1,
            Criterion(
                "c1-1-quiz",
                "A quiz of 20 items with 80%",
                Need(("quiz",), where=(Condition("score", at_least=80), Condition("items", at_least=20))),
            ),
            Criterion("c1-1-explained", "Three explanations", Need(("explanation",), 3)),
        ),
        _level(2, Criterion("c1-2-report", "A report that somebody reviewed", Need(("report",), 1, Tier.E2))),
        _level(3, Criterion("c1-3-sound", "A report found sound by somebody who practises AI", _sound(Tier.E2))),
        _level(4, Criterion("c1-4-effect", "An effect", Need(("effect",), 1, Tier.E3))),
    ),
)
C2 = Competency(
    "C2",
    "Talking",
    "Talks",
    "You talk.",
    (
        _level(1, Criterion("c2-1-talks", "Three talks with two roles", Need(("talk",), 3, distinct=Distinct("role", 2)))),
        _level(2, Criterion("c2-2-either", "A memo or a report, reviewed", Need(("memo", "report"), 1, Tier.E2))),
    ),
)
TRACK = Competency(
    "T",
    "Transition",
    "Transition",
    "You move.",
    (
        _level(
            1,
            Criterion("t-1-stories", "Two stories", Need(("story",), 2)),
            Criterion("t-1-mentor", "A mentor's review", Need(("mentor-review",), 1, Tier.E2, practitioner=True)),
        ),
    ),
    is_track=True,
)

RULES = (
    LevelRule(1, "Aware", e1=1),
    LevelRule(2, "Working", e1=2, e2=1),
    LevelRule(3, "Practitioner", e2=1, practitioner=True, weeks=2, real_data=True),
    LevelRule(4, "Lead", e3=1),
)
READY = Gate("ready", "Ready to talk", "Talks.", {"C1": 2, "C2": 1}, reviewers=1, practitioners=0)
APPLY = Gate("apply", "Ready to apply", "Applications.", {"C1": 3, "C2": 2, "T": 1}, reviewers=2, practitioners=1)

ASK = PeopleNeed("a data scientist", 7, "half an hour")
PHASES = tuple(
    Phase(f"phase-{n}", n, area, f"Phase {n}", f"Weeks {2 * n - 1} and {2 * n}", 2 * n - 1, 2 * n, n, "", "", "")
    for n, area in ((1, "learn"), (2, "build"), (3, "move"))
)


def leaves(kind: str, count: int = 1, tier: Tier = Tier.E1, to: str = "C1", by: bool = False, **expected: float | str) -> Yield:
    """A yield, for the competencies in ``to``, separated by blanks; ``by`` a practitioner."""
    return Yield(kind, count, tier, tuple(to.split()), by, expected)


def activity(activity_id: str, minutes: int, *yields: Yield, **more: object) -> Activity:
    """An activity in the week that its id says: ``w3-report`` is in week 3."""
    week = int(activity_id[1 : activity_id.index("-")])
    return Activity(activity_id, week, activity_id, minutes, "because", yields=yields, **more)  # type: ignore[arg-type]


ACTIVITIES = (
    activity("w1-diagnostic", 30, leaves("diagnostic")),
    activity("w1-study", 60, leaves("note"), concepts=("model", "label"), known_minutes=20),
    activity("w1-explain", 60, leaves("explanation", 2), requires=("w1-study",)),
    activity("w2-explain", 20, leaves("explanation"), requires=("w1-explain",)),
    activity("w2-quiz", 40, leaves("quiz", score=80, items=20), requires=("w1-explain",)),
    activity("w2-ask", 20, leaves("log", to="C2")),
    activity("w2-extra", 40, leaves("note"), optional=True),
    activity("w2-buffer", 60, buffer=True),
    activity("w3-report", 90, leaves("report", to="C1 C2", score=70, data="real", accuracy="unchecked")),
    activity("w3-talks", 90, leaves("talk", to="C2", role="engineer"), leaves("talk", 2, to="C2", role="scientist")),
    activity(
        "w4-review",
        40,
        leaves("report", 1, Tier.E2, "C1 C2", by=True, score=70, data="real", accuracy="sound"),
        requires=("w3-report",),
        waits=(Wait("w2-ask", 7),),
        people=(ASK,),
    ),
    activity("w4-memo", 40, leaves("memo", to="C2")),
    activity("w4-buffer", 60, buffer=True),
    activity("w5-memo-review", 30, leaves("memo", 1, Tier.E2, "C2"), requires=("w4-memo",), people=(ASK,)),
    activity("w5-stories", 60, leaves("story", 2, to="T")),
    activity("w6-mentor", 60, leaves("mentor-review", 1, Tier.E2, "T", by=True), people=(ASK,)),
    activity("w6-teach", 30, leaves("note", to="C1"), optional=True),
)


def programme(
    activities: tuple[Activity, ...] = ACTIVITIES,
    competencies: tuple[Competency, ...] = (C1, C2, TRACK),
    gates: tuple[Gate, ...] = (READY, APPLY),
    rules: tuple[LevelRule, ...] = RULES,
    replaced: Mapping[str, str] = {},
) -> Programme:
    """The sample, or one that differs from it in some part."""
    return Programme(
        version="sample",
        phases=PHASES,
        weeks=tuple(Week(n, f"Outcome {n}") for n in range(1, 7)),
        activities=activities,
        kinds={kind.id: kind for kind in KINDS},
        competencies=competencies,
        level_rules={rule.number: rule for rule in rules},
        gates=gates,
        roles=(RoleTarget("role", "Role", "A role.", {"C1": 0.6, "C2": 0.4}),),
        replaced=replaced,
    )


SAMPLE = programme()
NO_CHOICES = Choices()


def inputs(agreed_on: date = MONDAY, choices: Choices = NO_CHOICES, weekdays: tuple[int, ...] = EVENINGS) -> Inputs:
    """A learner with forty minutes on each working day."""
    return Inputs(Availability(MONDAY, weekdays), choices, agreed_on, weights={"C1": 0.6, "C2": 0.4})


def day(number: int) -> date:
    """A day counted from the first Monday, which is day 0."""
    return MONDAY + timedelta(days=number)


def named(name: str, practises_ai: bool = False) -> Reviewer:
    """A reviewer who is a colleague."""
    return Reviewer(name, "colleague", "", practises_ai)


@dataclass
class Book:
    """A ledger in the making. Every method appends one entry, on a day counted from the first Monday, and returns its id."""

    entries: list[Entry] = field(default_factory=list)

    def append(self, sort: Sort, on: int = 0, **fields: object) -> int:
        """Any entry."""
        number = len(self.entries) + 1
        self.entries.append(Entry(number, sort, day(on), **fields))  # type: ignore[arg-type]
        return number

    def work(
        self, kind: str, to: str = "C1", on: int = 0, files: int = 1, facts: Mapping[str, float | str] = {}, **more: object
    ) -> int:
        """An artefact with a file, for the competencies in ``to``, separated by blanks."""
        return self.append(Sort.ARTEFACT, on, kind=kind, competencies=tuple(to.split()), files=files, facts=facts, **more)

    def review(
        self, subject: int, by: str = "Ann", practises: bool = False, good: bool = True, on: int = 0, activity_id: str = ""
    ) -> int:
        """A review with one mark."""
        who = named(by, practises)
        return self.append(Sort.REVIEW, on, subject=subject, reviewer=who, marks={"asked": good}, activity_id=activity_id)

    def confirm(self, subject: int, on: int = 0) -> int:
        """A stakeholder's word."""
        return self.append(Sort.CONFIRMATION, on, subject=subject, reviewer=named("Olga"))

    def withdraw(self, subject: int, on: int = 0) -> int:
        """Takes an entry back."""
        return self.append(Sort.WITHDRAWAL, on, subject=subject)

    def ledger(self, on: int = 0, of: Programme = SAMPLE) -> Ledger:
        """What stands on a day."""
        return Ledger(self.entries, of, day(on))
