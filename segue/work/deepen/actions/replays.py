"""A run is replayed: set up, worked out by a worker, seen week by week, decided, recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.evidence.standing import is_newest, standing
from segue.evidence.texts import clean_line
from segue.jobs.actions import cancel, enqueue
from segue.shared import clock
from segue.work.deepen.models import Replay, new_key
from segue.work.deepen.monitors import Monitors
from segue.work.deepen.queries.replays import MOST, course_in
from segue.work.deepen.replay_text import checksum_of, facts_of, report_of
from segue.work.lab.figures import figures_of
from segue.work.lab.models import Analysis
from segue.work.lab.pieces.piece import data_of
from segue.work.lab.replay import Played, Wish

JOB = "replay"
KIND, ACTIVITY = "drift-report", "w20-drift"
KEPT = (
    "key",
    "analysis",
    "version",
    "file_name",
    "manifest_sha256",
    "split",
    "shift",
    "seed",
    "plan",
    "weeks",
    "shown",
    "decisions",
)


@transaction.atomic
def begin_replay(learner: Learner, analysis: Analysis, wish: Wish, monitors: Monitors) -> Replay:
    """Keeps the monitors, and asks a worker for the weeks. Raises ``UserError`` where there are too many, or files are gone."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    if learner.replays.count() >= MOST:
        raise UserError(f"There are {MOST} replays already.", "Remove one that you don’t need.")
    run = figures_of(analysis)
    if run is None:
        raise UserError("The files of this run are gone.", "Bring the file to the Lab again, or replay another run.")
    row = Replay.objects.create(
        learner=learner,
        key=new_key(),
        analysis=run.analysis,
        version=run.version,
        file_name=run.file_name,
        manifest_sha256=run.manifest_sha256,
        split=wish.split,
        shift=wish.shift,
        seed=wish.seed,
        made_at=clock.now(),
    )
    job = enqueue(JOB, learner, {"replay": row.pk})
    about = {"labels": wish.labels, "batch": wish.batch, "data": data_of(analysis), "job": job.pk, "chosen": wish.shift}
    row.plan = {"monitors": monitors.as_json, **about}
    row.save(update_fields=["plan"])
    return row


@transaction.atomic
def work_out_again(replay: Replay) -> None:
    """Asks a worker again, where the first attempt came to nothing."""
    row = _locked(replay)
    if row.weeks or row.learner.jobs.filter(pk=row.plan.get("job"), state__in=("queued", "running")).exists():
        return
    row.plan = {**row.plan, "job": enqueue(JOB, row.learner, {"replay": row.pk}).pk}
    row.save(update_fields=["plan"])


@transaction.atomic
def keep_played(pk: int, played: Played) -> None:
    """Keeps the weeks that a worker worked out; nothing where the replay was removed meanwhile, or has them already."""
    row = Replay.objects.select_for_update(of=("self",)).filter(pk=pk, weeks=[]).first()
    if row is None:
        return
    row.shift, row.weeks = played.shift, [dict(week) for week in played.weeks]
    about = dict(played.about)
    names: dict[str, Any] = {name: clean_line(about[name]) for name in ("target", "shift_says")}
    names["classes"] = [clean_line(name) for name in about["classes"]]  # words of the file may hold what no database takes
    row.plan = {**row.plan, "about": about | names}
    row.save(update_fields=["shift", "weeks", "plan"])


def _locked(replay: Replay) -> Replay:
    return Replay.objects.select_for_update(of=("self",)).select_related("learner", "entry").get(pk=replay.pk)


@transaction.atomic
def show_next_week(replay: Replay, seen: int) -> Replay:
    """Shows the next week. ``seen``: how many were shown where it was asked for; asked twice, it is shown once."""
    row = _locked(replay)
    if row.shown != seen:
        return row
    course = course_in(row)
    if course.must:
        raise UserError(f"Week {row.shown} waits for a decision.", "Decide first: that is what the replay is for.")
    if row.weeks and course.can_go_on:
        row.shown += 1
        row.save(update_fields=["shown"])
    return row


@transaction.atomic
def decide_week(replay: Replay, week: int, choice: str, why: str) -> Replay:
    """Keeps a decision. Raises ``UserError`` where it can’t be taken in this week, or was taken in another window."""
    row = _locked(replay)
    course = course_in(row)
    if week != row.shown or choice not in {option.choice for option in course.options}:
        raise UserError("This was decided already, or can’t be decided now.", "Look at the week again.")
    row.decisions = [*row.decisions, {"week": week, "choice": choice, "why": why}]
    row.save(update_fields=["decisions"])
    return row


@transaction.atomic
def record_replay(replay: Replay, words: str, confidentiality: str) -> Entry:
    """Records the report: new evidence at first, then new versions of it. Raises ``UserError`` where nothing has changed."""
    row = _locked(replay)
    course, before = course_in(row), standing(row.entry)
    if not course.is_over:
        raise UserError("The replay is not over yet.", "See all weeks first.")
    row.plan = {**row.plan, "words": words}
    text = report_of(row, course)
    is_same = before is not None and is_newest(row.entry_id, before) and row.recorded == checksum_of(text)
    if before is not None and is_same and before.confidentiality == confidentiality:
        raise UserError(f"The report is in the ledger as it stands, as entry {before.number}.", "Change your words first.")
    known = current().programme.by_id.get(ACTIVITY)
    proves = known.proves(KIND) if known else ()
    title = f"Drift report: {row.file_name}"
    activity = ACTIVITY if known else ""
    facts = facts_of(row, course)
    work = Work(KIND, title, clock.today(), activity, proves, text, facts=facts, confidentiality=confidentiality)
    row.entry, row.recorded = record_work(row.learner, work, revises=before), checksum_of(text)
    row.save(update_fields=["entry", "recorded", "plan"])
    return row.entry


@transaction.atomic
def remove_replay(replay: Replay) -> dict[str, Any]:
    """Removes a replay; what was recorded of it stays in the ledger. Returns what ``restore_replay`` needs."""
    row = _locked(replay)
    job = row.learner.jobs.filter(pk=row.plan.get("job")).first()
    if job is not None:
        cancel(job)
    kept = {name: getattr(row, name) for name in KEPT}
    kept |= {"made_at": row.made_at.isoformat(), "entry": row.entry.number if row.entry else 0, "recorded": row.recorded}
    row.delete()
    return kept


@transaction.atomic
def restore_replay(learner: Learner, kept: Mapping[str, Any]) -> Replay:
    """Brings a replay back that was removed."""
    fields: dict[str, Any] = {name: kept[name] for name in (*KEPT, "recorded")}
    fields["made_at"] = datetime.fromisoformat(kept["made_at"])
    fields["entry"] = learner.entries.filter(number=kept["entry"]).first()
    return Replay.objects.get_or_create(learner=learner, key=fields.pop("key"), defaults=fields)[0]
