"""What the pages say about moving the plan: three ways on, other hours, what moved, what was left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse

from segue.core.availability import Availability
from segue.core.loop import Turn, state_of
from segue.core.replan import Situation, Way, pace, ways
from segue.core.wording import counted, spoken_minutes, written_date
from segue.shared.components import Column, Table

BUTTONS = {"shift": "Move the end", "trim": "Leave these out", "pause": "Pause"}
PACES_IN_HOURS = (2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class WayCard:
    """A way on, as its card shows it."""

    way: Way
    titles: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.way.id

    @property
    def title(self) -> str:
        return self.way.title

    @property
    def ends_on(self) -> date | None:
        return self.way.ends_on

    @property
    def detail(self) -> str:
        """The way in words; where much would be left out, the list stands in the card instead of the sentence."""
        if not self.titles:
            return self.way.detail
        return f"Leaves out {counted(len(self.titles), 'optional activity').replace('activitys', 'activities')}."

    @property
    def button(self) -> str:
        return BUTTONS[self.way.id]

    @property
    def is_empty(self) -> bool:
        """Whether choosing it would change nothing."""
        return self.way.id == "trim" and not self.titles


@dataclass(frozen=True)
class Skipped:
    """An activity that was left out."""

    id: str
    title: str
    url: str
    reason: str


def agreed_anew(turn: Turn) -> Situation:
    """What the planner will be given once the plan is agreed anew today: catch-up time that slipped work took is there again."""
    return replace(situation_of(turn), tasks=state_of(turn.programme, turn.ledger.entries, turn.inputs, turn.today).tasks)


def situation_of(turn: Turn) -> Situation:
    """What the planner was given today."""
    return Situation(
        tasks=turn.state.tasks,
        availability=turn.inputs.availability,
        choices=turn.inputs.choices,
        phases=turn.programme.phases,
        done=turn.state.done,
        today=turn.today,
        spent={turn.today: turn.ledger.minutes_between(turn.today, turn.today)},
    )


def ways_on(turn: Turn, back_on: date) -> tuple[WayCard, ...]:
    """The three ways, the pause ending the day before ``back_on``."""
    return tuple(WayCard(w, tuple(turn.activities[i].title for i in w.dropped)) for w in _ways(turn, back_on))


def droppable(turn: Turn) -> tuple[str, ...]:
    """Ids of what the way that trims would leave out."""
    return next(w.dropped for w in _ways(turn, None) if w.id == "trim")


def _ways(turn: Turn, back_on: date | None) -> tuple[Way, ...]:
    now = agreed_anew(turn)
    return ways(
        now.tasks,
        now.availability,
        now.choices,
        now.phases,
        now.done,
        now.today,
        turn.agreed,
        spent=now.spent,
        pause_until=back_on - timedelta(days=1) if back_on else None,
        weights=_weights(turn),
    )


def _weights(turn: Turn) -> dict[str, float]:
    """How much each activity matters for the role: the heaviest competency that it proves."""
    role = turn.inputs.weights
    return {a.id: max((role.get(c, 0.0) for c in a.competencies), default=0.0) for a in turn.activities.values()}


def weekly_words(availability: Availability) -> str:
    """The hours of a week, for the beginning of a sentence."""
    return f"At {spoken_minutes(availability.weekly_minutes)} a week"


def end_words(ends_on: date) -> str:
    """When the plan would end."""
    return f"the plan would end on {written_date(ends_on)}."


def paces(turn: Turn) -> Table:
    """What other hours a week would mean for the end."""
    now = agreed_anew(turn)
    found = [pace(now, hours * 60) for hours in PACES_IN_HOURS]
    rows = [[spoken_minutes(p.weekly_minutes), written_date(p.ends_on) if p.ends_on else p.text] for p in found]
    return Table(
        "End of the plan by hours a week, spread over the weekdays as yours are", [Column("A week"), Column("End")], rows
    )


def slipped(turn: Turn) -> Table | None:
    """What the agreed plan put before today and is still to do; ``None`` where nothing is."""
    if not turn.standing.slipped:
        return None
    rows = [
        [turn.activities[s.task_id].title, written_date(s.was), written_date(s.now) if s.now else "no day yet"]
        for s in turn.standing.slipped
    ]
    return Table("Activities that moved", [Column("Activity"), Column("Was to end"), Column("Now ends")], rows)


def skipped(turn: Turn) -> tuple[Skipped, ...]:
    """What the learner left out, with the reason."""
    return tuple(
        Skipped(i, turn.activities[i].title, reverse("workbench:show-activity", args=[i]), reason)
        for i, reason in turn.inputs.choices.skipped.items()
        if i in turn.activities
    )
