"""The page of the lineage."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import planned_or_404
from segue.work.deepen.queries.lineage import lineage_page
from segue.work.deepen.views.trail import trail


@require_safe
def show_lineage(request: HttpRequest) -> HttpResponse:
    """Where a model and a report come from, step by step, drawn and as a table."""
    learner = learner_of(request)
    planned_or_404(learner)
    page = lineage_page(learner, request.GET.get("run", ""))
    return render(request, "deepen/show_lineage.html", {"page": page, "crumbs": trail(("Lineage", ""))})
