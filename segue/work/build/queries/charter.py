"""What the pages of month 3 show: the charter with its score, hours burned, the checkpoint of week 10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from segue.accounts.models import Learner
from segue.core.activity import Activity
from segue.core.loop import Turn
from segue.core.scope import BUDGET_HOURS, Cut, Line, check, cuts
from segue.core.wording import spoken_minutes, written_date
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.work.build.models import Charter, ScopeChange
from segue.work.build.sheet import REVIEW, Sheet, is_permitted, sheet_from

CHECKPOINT, FIRST_RUN = "w10-checkpoint", "w10-first-run"
AREA = "build"
SCORE_WORDS = {"green": "Small enough", "amber": "One thing too many", "red": "Too large"}


@dataclass(frozen=True)
class Hours:
    """Minutes of month 3: spent, still planned, and the budget."""

    spent: int
    ahead: int
    budget: int = BUDGET_HOURS * 60

    @property
    def left(self) -> int:
        """What the budget still holds; negative where it is overdrawn."""
        return self.budget - self.spent

    @property
    def words(self) -> str:
        """Spent of the budget, in words."""
        return f"{spoken_minutes(self.spent)} of {spoken_minutes(self.budget)}"

    @property
    def is_over(self) -> bool:
        """Whether what is spent and planned is more than the budget, with half an hour's grace."""
        return self.spent + self.ahead > self.budget + 30


@dataclass(frozen=True)
class Checkpoint:
    """Week 10: is there a number yet? ``is_late`` where its day has come and nothing has run."""

    on: date | None
    has_run: bool
    is_late: bool


@dataclass(frozen=True)
class CharterPage:
    """The charter as it stands. ``recorded`` is the version in the ledger; ``is_newer`` where it has changed since."""

    sheet: Sheet | None
    score: str
    words: str
    lines: tuple[Line, ...]
    changes: tuple[ScopeChange, ...]
    recorded: Entry | None
    is_newer: bool
    is_permitted: bool
    is_typed: bool
    ask: str
    ask_by: date | None


def charter_of(learner: Learner) -> Charter | None:
    """The working copy, where one was begun."""
    return Charter.objects.filter(learner=learner).select_related("entry").first()


def sheet_of(row: Charter | None) -> Sheet | None:
    """The charter that was kept last."""
    return sheet_from(row.sheet) if row else None


def charter_page(learner: Learner, turn: Turn) -> CharterPage:
    """The charter, its check, its history, and the request to a data scientist."""
    row = charter_of(learner)
    sheet = sheet_of(row)
    entry = standing(row.entry) if row else None
    needed = turn.programme.by_id[REVIEW].people[0]
    meets = turn.plan.start_of(REVIEW)
    return CharterPage(
        sheet=sheet,
        score=sheet.score if sheet else "",
        words=SCORE_WORDS[sheet.score] if sheet else "",
        lines=check(sheet.scope) if sheet else (),
        changes=tuple(learner.scope_changes.order_by("-id")[:20]),
        recorded=entry,
        is_newer=bool(row and entry and not (is_newest(row.entry_id, entry) and row.recorded == row.sheet)),
        is_permitted=bool(sheet and is_permitted(sheet)),
        is_typed=bool(row and row.typed),
        ask=_ask(sheet, needed.ask) if sheet else "",
        ask_by=meets - timedelta(days=needed.lead_days) if meets else None,
    )


def _ask(sheet: Sheet, ask: str) -> str:
    scope = sheet.scope
    return (
        f"I am planning a small project: {sheet.problem}\n\n"
        f"{sheet.user} would look at the answer, and it would change this: {sheet.decision}\n\n"
        f"In numbers: data sources {scope.sources}, languages {scope.languages}, classes {scope.classes}, labels {scope.labels}, "
        f"hours {scope.hours:.0f}. It must beat: {sheet.baseline}\n\n{ask} I would send it two days before."
    )


def hours_of(turn: Turn) -> Hours:
    """Minutes logged for month 3, and those that its plan still asks for."""
    activities = _activities(turn)
    spent = sum(turn.ledger.minutes_by_activity.get(i, 0) for i in activities)
    skipped = turn.inputs.choices.skipped
    ahead = sum(turn.progress[i].remaining_minutes for i, a in activities.items() if not _is_aside(a) and i not in skipped)
    return Hours(spent, ahead)


def _activities(turn: Turn) -> Mapping[str, Activity]:
    weeks = [
        week for phase in turn.programme.phases if phase.area == AREA for week in range(phase.first_week, phase.last_week + 1)
    ]
    return {a.id: a for a in turn.programme.activities if a.week in weeks}


def _is_aside(activity: Activity) -> bool:
    return activity.optional or activity.buffer


def checkpoint_of(turn: Turn) -> Checkpoint:
    """Whether the walking skeleton stands by the end of week 10 of the plan that was agreed."""
    on = turn.agreed.end_of(CHECKPOINT)
    has_run = turn.progress[FIRST_RUN].done
    return Checkpoint(on, has_run, not has_run and on is not None and on < turn.today)


def cuts_of(sheet: Sheet) -> tuple[Cut, ...]:
    """Ways to make this project smaller."""
    return cuts(sheet.scope)


def cut_words(cut: Cut) -> str:
    """What a cut saves, in words."""
    return f"It saves about {cut.saves:.1f} h." if cut.saves >= 0.1 else "It saves no labelling, but what is hard to foresee."


def kept_words(sheet: Sheet, on: date) -> str:
    """The charter in ten lines, as the decision of the checkpoint begins."""
    outside = "".join(f"\n- {line}" for line in sheet.outside)
    return (
        f"## Decision\nOn {written_date(on)}, with the charter “{sheet.title}”: \n\n## Options\n"
        + "".join(f"- {cut.says}. {cut_words(cut)}\n" for cut in cuts_of(sheet))
        + f"\n## Why\n\n## First steps\n\n## What would change it\nOut already:{outside or ' nothing yet.'}\n"
    )


def typed_values(typed: Mapping[str, list[str]]) -> dict[str, Any]:
    """What stood in the form, as its fields take it first."""
    return {name: values[0] for name, values in typed.items() if values}


def typed_lines(typed: Mapping[str, list[str]]) -> str:
    """What stood in the other window, to copy from."""
    return "\n".join(value for values in typed.values() for value in values if value.strip())
