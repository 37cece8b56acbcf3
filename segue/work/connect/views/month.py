"""The top of month 4: whom to talk to next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from segue.accounts.queries import learner_of
from segue.schedule.queries import turn_of
from segue.shared import clock
from segue.work.connect.queries.month import connect_page
from segue.work.workbench.queries import months


@require_safe
def show_connect(request: HttpRequest) -> HttpResponse:
    """Month 4: whom to talk to next?"""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None:
        return redirect("start:begin")
    context = {"name": "Connect", "months": months(turn, "connect"), "page": connect_page(learner, turn, clock.now())}
    return render(request, "connect/show_connect.html", {**context, "here": request.path})
