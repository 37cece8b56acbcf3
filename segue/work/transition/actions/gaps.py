"""Gaps are planned, changed, given up, taken out, put into the plan of the programme, and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.core.loop import Turn
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.schedule.actions import choose, undo_choice
from segue.schedule.models import ChoiceSort
from segue.shared import clock
from segue.work.transition.actions.closing_row import check_class, locked_closing
from segue.work.transition.decision import checksum_of
from segue.work.transition.gap_plan import ACTIVITY, KIND, begin_on
from segue.work.transition.models import GapTask, new_key
from segue.work.transition.queries.gaps import gaps_page

TITLE = "Gap plan for 30, 60 and 90 days"
COLUMNS = ("subject", "what", "hours", "person", "due_on", "activity_id")


@transaction.atomic
def add_gap(learner: Learner, told: Mapping[str, Any]) -> GapTask:
    """Plans a gap. The same one twice is there once."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    there = learner.gap_tasks.filter(subject=told["subject"], what=told["what"], closed_on=None).first()
    return there or GapTask.objects.create(learner=learner, key=new_key(), **{name: told[name] for name in COLUMNS})


@transaction.atomic
def change_gap(task: GapTask, told: Mapping[str, Any]) -> GapTask:
    """Says a gap anew."""
    row = _locked(task)
    for name in COLUMNS:
        setattr(row, name, told[name])
    row.save(update_fields=[*COLUMNS])
    return row


def _locked(task: GapTask) -> GapTask:
    return GapTask.objects.select_for_update(of=("self",)).select_related("learner").get(pk=task.pk)


@transaction.atomic
def close_gap(task: GapTask, *, is_closed: bool) -> GapTask:
    """Notes that a gap is no longer worked on, or that it is again."""
    row = _locked(task)
    row.closed_on = (row.closed_on or clock.today()) if is_closed else None
    row.save(update_fields=["closed_on"])
    return row


@transaction.atomic
def remove_gap(task: GapTask) -> dict[str, Any]:
    """Takes a gap out. Returns what ``restore_gap`` needs to bring it back."""
    row = _locked(task)
    kept = {name: str(getattr(row, name)) for name in ("key", "subject", "what", "person", "activity_id")}
    kept |= {name: day.isoformat() if (day := getattr(row, name)) else "" for name in ("due_on", "closed_on")}
    kept["hours"] = "" if row.hours is None else str(row.hours)
    row.delete()
    return kept


@transaction.atomic
def restore_gap(learner: Learner, kept: Mapping[str, str]) -> GapTask:
    """Brings a gap back that was taken out."""
    fields: dict[str, Any] = {name: kept[name] for name in ("subject", "what", "person", "activity_id")}
    fields["hours"] = float(kept["hours"]) if kept["hours"] else None
    fields |= {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("due_on", "closed_on")}
    return GapTask.objects.get_or_create(learner=learner, key=kept["key"], defaults=fields)[0]


@transaction.atomic
def pin_gap(task: GapTask, turn: Turn) -> date:
    """Puts the activity that closes a gap into the plan, begun early enough for its day: the day on which it begins."""
    if task.activity_id not in turn.activities or task.activity_id in turn.state.done:
        raise UserError("The programme has no activity ahead for this gap.", "Change the gap, and choose one that closes it.")
    minutes = turn.plan.remaining.get(task.activity_id, 0)
    day = begin_on(task.due_on, minutes, turn.inputs.availability, turn.today)
    if day is None:
        raise UserError(
            f"Your hours of the week can’t hold “{turn.activities[task.activity_id].title}” by its day.",
            "Give the gap a later day, or give the plan more hours.",
        )
    choose(task.learner, ChoiceSort.PIN, task.activity_id, on=day)
    return day


@transaction.atomic
def unpin_gap(task: GapTask) -> None:
    """Takes it back: the plan sets the day again."""
    undo_choice(task.learner, ChoiceSort.PIN, task.activity_id)


@transaction.atomic
def record_gaps(learner: Learner, turn: Turn, confidentiality: str) -> Entry:
    """Records the gap plan: new evidence at first, then new versions of it."""
    check_class(confidentiality)
    row = locked_closing(learner)
    page = gaps_page(learner, turn, row)
    if not page.gaps:
        raise UserError("No gap is planned.", "Add one first: the evidence that would close it, and a day.")
    if page.entry is not None and not page.is_changed and page.entry.confidentiality == confidentiality:
        raise UserError(f"The plan is in the ledger as it stands, as entry {page.entry.number}.", "Change a gap first.")
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    facts: dict[str, float | str] = {"gaps": page.gaps, "dated": page.gaps}
    work = Work(KIND, TITLE, clock.today(), ACTIVITY, proves, page.text, facts=facts, confidentiality=confidentiality)
    row.plan = record_work(learner, work, revises=page.entry)
    row.recorded = row.recorded | {"plan": checksum_of(page.text)}
    row.save(update_fields=["plan", "recorded"])
    return row.plan
