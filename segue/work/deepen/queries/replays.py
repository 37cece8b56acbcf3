"""What the pages of replays show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.jobs.models import Job, State
from segue.shared.components import Stat
from segue.work.deepen.models import Replay
from segue.work.deepen.monitors import lines_of, monitors_of, scored, signed
from segue.work.deepen.replay_text import checksum_of, lines_of_hindsight, proposal_of, report_of
from segue.work.deepen.replaying import FIRST, WEEKS, Course, Hindsight, Week, course_of, hindsight_of, name_of
from segue.work.lab.figures import runs_of
from segue.work.lab.models import Analysis
from segue.work.lab.reading import is_installed
from segue.work.lab.replay import Offer, offer_of

MOST = 20


@dataclass(frozen=True)
class ReplayRow:
    """A replay in the list."""

    replay: Replay
    words: str


@dataclass(frozen=True)
class Source:
    """A run that may be replayed, or ``why`` it can’t be."""

    analysis: Analysis
    offer: Offer | None
    why: str


@dataclass(frozen=True)
class ReplayList:
    """All replays, and the runs that there are. ``installed``: whether the parts of the Lab are there."""

    rows: tuple[ReplayRow, ...]
    runs: tuple[Analysis, ...]
    installed: bool


@dataclass(frozen=True)
class ReplayPage:
    """A replay. ``state``: ready, queued, running, failed or lost; what follows is empty until it is ready."""

    replay: Replay
    state: str
    job: Job | None
    course: Course
    lines: tuple[str, ...]
    hindsight: Hindsight | None
    hindsight_lines: tuple[str, ...]
    proposal: Mapping[str, Any] | None
    text: str
    entry: Entry | None
    is_changed: bool

    @property
    def is_open(self) -> bool:
        """Whether the weeks are still being worked out."""
        return self.state in (State.QUEUED, State.RUNNING)

    @property
    def left(self) -> int:
        """Weeks that were not seen yet."""
        return WEEKS - len(self.course.weeks)

    @property
    def uses(self) -> str:
        """The model in use now."""
        return name_of(self.course.uses)

    @property
    def past(self) -> tuple[Week, ...]:
        """Earlier weeks in which something fired or was decided, the newest first."""
        return tuple(week for week in reversed(self.course.weeks[:-1]) if week.signals or week.decisions)

    @property
    def scored_before(self) -> str:
        """The score of the first model on the older rows that were held back."""
        return scored(self.replay.plan["about"]["score"])

    @property
    def stats(self) -> tuple[Stat, ...]:
        """What was measured in the week that was seen last."""
        week = self.course.now
        return _stats(week) if week else ()

    @property
    def comparison_words(self) -> str:
        """What the challenger of this week is worth."""
        week = self.course.now
        return compared(week) if week else ""

    @property
    def mix(self) -> tuple[tuple[str, float, float], ...]:
        """What the model in use says: class, share in the older rows, share in the week that was seen last."""
        week = self.course.now
        if week is None:
            return ()
        about = self.replay.plan["about"]
        return tuple(zip(about["classes"], about["mix"], week.found["models"][week.model]["mix"], strict=True))

    @property
    def has_fair_mix(self) -> bool:
        """Whether the shares of then are those of the model in use: only those of the first one are kept."""
        return self.course.now is not None and self.course.now.model == FIRST


def _stats(week: Week) -> tuple[Stat, ...]:
    found = week.found
    psi = found["models"][week.model].get("psi")
    value, low, high = week.score
    stats = [
        Stat(f"{found['rows']:,}", label="rows", note=f"{found['labels']} labelled by hand"),
        Stat(f"{value:.2f}", label="macro-F1", note=f"95% interval {low:.2f} to {high:.2f}, n = {found['labels']}"),
        Stat(f"{found['length'][0]:.2f}", label="PSI of length", note=f"by chance up to {found['length'][1]:.2f}"),
    ]
    if psi:
        stats.insert(2, Stat(f"{psi[0]:.2f}", label="PSI of answers", note=f"by chance up to {psi[1]:.2f}"))
    return tuple(stats)


def compared(week: Week) -> str:
    """Champion and challenger on the same rows, and what that establishes."""
    recent, new = week.found["recent"], f"c{week.number}"
    value, low, high = recent["gains"][week.model]
    if low > 0:
        verdict = "The challenger is better, and by more than chance."
    elif high < 0:
        verdict = "The challenger is worse, and by more than chance."
    else:
        verdict = "Chance alone could make this difference."
    was, now = scored(recent["scores"][week.model]), scored(recent["scores"][new])
    same = f"The {recent['n']} rows labelled by hand in the last weeks; neither learnt from them."
    return f"In use: {was}. Challenger: {now}. Difference {signed([value, low, high])}. {same} {verdict}"


def replay_of(learner: Learner, key: str) -> Replay:
    """A replay of this learner; 404 for anybody else’s."""
    found = learner.replays.select_related("entry").filter(key=key).first()
    if found is None:
        raise Http404
    return found


def course_in(replay: Replay) -> Course:
    """How far it is."""
    return course_of(replay.plan, replay.weeks, replay.decisions, replay.shown)


def replay_list(learner: Learner) -> ReplayList:
    """All replays, the newest first, and the runs. Two queries."""
    rows = tuple(ReplayRow(replay, _words(replay)) for replay in learner.replays.select_related("entry").defer("weeks"))
    return ReplayList(rows, tuple(runs_of(learner)), is_installed())


def _words(replay: Replay) -> str:
    if "about" not in replay.plan:  # it comes with the weeks, which are too many to be read for a list
        return "Being worked out"
    if replay.entry:
        return f"Recorded as entry {replay.entry.number}"
    decided = len(replay.decisions)
    said = f"{decided} decision{'' if decided == 1 else 's'}"
    return f"Week {replay.shown} of {WEEKS}, {said}" if replay.shown else "Set up, no week seen yet"


def source_of(learner: Learner, pk: int) -> Source | None:
    """The run to replay: the one named, else the newest; ``None`` where there is none. 404 for somebody else’s."""
    runs = runs_of(learner)
    if pk and pk not in {run.pk for run in runs}:
        raise Http404
    chosen = next((run for run in runs if run.pk == pk), None) or (runs[0] if runs else None)
    if chosen is None:
        return None
    try:
        found = offer_of(chosen)
    except UserError as error:
        return Source(chosen, None, str(error))
    return Source(chosen, None, found) if isinstance(found, str) else Source(chosen, found, "")


def replay_page(replay: Replay) -> ReplayPage:
    """All that the page of a replay shows."""
    course = course_in(replay)
    lines = lines_of(monitors_of(replay.plan))
    if not replay.weeks:
        job = replay.learner.jobs.filter(pk=replay.plan.get("job")).first()
        return ReplayPage(replay, _state(job), job, course, lines, None, (), None, "", None, True)
    seen = hindsight_of(replay.plan, course) if course.is_over else None
    said = lines_of_hindsight(seen, course) if seen else ()
    text = report_of(replay, course) if seen else ""
    entry = standing(replay.entry)
    is_same = is_newest(replay.entry_id, entry) and replay.recorded == checksum_of(text)
    proposal = proposal_of(replay, course)
    return ReplayPage(replay, "ready", None, course, lines, seen, said, proposal, text, entry, not is_same)


def _state(job: Job | None) -> str:
    if job is None or job.state == State.CANCELLED or job.is_done:
        return "lost"
    return job.state
