"""The pages of the workbench."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import turn_of
from segue.work.workbench import queries

AREAS = {"learn": "Learn", "build": "Build", "connect": "Connect", "deepen": "Deepen", "transition": "Transition"}


@require_safe
def show_area(request: HttpRequest, area: str) -> HttpResponse:
    """A month (or two): what it is for, its common mistake, and what there is to do."""
    turn = turn_of(learner_of(request))
    if area not in AREAS:
        raise Http404
    if turn is None:
        return redirect("start:begin")
    return render(request, "workbench/area.html", {"name": AREAS[area], "months": queries.months(turn, area)})


@require_safe
def show_activity(request: HttpRequest, activity_id: str) -> HttpResponse:
    """An activity: why, how, what it leaves behind, when."""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None:
        raise Http404
    if activity_id not in turn.activities:
        return _moved(queries.instead_of(turn, activity_id))
    return render(request, "workbench/activity.html", {"page": queries.activity_page(turn, learner, activity_id)})


def _moved(url: str) -> HttpResponse:
    if not url:
        raise Http404
    return redirect(url)


@require_safe
def list_terms(request: HttpRequest) -> HttpResponse:
    """The glossary, with search."""
    search = request.GET.get("q", "").strip()[:100]
    return render(request, "workbench/terms.html", {"terms": queries.terms_like(search), "search": search})
