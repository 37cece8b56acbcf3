"""What the market asks for, and the board of applications."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import planned_or_404, turn_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.work.transition.actions import applications as actions
from segue.work.transition.ad_forms import ApplicationForm
from segue.work.transition.queries import ads
from segue.work.transition.queries import applications as queries
from segue.work.transition.queries.market import market_page
from segue.work.transition.views.ads import ad_trail, ads_trail


@require_safe
def show_market(request: HttpRequest) -> HttpResponse:
    """What all saved ads ask for together, and which gap pays most."""
    learner = learner_of(request)
    page = market_page(learner, turn_or_404(learner))
    return render(request, "transition/show_market.html", {"page": page, "crumbs": ads_trail(("What they ask for", ""))})


@require_safe
def list_applications(request: HttpRequest) -> HttpResponse:
    """The board: where each application stands, and what is next."""
    learner = learner_of(request)
    planned_or_404(learner)
    context = {"page": queries.board_of(learner, clock.today()), "crumbs": ads_trail(("Applications", ""))}
    return render(request, "transition/list_applications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_application(request: HttpRequest, key: str) -> HttpResponse:
    """Notes where an application stands."""
    learner = learner_of(request)
    planned_or_404(learner)
    row = ads.ad_or_404(learner, key)
    kept = queries.application_of(row)
    first = {name: getattr(kept, name) for name in actions.COLUMNS} if kept else {"state": "thinking"}
    sent = request.POST if request.method == "POST" else None
    form = ApplicationForm(sent, initial=first, versions=queries.versions_of(learner))
    if form.is_bound and form.is_valid():
        actions.note_application(row, form.cleaned_data)
        say(request, "Noted.")
        return redirect("transition:list-applications")
    history = queries.history_of(kept) if kept else ()
    context = {"row": row, "form": form, "history": history, "crumbs": ad_trail(row, ("Application", ""))}
    return render(request, "transition/edit_application.html", context, status=422 if form.errors else 200)
