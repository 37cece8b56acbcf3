"""A gap of an ad becomes a task of the plan, or is left with a reason. It never becomes a word in a résumé."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from segue.accounts.queries import learner_of
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.schedule.queries import turn_or_404
from segue.shared.notices import say
from segue.work.transition.actions import ads as actions
from segue.work.transition.ad_forms import LeaveForm, PlanForm
from segue.work.transition.models import JobAd
from segue.work.transition.queries import ads as queries
from segue.work.transition.terms import Term
from segue.work.transition.views.ads import ad_trail

AHEAD = 30  # days, where the plan has none of its own


@require_http_methods(["GET", "HEAD", "POST"])
def plan_gap(request: HttpRequest, key: str, term: str) -> HttpResponse:
    """Plans what would close a gap, takes a skipped activity up again, or leaves the gap with a reason."""
    learner = learner_of(request)
    turn, row = turn_or_404(learner), queries.ad_or_404(learner, key)
    asked = queries.asked_term_or_404(row, term)
    do = request.POST.get("do", "plan") if request.method == "POST" else ""
    plan, leave = _plan_form(request, turn, asked, do), LeaveForm(request.POST if do == "leave" else None)
    if do == "unskip":
        return _unskip(request, turn, row, asked)
    if do == "leave" and leave.is_valid():
        actions.leave_term(learner, asked, leave.cleaned_data["reason"])
        say(request, f"Left open, with your reason: {asked.name}.")
        return redirect("transition:show-ad", row.key)
    if plan.is_bound and plan.is_valid():
        task = actions.plan_term(learner, asked, plan.cleaned_data)
        say(request, f"Planned by {written_date(task.due_on)}. It is in your gap plan.")
        return redirect("transition:show-ad", row.key)
    return _page(request, turn, row, asked, plan, leave)


def _plan_form(request: HttpRequest, turn: Turn, term: Term, do: str) -> PlanForm:
    ways = queries.ways_for(turn, term)
    activities = [(way.activity.id, f"Week {way.activity.week}: {way.activity.title}") for way in ways]
    best = next((way for way in ways if not way.skipped), None)
    first = {
        "what": queries.suggested(term),
        "hours": max(Decimal("0.5"), Decimal(round(best.hours * 2)) / 2) if best else None,
        "due_on": max((best.on if best and best.on else turn.today + timedelta(days=AHEAD)), turn.today),
        "activity_id": best.activity.id if best else "",
    }
    return PlanForm(request.POST if do == "plan" else None, initial=first, activities=activities)


def _unskip(request: HttpRequest, turn: Turn, row: JobAd, term: Term) -> HttpResponse:
    wanted = request.POST.get("activity", "")
    way = next((way for way in queries.ways_for(turn, term) if way.skipped and way.activity.id == wanted), None)
    if way is None:
        say(request, "It is in the plan already.", "info")
    else:
        actions.unskip(learner_of(request), way.activity.id)
        say(request, f"“{way.activity.title}” is in the plan again.")
    return redirect("transition:plan-gap", row.key, term.id)


def _page(request: HttpRequest, turn: Turn, row: JobAd, term: Term, plan: PlanForm, leave: LeaveForm) -> HttpResponse:
    rows = queries.ad_page(learner_of(request), row)
    shown = next(each for each in (*rows.supported, *rows.claimed, *rows.gaps, *rows.classic) if each.term.id == term.id)
    context = {
        "row": row,
        "shown": shown,
        "ways": queries.ways_for(turn, term),
        "plan": plan,
        "leave": leave,
        "crumbs": ad_trail(row, (term.name, "")),
    }
    return render(request, "transition/plan_gap.html", context, status=422 if plan.errors or leave.errors else 200)
