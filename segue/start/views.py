"""The first hour, step by step. Each step keeps what was said, so that one may stop after any of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from segue.accounts.actions import describe_learner
from segue.accounts.queries import learner_of
from segue.curriculum import current
from segue.evidence.queries import ledger_of
from segue.plan.forms import HoursForm, TimeOffFormSet, spans_of
from segue.schedule.actions import set_hours
from segue.schedule.queries import hours_of, turn_of
from segue.shared.notices import say
from segue.start import actions, queries
from segue.start.forms import AboutForm, PartForm, StrengthsForm, TargetForm

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_AND_POST)
def begin(request: HttpRequest) -> HttpResponse:
    """When do you want to work on it?"""
    learner = learner_of(request)
    hours = hours_of(learner)
    about = AboutForm(request.POST or None, initial={"name": learner.name, "why": learner.why})
    form = HoursForm(request.POST or None, initial=HoursForm.initial_of(hours))
    rows = [{"first": t.first, "last": t.last, "reason": t.reason} for t in learner.time_off.all()]
    off = TimeOffFormSet(request.POST or None, initial=rows, prefix="off")
    valid = [about.is_valid(), form.is_valid(), off.is_valid()] if request.method == "POST" else [False]
    if all(valid):
        data = about.cleaned_data
        describe_learner(learner, name=data["name"], role_target=learner.role_target, why=data["why"])
        set_hours(
            learner,
            starts_on=form.cleaned_data["starts_on"],
            weekday_minutes=form.weekday_minutes(),
            session_at=form.cleaned_data["session_at"],
            time_off=spans_of(off),
        )
        return redirect("start:choose-target")
    context = {"about": about, "form": form, "off": off, "steps": queries.steps("begin", learner, has_hours=hours is not None)}
    return render(request, "start/begin.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(GET_AND_POST)
def choose_target(request: HttpRequest) -> HttpResponse:
    """Which role do you aim at?"""
    learner = learner_of(request)
    if hours_of(learner) is None:
        return redirect("start:begin")
    programme = current().programme
    initial = {"role": learner.role_target or programme.roles[0].id}
    form = TargetForm(programme, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        describe_learner(learner, name=learner.name, role_target=form.cleaned_data["role"], why=learner.why)
        return redirect("start:rate-strengths")
    context = {"form": form, "steps": queries.steps("target", learner, has_hours=True)}
    return render(request, "start/target.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_AND_POST)
def rate_strengths(request: HttpRequest) -> HttpResponse:
    """What do you bring along?"""
    learner = learner_of(request)
    if hours_of(learner) is None:
        return redirect("start:begin")
    ratings = ledger_of(learner).self_ratings
    initial = {f"level_{c}": str(level) for c, level in ratings.items()} | {"note": queries.strengths_note_of(learner)}
    form = StrengthsForm(current().programme, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.rate_strengths(learner, form.ratings(), form.cleaned_data["note"])
        return redirect("start:begin-diagnostic")
    context = {"form": form, "steps": queries.steps("strengths", learner, has_hours=True)}
    return render(request, "start/strengths.html", context, status=422 if form.errors else 200)


@require_safe
def begin_diagnostic(request: HttpRequest) -> HttpResponse:
    """What do you know already?"""
    learner = learner_of(request)
    if hours_of(learner) is None:
        return redirect("start:begin")
    done = any(a.kind == actions.KIND for a in ledger_of(learner).artefacts)
    parts = queries.parts()
    context = {
        "parts": parts,
        "count": sum(len(p.items) for p in parts),
        "answered": 0 if done else len(queries.answers_of(learner)),
        "done": done,
        "steps": queries.steps("diagnostic", learner, has_hours=True),
    }
    return render(request, "start/diagnostic.html", context)


@require_http_methods(GET_AND_POST)
def answer_part(request: HttpRequest, number: int) -> HttpResponse:
    """One part of the diagnostic; after the last it is recorded."""
    learner = learner_of(request)
    parts = queries.parts()
    if hours_of(learner) is None or not 1 <= number <= len(parts):
        raise Http404
    part = parts[number - 1]
    form = PartForm(part.items, request.POST or None, initial=queries.answers_of(learner))
    if request.method == "POST" and form.is_valid():
        actions.keep_answers(learner, form.answers())
        if number < len(parts):
            return redirect("start:answer-part", number + 1)
        found = queries.outcome(queries.answers_of(learner))
        actions.record_diagnostic(learner, found)
        say(request, f"{found.right} of {found.count} right. What you know is shortened, not skipped.")
        return redirect("start:agree-plan")
    context = {"part": part, "form": form, "steps": queries.steps("diagnostic", learner, has_hours=True)}
    return render(request, "start/part.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_AND_POST)
def agree_plan(request: HttpRequest) -> HttpResponse:
    """Your plan, before it is agreed."""
    learner = learner_of(request)
    turn = turn_of(learner)
    if turn is None:
        return redirect("start:begin")
    if request.method == "POST":
        actions.agree_plan(learner, turn)
        say(request, "This is your plan. It moves when your weeks do.")
        return redirect("plan:show-today")
    context = {"plan": queries.first_plan(turn), "turn": turn, "steps": queries.steps("plan", learner, has_hours=True)}
    return render(request, "start/plan.html", context)
