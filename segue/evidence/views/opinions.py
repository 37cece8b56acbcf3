"""What others say of a piece of work: reviews and confirmations."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.core.evidence import Sort
from segue.evidence import actions, drafts, queries, vocabulary
from segue.evidence.criteria import criteria_for, open_activities
from segue.evidence.models import Entry
from segue.evidence.opinions import OpinionForm
from segue.evidence.trust import artefact_of, tier_in_short
from segue.evidence.uploads import refused_files
from segue.evidence.views import form_pages
from segue.shared.notices import say
from segue.shared.templatetags.segue import tier_words


@require_http_methods(["GET", "HEAD", "POST"])
def record_review(request: HttpRequest, number: int) -> HttpResponse:
    """What did they find?"""
    return _opinion(request, number, confirms=False)


@require_http_methods(["GET", "HEAD", "POST"])
def record_confirmation(request: HttpRequest, number: int) -> HttpResponse:
    """What changed outside?"""
    return _opinion(request, number, confirms=True)


def _opinion(request: HttpRequest, number: int, *, confirms: bool) -> HttpResponse:
    learner = learner_of(request)
    entry, ledger = form_pages.entry_or_404(learner, number), queries.ledger_of(learner)
    if entry.sort != Sort.ARTEFACT:
        raise Http404
    artefact = artefact_of(ledger, number)
    if artefact is None or number in ledger.withdrawn:
        raise UserError("This version was withdrawn, so words about it would count for nothing.", "Record the work again first.")
    key = f"{'confirm' if confirms else 'review'}:{number}"
    activities = open_activities(ledger, artefact)
    criteria = () if confirms else criteria_for(artefact, number)
    options: dict[str, Any] = {"learner": learner, "criteria": criteria, "activities": activities, "confirms": confirms}
    context, status = form_pages.draft_context(request, learner, key), 200
    first = {"activity_id": activities[1][0]} if len(activities) > 1 else {}
    form = OpinionForm(initial=form_pages.initial_from(context["draft"].fields) if context["draft"] else first, **options)
    if request.method == "POST":
        written = drafts.written_in(request, key)
        form = OpinionForm(request.POST, request.FILES, refused=refused_files(request), **options)
        record = actions.record_confirmation if confirms else actions.record_review
        said = form_pages.attempt(form, lambda: record(entry, form.opinion(), written))
        if said is not None:
            return back_to_piece(request, entry, said)
        form_pages.keep_typed(learner, written)
        context, status = form_pages.draft_context(request, learner, key), 422
    context |= {"form": form, "entry": entry, "artefact": artefact, "kind": vocabulary.kind_of(entry.kind), "confirms": confirms}
    return form_pages.show_form(request, "evidence/record_opinion.html", context, status=status)


def back_to_piece(request: HttpRequest, entry: Entry, said: Entry) -> HttpResponse:
    """On to the piece that words were recorded about, with what they did to it."""
    ledger = queries.ledger_of(entry.learner)
    artefact = artefact_of(ledger, entry.number)
    if artefact is not None:
        tier = f"The piece stands at {artefact.tier.name}, {tier_words(artefact.tier)}: {tier_in_short(artefact)}."
        say(request, f"{said.reviewer_name}'s words are recorded. {tier}")
    return redirect(reverse("evidence:show-entry", args=[entry.number]))
