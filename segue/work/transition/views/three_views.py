"""The page of the three views: what I think, what the evidence shows, what reviewers said."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.wording import counted
from segue.evidence.models import Confidentiality
from segue.evidence.standing import too_short
from segue.schedule.queries import turn_or_404
from segue.shared.notices import say
from segue.work.transition.actions import three_views as actions
from segue.work.transition.closing_forms import RatingForm, RecordForm, ViewsForm
from segue.work.transition.queries.three_views import closing_of, views_page
from segue.work.transition.views.trail import trail

OTHER = "Another window has changed this meanwhile. What you typed is here; sent again, it replaces the other."


def _page(request: HttpRequest, form: ViewsForm | None = None, rating: RatingForm | None = None) -> HttpResponse:
    learner = learner_of(request)
    turn = turn_or_404(learner)
    page = views_page(learner, turn, closing_of(learner))
    rows = page.views.rows
    form = form or ViewsForm(rows=rows, initial={"holds": page.views.holds})
    rating = rating or RatingForm(rows=rows)
    kept = page.entry.confidentiality if page.entry else Confidentiality.REDACTED
    context = {
        "page": page,
        "shown": [(each, form.fields_of(each.row.competency.id)) for each in page.rows],
        "form": form,
        "rating": rating,
        "record": RecordForm(initial={"confidentiality": kept}),
        "gates": turn.readiness.gates,
        "crumbs": trail(("Three views", "")),
    }
    return render(request, "transition/show_views.html", context, status=422 if form.errors or rating.errors else 200)


@require_safe
def show_views(request: HttpRequest) -> HttpResponse:
    """Three views of each competency side by side."""
    return _page(request)


@require_POST
def rate_self(request: HttpRequest) -> HttpResponse:
    """Records where one sees oneself, as far as it has changed."""
    learner = learner_of(request)
    page = views_page(learner, turn_or_404(learner), closing_of(learner))
    form = RatingForm(request.POST, rows=page.views.rows)
    if not form.is_valid():
        return _page(request, rating=form)
    count = actions.rate(learner, form.levels())
    say(request, f"{counted(count, 'rating')} recorded." if count else "Nothing has changed.", "good" if count else "info")
    return redirect("transition:show-views")


@require_POST
def save_views(request: HttpRequest) -> HttpResponse:
    """Keeps who is probably right, and the gap that holds most."""
    learner = learner_of(request)
    page = views_page(learner, turn_or_404(learner), closing_of(learner))
    form = ViewsForm(request.POST, rows=page.views.rows)
    if form.is_valid():
        holds = form.cleaned_data["holds"]
        holds = "" if holds == page.suggested else holds
        if actions.keep_views(learner, form.right(), holds, request.POST.get("seen", "")):
            say(request, "Kept.")
            return redirect("transition:show-views")
        form.add_error(None, OTHER)
    return _page(request, form)


@require_POST
def record_report(request: HttpRequest) -> HttpResponse:
    """Records the views of today as a readiness report, which can be sent to a mentor."""
    learner = learner_of(request)
    entry = actions.record_report(learner, turn_or_404(learner), request.POST.get("confidentiality", ""))
    more = "" if entry.confidentiality == Confidentiality.PRIVATE else " Ask a mentor to look at it."
    say(request, f"The report is in the ledger as entry {entry.number}.{too_short(entry)}{more}")
    return redirect("evidence:show-entry", entry.number)
