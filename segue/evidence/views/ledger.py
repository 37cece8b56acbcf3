"""Looking at the ledger: the list, one entry, its files; and taking an entry back."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.competency import Tier
from segue.core.errors import UserError
from segue.core.evidence import Ledger, Sort
from segue.evidence import actions, drafts, queries, vocabulary
from segue.evidence.files import path_of, safe_media_type
from segue.evidence.forms import FilterForm, WithdrawForm
from segue.evidence.models import Draft, Entry
from segue.evidence.requests import open_count
from segue.evidence.story import tell
from segue.evidence.trust import thread_of
from segue.evidence.views import form_pages
from segue.evidence.vocabulary import SORT_WORDS
from segue.evidence.withdrawing import consequences
from segue.shared import clock
from segue.shared.components import Stat, Tab
from segue.shared.notices import say

TIER_LABELS = {
    Tier.E3: "Confirmed (E3)",
    Tier.E2: "Reviewed (E2)",
    Tier.E1: "Checked (E1)",
    Tier.E0: "Not yet checkable (E0)",
}
TIER_NOTES = {
    Tier.E3: "a stakeholder confirmed an effect",
    Tier.E2: "a named person found it good",
    Tier.E1: "a file, or enough words",
    Tier.E0: "shown, never counted",
}
SHOWN = {"": "What stands", "withdrawn": "Withdrawn and superseded", "all": "The whole ledger"}


@require_safe
def list_evidence(request: HttpRequest) -> HttpResponse:
    """What can I prove?"""
    learner, today = learner_of(request), clock.today()
    ledger = queries.ledger_of(learner)
    shown = request.GET.get("show", "")
    context: dict[str, Any] = {"tabs": _tabs(ledger, shown), "today": today, "nothing": not ledger.entries, "shown": shown}
    if shown in ("withdrawn", "all"):
        return render(request, "evidence/list_entries.html", context | _entries(request, learner, ledger, shown))
    form = FilterForm(request.GET, offers=queries.offers(ledger))
    wanted = form.wanted()
    query = wanted.pop("q", "")
    found = queries.search(learner, query) if query else None
    artefacts = queries.standing(ledger, wanted, found)
    context |= {
        "filters": form,
        "filtered": bool(wanted or query),
        "page": queries.work_page(learner, ledger, artefacts, request.GET.get("page"), today),
        "stats": _stats(ledger),
        "drafts": [_draft_line(draft) for draft in queries.drafts_of(learner)],
        "open_requests": open_count(learner, today),
    }
    return render(request, "evidence/list_evidence.html", context)


def _draft_line(draft: Draft) -> dict[str, Any]:
    saved = form_pages.spoken_moment(draft.saved_at)
    return {"title": drafts.title_of(draft.fields), "url": drafts.address_of(draft.key), "saved": saved}


def _tabs(ledger: Ledger, shown: str) -> list[Tab]:
    counts = {"": len(ledger.artefacts), "withdrawn": len(queries.no_longer_standing(ledger)), "all": len(ledger.entries)}
    address = reverse("evidence:list-evidence")
    return [
        Tab(label, f"{address}?show={name}" if name else address, name == shown, counts[name]) for name, label in SHOWN.items()
    ]


def _stats(ledger: Ledger) -> list[Stat]:
    counts = {tier: sum(1 for a in ledger.artefacts if a.tier is tier) for tier in Tier}
    tiers = [tier for tier in sorted(Tier, reverse=True) if tier is not Tier.E0 or counts[tier]]
    return [Stat(counts[tier], label=TIER_LABELS[tier], note=TIER_NOTES[tier]) for tier in tiers]


def _entries(request: HttpRequest, learner: Learner, ledger: Ledger, shown: str) -> dict[str, Any]:
    numbers = queries.no_longer_standing(ledger) if shown == "withdrawn" else [e.id for e in reversed(ledger.entries)]
    page = queries.ledger_page(learner, ledger, numbers, request.GET.get("page"))
    return {"page": page}


@require_safe
def show_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Everything about one entry."""
    learner = learner_of(request)
    entry = form_pages.entry_or_404(learner, number)
    story = tell(learner, queries.ledger_of(learner), entry, clock.today())
    template = "evidence/show_entry.html" if entry.sort == Sort.ARTEFACT else "evidence/show_record.html"
    return render(request, template, {"story": story, "entry": entry, "today": clock.today()})


@require_safe
def download_file(request: HttpRequest, number: int, attachment_id: int) -> HttpResponseBase:
    """A file of an entry, always to be kept, never to be opened within Segue: nobody knows what is in it."""
    entry = form_pages.entry_or_404(learner_of(request), number)
    attachment = get_object_or_404(entry.attachments, pk=attachment_id)
    try:
        content = path_of(attachment.sha256).open("rb")
    except OSError as error:
        raise UserError(
            f"“{attachment.name}” is no longer in the data folder: {error.strerror}.", "Restore a backup to get it back."
        ) from error
    media_type = safe_media_type(attachment.media_type)
    response = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=media_type)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Taking an entry back: why, and what it changes."""
    learner = learner_of(request)
    entry, ledger = form_pages.entry_or_404(learner, number), queries.ledger_of(learner)
    if entry.sort == Sort.WITHDRAWAL or number in ledger.withdrawn:
        raise Http404
    thread = [n for n in thread_of(ledger.entries, number) if n not in ledger.withdrawn]
    versions = thread if entry.sort == Sort.ARTEFACT else [number]
    form = WithdrawForm(request.POST or None, versions=len(versions))
    if request.method == "POST" and form.is_valid():
        return _withdrawn(request, learner, entry, versions, form)
    today = clock.today()
    context = {
        "entry": entry,
        "form": form,
        "sort": SORT_WORDS[Sort(entry.sort)],
        "name": _name(entry),
        "one": consequences(ledger, [number], today),
        "all": consequences(ledger, versions, today) if len(versions) > 1 else (),
    }
    return render(request, "evidence/withdraw_entry.html", context, status=422 if request.method == "POST" else 200)


def _name(entry: Entry) -> str:
    said = f"{SORT_WORDS[Sort(entry.sort)]} by {entry.reviewer_name}" if entry.reviewer_name else ""
    return entry.title or said or f"Entry {entry.number}"


def _withdrawn(request: HttpRequest, learner: Learner, entry: Entry, versions: list[int], form: WithdrawForm) -> HttpResponse:
    numbers = versions if form.cleaned_data.get("scope") == "all" else [entry.number]
    rows = queries.rows_by_number(learner, numbers)
    actions.withdraw_versions([rows[n] for n in numbers], clock.today(), form.cleaned_data["reason"])
    mend = " If that was a mistake, record it again as a new version." if entry.sort == Sort.ARTEFACT else ""
    say(request, f"Withdrawn, and kept in the ledger with the reason.{mend}")
    subject = entry.subject if entry.subject is not None else entry
    return redirect("evidence:show-entry", subject.number)


@require_POST
def undo_entry(request: HttpRequest, number: int) -> HttpResponse:
    """Takes back minutes or a note just logged. It changes nothing else, so it needs no reason."""
    entry = form_pages.entry_or_404(learner_of(request), number)
    if entry.sort != Sort.TIME and entry.kind != vocabulary.LOG:
        raise Http404
    actions.withdraw(entry, clock.today(), "Undone.")
    say(request, "Taken back. It stays in the ledger as withdrawn.", kind="info")
    return redirect(form_pages.way_back(request, reverse("evidence:list-evidence")))
