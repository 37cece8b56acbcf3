"""The page of the learning log of month 3."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.evidence.drafts import address_of
from segue.schedule.queries import turn_or_404
from segue.work.build import logbook
from segue.work.build.actions.logbook import begin_log as begin
from segue.work.build.queries.logbook import log_rows
from segue.work.build.views.trail import trail


@require_safe
def show_log(request: HttpRequest) -> HttpResponse:
    """The checkpoints in order, with what was written at each."""
    learner = learner_of(request)
    rows = log_rows(learner, turn_or_404(learner))
    context = {"rows": rows, "prompts": logbook.PROMPTS, "crumbs": trail(("Learning log", ""))}
    return render(request, "build/show_log.html", context)


@require_POST
def begin_log(request: HttpRequest, point_id: str) -> HttpResponse:
    """Begins the text of a checkpoint, or goes on with it."""
    learner = learner_of(request)
    turn_or_404(learner)
    point = logbook.point_named(point_id)
    if point is None:
        raise Http404
    return redirect(address_of(begin(learner, point)))
