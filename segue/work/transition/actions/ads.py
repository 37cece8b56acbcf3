"""Ads are kept, changed, removed; what they ask for and nobody can show becomes a task, or is left with a reason; recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from segue.accounts.models import Learner
from segue.core.errors import UserError
from segue.curriculum import current
from segue.evidence.actions import Work, record_work
from segue.evidence.models import Entry
from segue.schedule.actions import undo_choice
from segue.schedule.models import ChoiceSort
from segue.shared import clock
from segue.work.transition.actions.gaps import add_gap
from segue.work.transition.ad_parsing import terms_asked
from segue.work.transition.gap_plan import TERM
from segue.work.transition.models import Application, GapTask, JobAd, new_key
from segue.work.transition.queries.ads import ACTIVITY, KIND, ads_page, facts_of
from segue.work.transition.queries.backing import claimed_in_papers
from segue.work.transition.terms import Term

COLUMNS = ("title", "company", "link", "text", "found_on")
BOARD = ("state", "who", "next_step", "history")


@transaction.atomic
def add_ad(learner: Learner, told: Mapping[str, Any]) -> JobAd:
    """Keeps an ad, and which of its terms stood in the papers already: those were not copied from it."""
    Learner.objects.select_for_update().get(pk=learner.pk)
    claimed = sorted(claimed_in_papers(learner) & terms_asked(told["text"], told["title"]))
    return JobAd.objects.create(learner=learner, key=new_key(), claimed=claimed, **{name: told[name] for name in COLUMNS})


@transaction.atomic
def change_ad(ad: JobAd, told: Mapping[str, Any]) -> JobAd:
    """Says an ad anew. What it asked for before was claimed or not when it came in; only terms that are new are looked up now."""
    row = JobAd.objects.select_for_update(of=("self",)).select_related("learner").get(pk=ad.pk)
    fresh = terms_asked(told["text"], told["title"]) - terms_asked(row.text, row.title)
    row.claimed = sorted({*row.claimed, *(fresh & claimed_in_papers(row.learner))})
    for name in COLUMNS:
        setattr(row, name, told[name])
    row.save(update_fields=[*COLUMNS, "claimed"])
    return row


@transaction.atomic
def remove_ad(ad: JobAd) -> dict[str, Any]:
    """Removes an ad and what was noted about applying to it. Returns what ``restore_ad`` needs."""
    row = JobAd.objects.select_for_update().get(pk=ad.pk)
    kept: dict[str, Any] = {name: getattr(row, name) for name in ("key", "title", "company", "link", "text", "claimed")}
    kept["found_on"] = row.found_on.isoformat()
    application = Application.objects.filter(ad=row).first()
    if application is not None:
        kept["application"] = {name: getattr(application, name) for name in BOARD} | {
            "version": application.version_id,
            "next_on": application.next_on.isoformat() if application.next_on else "",
        }
    row.delete()
    return kept


@transaction.atomic
def restore_ad(learner: Learner, kept: Mapping[str, Any]) -> JobAd:
    """Brings an ad back as it was, with what it was claimed by when it came in."""
    fields = {name: kept[name] for name in ("title", "company", "link", "text", "claimed")}
    fields["found_on"] = date.fromisoformat(kept["found_on"])
    ad, is_new = JobAd.objects.get_or_create(learner=learner, key=kept["key"], defaults=fields)
    if is_new and (noted := kept.get("application")):
        version = learner.resume_versions.filter(pk=noted["version"]).first()
        day = date.fromisoformat(noted["next_on"]) if noted["next_on"] else None
        columns = {name: noted[name] for name in BOARD}
        Application.objects.create(learner=learner, ad=ad, version=version, next_on=day, **columns)
    return ad


def plan_term(learner: Learner, term: Term, told: Mapping[str, Any]) -> GapTask:
    """A gap becomes a task with a day: never a word in a résumé."""
    return add_gap(learner, {**told, "subject": f"{TERM}{term.id}", "person": told.get("person", "")})


@transaction.atomic
def leave_term(learner: Learner, term: Term, reason: str) -> GapTask:
    """Leaves a gap open on purpose, with the reason."""
    today, subject = clock.today(), f"{TERM}{term.id}"
    learner.gap_tasks.filter(subject=subject, closed_on=None).delete()
    return GapTask.objects.create(learner=learner, key=new_key(), subject=subject, what=reason, due_on=today, closed_on=today)


def unskip(learner: Learner, activity_id: str) -> None:
    """Takes an activity back into the plan that was skipped."""
    undo_choice(learner, ChoiceSort.SKIP, activity_id)


@transaction.atomic
def record_ads(learner: Learner, confidentiality: str) -> Entry:
    """Records the analysis: new evidence at first, then new versions of it."""
    page = ads_page(learner)
    if not page.rows:
        raise UserError("There is no ad to record.", "Add three ads for your target role first.")
    if not page.is_changed and page.entry is not None:
        raise UserError(f"The analysis is in the ledger as it stands, as entry {page.entry.number}.", "Nothing more is needed.")
    proves = current().programme.by_id[ACTIVITY].proves(KIND)
    title = f"What {len(page.rows)} job ads ask for" if len(page.rows) > 1 else "What a job ad asks for"
    facts = facts_of(learner)
    work = Work(KIND, title, clock.today(), ACTIVITY, proves, page.text, facts=facts, confidentiality=confidentiality)
    return record_work(learner, work, revises=page.entry)
