"""The page that sets a spec for AI beside an ordinary one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import planned_or_404
from segue.work.deepen.comparison import SORT, differences, told_twice
from segue.work.deepen.views.trail import trail


@require_safe
def compare_spec(request: HttpRequest) -> HttpResponse:
    """What is different for AI, row by row, and one feature told twice."""
    planned_or_404(learner_of(request))
    context = {"rows": differences(), "told": told_twice(), "sort": SORT, "crumbs": trail(("What is different for AI", ""))}
    return render(request, "deepen/compare_spec.html", context)
