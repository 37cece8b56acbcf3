"""The top of month 5."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import turn_of
from segue.work.deepen.queries.month import deepen_page
from segue.work.workbench.queries import months


@require_safe
def show_deepen(request: HttpRequest) -> HttpResponse:
    """Month 5: would this survive legal, an engineer, a user?"""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None:
        return redirect("start:begin")
    context = {"name": "Deepen", "months": months(turn, "deepen"), "page": deepen_page(learner, turn)}
    return render(request, "deepen/show_deepen.html", context)
