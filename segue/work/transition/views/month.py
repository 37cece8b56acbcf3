"""The top of month 6."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import turn_of
from segue.work.transition.queries.month import month_page
from segue.work.workbench.queries import months


@require_safe
def show_transition(request: HttpRequest) -> HttpResponse:
    """Month 6: can I show it?"""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None:
        return redirect("start:begin")
    context = {"name": "Transition", "months": months(turn, "transition"), "page": month_page(learner, turn)}
    return render(request, "transition/show_transition.html", context)
