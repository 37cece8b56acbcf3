"""Asks that were sent become evidence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.standing import too_short
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.work.connect.actions.ask_recording import record_asks as record
from segue.work.connect.asking_forms import RecordForm
from segue.work.connect.queries.ask_evidence import Offer, offer_of
from segue.work.connect.views.asking import ask_trail


@require_http_methods(["GET", "HEAD", "POST"])
def record_asks(request: HttpRequest) -> HttpResponse:
    """Which asks go into the ledger, and for which activity?"""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    wanted = request.POST.get("activity") or request.GET.get("activity", "")
    offer = offer_of(turn, learner, clock.today(), wanted, request.GET.get("ask", ""))
    form = _form(request, offer)
    if form.is_valid():
        try:
            entry = record(learner, form.cleaned_data["activity"], form.cleaned_data["asks"])
        except UserError as error:
            form.add_error(None, str(error))
        else:
            say(request, f"Recorded as entry {entry.number}, with roles in the place of names.{too_short(entry)}")
            return redirect("evidence:show-entry", entry.number)
    context = {"offer": offer, "form": form, "today": clock.today(), "crumbs": ask_trail(("Into the ledger", ""))}
    return render(request, "connect/record_asks.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, offer: Offer) -> RecordForm:
    asks = [(row.ask.key, f"{row.ask.person.name}: {row.title}") for row in offer.rows]
    sent = (key for key in request.POST.getlist("asks")[:100] if key.isascii() and key.isalnum())
    offered = [*asks, *((key, key) for key in sent if key not in dict(asks))]  # one recorded since is told by the action
    first = {"activity": offer.activity.id, "asks": list(offer.chosen)}
    return RecordForm(request.POST or None, activities=offer.activities, asks=offered, initial=first)
