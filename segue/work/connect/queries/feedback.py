"""What people criticised, how much of it is answered, and what the log of it in the ledger says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, Max, Q
from django.http import Http404

from segue.accounts.models import Learner
from segue.core.evidence import Sort
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.work.connect.feedback_log import ENOUGH, checksum_of, facts_of, message_of, text_of
from segue.work.connect.models import FeedbackLog, FeedbackPoint, Person, TouchSort, Verdict
from segue.work.connect.queries.runs import RunLink, run_links, run_score
from segue.work.connect.vocabulary import PRACTITIONERS, role_words

SHOWN_KINDS = ("case-study", "run")  # what one shows to people who practise
PAGE = 20
MOST_OFFERED, MOST_TELLING = 60, 10
MOST_COUNTERPARTS = 8


@dataclass(frozen=True)
class PointRow:
    """A point with who said it, in words, and the run that answers it."""

    point: FeedbackPoint
    who: str
    run: RunLink | None


@dataclass(frozen=True)
class Telling:
    """Somebody whose points are answered and who does not know yet, with what to write."""

    person: Person
    count: int
    text: str


@dataclass(frozen=True)
class Counts:
    """How many points there are, and what became of them."""

    points: int
    answered: int
    accepted: int

    @property
    def declined(self) -> int:
        """Points that were answered by a no."""
        return self.answered - self.accepted

    @property
    def open(self) -> int:
        """Points without an answer."""
        return self.points - self.answered

    @property
    def lacking(self) -> int:
        """Answers that lack for the programme."""
        return max(0, ENOUGH - self.answered)


@dataclass(frozen=True)
class FeedbackPage:
    """The log. ``shown``: what people were shown, newest of its kind; ``entry``: where the log stands in the ledger.

    The oldest open points are shown, and the first who wait to be told: the others move up.
    """

    open: tuple[PointRow, ...]
    answered: Page[PointRow]
    counts: Counts
    telling: tuple[Telling, ...]
    shown: tuple[Entry, ...]
    entry: Entry | None
    data: str
    counterparts: tuple[Person, ...]


def points_of(learner: Learner) -> list[FeedbackPoint]:
    """All points, in the order in which they were made. One query."""
    return list(learner.feedback_points.select_related("person", "meeting"))


def point_of(learner: Learner, key: str) -> FeedbackPoint:
    """A point of this learner; 404 for anybody else's."""
    row = learner.feedback_points.select_related("person", "meeting", "learner").filter(key=key).first()
    if row is None:
        raise Http404
    return row


def who_said(point: FeedbackPoint) -> str:
    """Who said it: the name, else the role."""
    return point.person.name if point.person else role_words(point.role) or "Somebody"


def feedback_page(learner: Learner, number: str | None = None) -> FeedbackPage:
    """The log of criticism."""
    points = points_of(learner)
    links = run_links(learner, {point.run for point in points})
    rows = tuple(PointRow(point, who_said(point), links.get(point.run)) for point in points)
    log = log_of(learner)
    entry = standing(log.entry) if log else None
    return FeedbackPage(
        open=tuple(row for row in rows if not row.point.verdict)[:PAGE],
        answered=Paginator([row for row in reversed(rows) if row.point.verdict], PAGE).get_page(number),
        counts=_counts(points),
        telling=tellings(points)[:MOST_TELLING],
        shown=shown_work(learner),
        entry=entry,
        data=str(entry.facts.get("data", "")) if entry else "",
        counterparts=counterparts(learner),
    )


def _counts(points: Sequence[FeedbackPoint]) -> Counts:
    answered = [point for point in points if point.verdict]
    return Counts(len(points), len(answered), sum(1 for point in answered if point.verdict == Verdict.ACCEPTED))


def open_points(learner: Learner) -> int:
    """How many points wait for an answer. One query."""
    return learner.feedback_points.filter(verdict="").count()


def untold(points: Iterable[FeedbackPoint]) -> list[FeedbackPoint]:
    """Answered points of people one knows, who have not been told."""
    return [point for point in points if point.verdict and point.told_on is None and point.person is not None]


def tellings(points: Iterable[FeedbackPoint]) -> tuple[Telling, ...]:
    """What to write to whom, one by one."""
    by_person: dict[Person, list[FeedbackPoint]] = {}
    for point in untold(points):
        if point.person is not None:
            by_person.setdefault(point.person, []).append(point)
    return tuple(Telling(person, len(mine), message_of(mine)) for person, mine in by_person.items())


def shown_work(learner: Learner) -> tuple[Entry, ...]:
    """The newest case study and run in the ledger: what people are shown. One query."""
    found = learner.entries.filter(kind__in=SHOWN_KINDS, sort=Sort.ARTEFACT, revisions=None).order_by("number").defer("body")
    newest = {entry.kind: entry for entry in found.exclude(words_about__sort=Sort.WITHDRAWAL)}
    return tuple(newest[kind] for kind in SHOWN_KINDS if kind in newest)


def counterparts(learner: Learner) -> tuple[Person, ...]:
    """People who practise AI and know one's work: those who talked with one or criticised it, the last first. One query."""
    talked = learner.touches.filter(sort=TouchSort.TALK).order_by().values("person_id")
    spoke = learner.feedback_points.exclude(person=None).order_by().values("person_id")
    known = learner.people.filter(role__in=PRACTITIONERS).filter(Q(pk__in=talked) | Q(pk__in=spoke))
    return tuple(
        known.annotate(last_on=Max("touches__on")).order_by(F("last_on").desc(nulls_last=True), "id")[:MOST_COUNTERPARTS]
    )


def log_of(learner: Learner) -> FeedbackLog | None:
    """The log as it was recorded last."""
    return FeedbackLog.objects.filter(learner=learner).select_related("entry").first()


@dataclass(frozen=True)
class LogText:
    """The log as it would be recorded. ``before``: the version that it follows; ``is_new``: whether it says anything else."""

    text: str
    facts: dict[str, float | str]
    checksum: str
    before: Entry | None
    is_new: bool


def log_text(learner: Learner, log: FeedbackLog, data: str) -> LogText:
    """The log as it would be recorded, with the scores of the runs that answer points."""
    points = points_of(learner)
    text, facts = text_of(points, _run_words(learner, points)), facts_of(points, data)
    before, checksum = standing(log.entry), checksum_of(text, facts)
    is_same = before is not None and is_newest(log.entry_id, before) and log.recorded == checksum
    return LogText(text, facts, checksum, before, not is_same)


def _run_words(learner: Learner, points: Iterable[FeedbackPoint]) -> dict[str, str]:
    links = run_links(learner, {point.run for point in points})
    scores = {run: run_score(learner, run) for run in links}
    return {run: f"Run: {link.words}. {score.words if (score := scores[run]) else ''}".strip() for run, link in links.items()}


def offered_people(learner: Learner, *others: Person | None) -> list[tuple[str, str]]:
    """People who may have said something, as choices: those with a relation or a meeting, the last contact first. One query."""
    near = Q(relation__gt="") | Q(pk__in=learner.meetings.order_by().values("person_id"))
    people = learner.people.filter(near).annotate(last_on=Max("touches__on")).order_by(F("last_on").desc(nulls_last=True), "id")
    named = [(person.key, person.name) for person in others if person is not None]
    return list(dict.fromkeys([*named, *people.values_list("key", "name")[:MOST_OFFERED]]))
