"""Reads of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet

from segue.accounts.models import Learner
from segue.core.activity import EvidenceKind, Programme
from segue.core.competency import Tier
from segue.core.evidence import Artefact, Ledger, Sort
from segue.core.evidence import Entry as CoreEntry
from segue.courses.queries import programme_of
from segue.evidence.drafts import has_text, is_key
from segue.evidence.models import Attachment, Draft, Entry
from segue.evidence.texts import finds
from segue.evidence.trust import tier_in_short
from segue.evidence.vocabulary import SORT_WORDS, activity_title, kind_of

PAGE = 50
LOG_PAGE = 20  # each is shown in full
Offers = dict[str, list[tuple[str, str]]]


def core_entries(learner: Learner) -> tuple[CoreEntry, ...]:
    """The learner's whole ledger as the rules see it, in the order recorded. One query."""
    rows = list(
        learner.entries.annotate(files=Count("attachments"))
        .defer("body", "link", "title", "recorded_at", "content_version", "confidentiality", "channel")
        .order_by("number")
    )
    numbers = {row.pk: row.number for row in rows}
    return tuple(row.to_core(row.files, numbers) for row in rows)


def ledger_of(learner: Learner, on: date | None = None) -> Ledger:
    """The learner's ledger, up to a day where one is given."""
    return Ledger(core_entries(learner), programme_of(learner), on)


def recorded_for(learner: Learner, prefix: str) -> frozenset[str]:
    """Ids of activities with a prefix that entries name, those taken back included."""
    return frozenset(learner.entries.filter(activity_id__startswith=prefix).values_list("activity_id", flat=True))


def entries_of(learner: Learner) -> QuerySet[Entry]:
    """Entries with their attachments, newest first."""
    return learner.entries.prefetch_related("attachments").order_by("-number")


def drafts_of(learner: Learner) -> list[Draft]:
    """Texts begun and not recorded, the one saved last first."""
    return [draft for draft in learner.drafts.exclude(fields={}) if is_key(draft.key) and has_text(draft.fields)]


def draft_of(learner: Learner, key: str) -> Draft | None:
    """The draft with this key, with the texts kept beside it."""
    return learner.drafts.prefetch_related("kept").filter(key=key).first()


# --- the list ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WorkRow:
    """A standing artefact in the list: its newest version and what is known of all of them."""

    entry: Entry
    artefact: Artefact
    kind: EvidenceKind
    activity: str
    reason: str
    faded: bool


def standing(ledger: Ledger, wanted: Mapping[str, str], found: frozenset[int] | None) -> list[Artefact]:
    """The standing artefacts that fit the filters, newest first. ``found``: numbers of the entries that a search found."""
    fitting = [a for a in ledger.artefacts if _fits(a, ledger, wanted) and (found is None or found & _numbers(a))]
    return sorted(fitting, key=lambda a: (a.latest.on, a.latest.id), reverse=True)


def _fits(artefact: Artefact, ledger: Ledger, wanted: Mapping[str, str]) -> bool:
    return all(
        (
            wanted.get("kind") in (None, artefact.kind),
            wanted.get("tier") in (None, artefact.tier.name),
            wanted.get("month") in (None, f"{artefact.latest.on:%Y-%m}"),
            "competency" not in wanted or wanted["competency"] in artefact.competencies,
            "activity" not in wanted or artefact in ledger.by_activity.get(wanted["activity"], ()),
        )
    )


def _numbers(artefact: Artefact) -> frozenset[int]:
    return frozenset(e.id for e in (*artefact.versions, *artefact.reviews, *artefact.confirmations))


def offers(ledger: Ledger) -> Offers:
    """What the list can be filtered by: only what is there."""
    artefacts = ledger.artefacts
    months = sorted({(a.latest.on.year, a.latest.on.month) for a in artefacts}, reverse=True)
    kinds = {a.kind: kind_of(a.kind).name for a in artefacts}
    mine = {c for a in artefacts for c in a.competencies}
    return {
        "competency": [(c.id, f"{c.id} {c.name}") for c in ledger.programme.competencies if c.id in mine],
        "kind": sorted(kinds.items(), key=lambda kind: kind[1]),
        "tier": [(tier.name, tier.name) for tier in Tier if any(a.tier is tier for a in artefacts)],
        "month": [(f"{y}-{m:02}", f"{date(y, m, 1):%B %Y}") for y, m in months],
        "activity": sorted(
            ((i, activity_title(i, ledger.programme)) for i in ledger.by_activity), key=lambda activity: activity[1]
        ),
    }


def search(learner: Learner, query: str) -> frozenset[int]:
    """Numbers of the entries that have every word of a query in title, text, link, reviewer or file names.

    Compared here and not in the database, where SQLite knows capitals of ASCII letters only. Four queries, however many entries.
    """
    fields = ("number", "title", "body", "link", "reviewer_name", "reviewer_role", "activity_id", "kind")
    rows, programme = learner.entries.values_list("pk", *fields), programme_of(learner)
    names: dict[int, list[str]] = {}
    for entry_id, name in learner.entries.filter(attachments__isnull=False).values_list("pk", "attachments__name"):
        names.setdefault(entry_id, []).append(name)
    return frozenset(
        number
        for pk, number, *texts, activity_id, kind in rows
        if finds(query, *texts, activity_title(activity_id, programme), kind_of(kind).name if kind else "", *names.get(pk, ()))
    )


def work_page(learner: Learner, ledger: Ledger, artefacts: Sequence[Artefact], number: str | None, on: date) -> Page[WorkRow]:
    """One page of artefacts with their newest versions. Two queries."""
    page = Paginator(artefacts, PAGE).get_page(number)
    rows = rows_by_number(learner, (a.latest.id for a in page.object_list))
    return _filled(page, [_work_row(rows[a.latest.id], a, ledger, on) for a in page.object_list])


def _filled(page: Page[Any], rows: list[Any]) -> Page[Any]:
    """A page with what is shown in place of what was counted."""
    page.object_list = rows
    return page


def _work_row(entry: Entry, artefact: Artefact, ledger: Ledger, on: date) -> WorkRow:
    faded, title = ledger.expired(artefact, on), activity_title(entry.activity_id, ledger.programme)
    return WorkRow(entry, artefact, kind_of(entry.kind), title, tier_in_short(artefact), faded)


def rows_by_number(learner: Learner, numbers: Iterable[int]) -> dict[int, Entry]:
    """Entries by number, with attachments and what they speak of."""
    found = entries_of(learner).select_related("subject", "revises").filter(number__in=list(numbers))
    return {entry.number: entry for entry in found}


def log_page(learner: Learner, ledger: Ledger, kind: str, query: str, number: str | None) -> Page[Entry]:
    """The newest versions of the standing artefacts of one kind, newest first."""
    found = search(learner, query) if query else None
    artefacts = standing(ledger, {"kind": kind}, found)
    page = Paginator(artefacts, LOG_PAGE).get_page(number)
    rows = rows_by_number(learner, (a.latest.id for a in page.object_list))
    return _filled(page, [rows[a.latest.id] for a in page.object_list])


# --- the whole ledger, and what no longer stands ---------------------------------------------------------------------------


@dataclass(frozen=True)
class LedgerRow:
    """One entry in a list of entries. ``state``: stands, superseded, withdrawn, or fallen (words about a withdrawn version)."""

    entry: Entry
    sort: str
    kind: str
    activity: str
    state: str
    by: int | None
    why: str


def no_longer_standing(ledger: Ledger) -> list[int]:
    """Numbers of the entries that were withdrawn or that a newer version followed, newest first."""
    states = states_of(ledger)
    return [e.id for e in reversed(ledger.entries) if states[e.id][0] != "stands"]


def states_of(ledger: Ledger) -> dict[int, tuple[str, int | None]]:
    """How each entry stands, and the number of the entry that made it so."""
    taken = {e.subject: e.id for e in ledger.entries if e.sort is Sort.WITHDRAWAL and e.subject is not None}
    newest = {v.id: a.latest.id for a in ledger.artefacts for v in a.versions}
    states: dict[int, tuple[str, int | None]] = {}
    for entry in ledger.entries:
        if entry.id in taken:
            states[entry.id] = ("withdrawn", taken[entry.id])
        elif newest.get(entry.id, entry.id) != entry.id:
            states[entry.id] = ("superseded", newest[entry.id])
        elif entry.sort in (Sort.REVIEW, Sort.CONFIRMATION) and entry.subject in taken:
            states[entry.id] = ("fallen", taken[entry.subject])
        else:
            states[entry.id] = ("stands", None)
    return states


def ledger_page(learner: Learner, ledger: Ledger, numbers: Sequence[int], number: str | None) -> Page[LedgerRow]:
    """One page of entries, whatever they are. Three queries."""
    page = Paginator(numbers, PAGE).get_page(number)
    rows = rows_by_number(learner, page.object_list)
    states = states_of(ledger)
    reasons = reasons_of(learner, rows)
    return _filled(page, [_ledger_row(rows[n], ledger.programme, *states[n], reasons.get(n, "")) for n in page.object_list])


def _ledger_row(entry: Entry, programme: Programme, state: str, by: int | None, why: str) -> LedgerRow:
    kind = kind_of(entry.kind).name if entry.kind else ""
    title = activity_title(entry.activity_id, programme)
    return LedgerRow(entry, SORT_WORDS[Sort(entry.sort)], kind, title, state, by, why)


def reasons_of(learner: Learner, numbers: Iterable[int]) -> dict[int, str]:
    """Why entries were withdrawn, by the number of the withdrawn entry."""
    found = learner.entries.filter(sort=Sort.WITHDRAWAL, subject__number__in=list(numbers))
    return dict(found.values_list("subject__number", "body"))


# --- one entry --------------------------------------------------------------------------------------------------------------


def entry_of(learner: Learner, number: int) -> Entry | None:
    """An entry of this learner with everything a page shows of it."""
    found = learner.entries.select_related("subject", "revises", "learner").prefetch_related("attachments")
    return found.filter(number=number).first()


def attachments_of(learner: Learner, numbers: Iterable[int], hashes: Iterable[str]) -> tuple[Attachment, ...]:
    """Those files of some entries that are named by their hash."""
    found = Attachment.objects.filter(entry__learner=learner, entry__number__in=list(numbers), sha256__in=list(hashes))
    return tuple(found.order_by("-entry__number", "id"))


def story_of(learner: Learner, numbers: Iterable[int]) -> list[Entry]:
    """The versions with these numbers and every word about them, withdrawals too, in the order recorded."""
    numbers = list(numbers)
    own = learner.entries.filter(number__in=numbers)
    about = learner.entries.filter(subject__number__in=numbers)
    of_words = learner.entries.filter(sort=Sort.WITHDRAWAL, subject__subject__number__in=numbers)
    attached = Prefetch("attachments")
    rows = (own | about | of_words).select_related("subject", "revises").prefetch_related(attached).order_by("number")
    return list(rows.distinct())
