"""The pages of readiness."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.readiness import queries
from segue.schedule.queries import turn_of


@require_safe
def show_readiness(request: HttpRequest) -> HttpResponse:
    """How ready, and what binds?"""
    turn = turn_of(learner_of(request))
    if turn is None:
        return redirect("start:begin")
    return render(request, "readiness/readiness.html", {"turn": turn, "page": queries.overview(turn)})


@require_safe
def show_competency(request: HttpRequest, competency_id: str) -> HttpResponse:
    """One competency: each level line by line, what meets it, what lacks."""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None or competency_id not in turn.programme.competency_by_id:
        raise Http404
    result = turn.readiness.result(competency_id)
    context = {
        "result": result,
        "competency": result.competency,
        "levels": queries.competency_levels(turn, learner, competency_id),
        "level_name": queries.LEVELS[result.level],
        "crumbs": [("Readiness", reverse("readiness:show-readiness")), (result.competency.name, "")],
    }
    return render(request, "readiness/competency.html", context)
