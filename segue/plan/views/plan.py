"""Today, the plan, hours, decisions about single activities, the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.availability import Span
from segue.core.errors import UserError
from segue.core.loop import Turn, turn
from segue.courses.queries import programme_of
from segue.evidence.queries import core_entries
from segue.plan import figures, queries, replanning
from segue.plan.courses import too_much
from segue.plan.forms import DeferForm, HoursForm, PauseForm, PinForm, SkipForm, SplitForm, TimeOffFormSet, spans_of
from segue.plan.records import recorded_by_day
from segue.schedule import actions
from segue.schedule.models import ChoiceSort, Hours
from segue.schedule.queries import hours_of, inputs_of, planning_day, turn_of, turn_or_404
from segue.shared import clock
from segue.shared.addresses import own_address
from segue.shared.notices import offer_undo, say
from segue.work.build.queries.decisions import due_decisions
from segue.work.connect.queries.month import people_due
from segue.work.learn.queries.recall import session_of

PAUSE = timedelta(days=14)
CALENDAR_TYPE = "text/calendar; charset=utf-8"


@require_safe
def show_today(request: HttpRequest) -> HttpResponse:
    """What next?"""
    learner = learner_of(request)
    found = turn_of(learner)
    if found is None:
        return redirect("start:begin")
    context = {"page": queries.today_page(found, clock.today()), "recall": session_of(learner, found)}
    context |= {"due": due_decisions(learner, found.today), "people": people_due(learner, clock.now())}
    return render(request, "plan/today.html", context)


@require_safe
def show_plan(request: HttpRequest) -> HttpResponse:
    """When am I there?"""
    learner = learner_of(request)
    found, found_hours = turn_of(learner), hours_of(learner)
    if found is None or found_hours is None:
        return redirect("start:begin")
    context = {
        "turn": found,
        "phases": queries.timeline(found),
        "figure": figures.phases_figure(found),
        "pace": replanning.weekly_words(found.inputs.availability),
        "courses": too_much(found),
        "skipped": replanning.skipped(found),
        "slipped": replanning.slipped(found),
        "feed_url": request.build_absolute_uri(reverse("plan:serve-feed", args=[found_hours.feed_token])),
    }
    return render(request, "plan/plan.html", context)


@require_safe
def show_week(request: HttpRequest, monday: str) -> HttpResponse:
    """A calendar week, day by day, with what may be decided about each activity."""
    learner = learner_of(request)
    found = turn_or_404(learner)
    try:
        day = queries.monday_of(date.fromisoformat(monday))
    except ValueError as error:
        raise Http404 from error
    if not date(1999, 1, 1) < day < date(9000, 1, 1):
        raise Http404
    recorded = recorded_by_day(found, learner, day, day + timedelta(days=6))
    small: dict[str, object] = {"pin_form": PinForm(auto_id=False), "defer_form": DeferForm(auto_id=False)}
    small |= {"split_form": SplitForm(auto_id=False), "skip_form": SkipForm(auto_id=False)}
    return render(request, "plan/week.html", {"week": queries.week_page(found, day, recorded), "turn": found, **small})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_hours(request: HttpRequest) -> HttpResponse:
    """Hours and time off; a preview says when one would be there before anything is kept."""
    learner = learner_of(request)
    hours = hours_of(learner)
    if hours is None:
        return redirect("start:begin")
    initial_off = [{"first": t.first, "last": t.last, "reason": t.reason} for t in learner.time_off.all()]
    form = HoursForm(request.POST or None, initial=HoursForm.initial_of(hours))
    off = TimeOffFormSet(request.POST or None, initial=initial_off, prefix="off")
    preview = None
    if request.method == "POST" and form.is_valid() and off.is_valid():
        if "preview" not in request.POST:
            _keep_hours(learner, form, spans_of(off))
            say(request, "Your hours are kept, and the plan follows them.")
            return redirect("plan:show-plan")
        availability = form.availability(tuple(s for s, _ in spans_of(off)))
        programme = programme_of(learner)
        inputs = replace(inputs_of(learner, hours, programme), availability=availability, agreed_on=clock.today())
        preview = turn(programme, core_entries(learner), inputs, planning_day(learner)).plan
    context: dict[str, object] = {"form": form, "off": off, "preview": preview, "paces": replanning.paces(turn_or_404(learner))}
    if preview and preview.ends_on:
        context["preview_words"] = replanning.end_words(preview.ends_on)
    refused = request.method == "POST" and not (form.is_valid() and off.is_valid())
    return render(request, "plan/hours.html", context, status=422 if refused else 200)


def _keep_hours(learner: Learner, form: HoursForm, spans: tuple[tuple[Span, str], ...]) -> None:
    data = form.cleaned_data
    actions.set_hours(
        learner,
        starts_on=data["starts_on"],
        weekday_minutes=form.weekday_minutes(),
        session_at=data["session_at"],
        time_off=spans,
    )


@require_safe
def offer_ways(request: HttpRequest) -> HttpResponse:
    """Three ways on after weeks that went otherwise, each with its end before it is chosen."""
    found = turn_or_404(learner_of(request))
    back_on = found.today + PAUSE
    form = PauseForm(request.GET) if "back_on" in request.GET else PauseForm(initial={"back_on": back_on})
    if form.is_valid():
        back_on = form.cleaned_data["back_on"]
    context = {"turn": found, "ways": replanning.ways_on(found, back_on), "form": form, "back_on": back_on}
    return render(request, "plan/replan.html", context, status=422 if form.errors else 200)


@require_POST
def take_way(request: HttpRequest, way: str) -> HttpResponse:
    """Shift, trim or pause."""
    learner = learner_of(request)
    found = turn_or_404(learner)
    if way == "shift":
        actions.agree(learner)
    elif way == "trim":
        actions.trim(learner, replanning.droppable(found))
    elif way == "pause":
        form = PauseForm(request.POST)
        if not form.is_valid():
            raise UserError("The pause has no day to come back on.", _words(form))
        actions.pause(learner, Span(found.today, form.cleaned_data["back_on"] - timedelta(days=1)))
    else:
        raise Http404
    say(request, "Agreed. The plan below is the one that counts from today.")
    return redirect("plan:show-plan")


CHOICE_FORMS = {
    ChoiceSort.PIN: PinForm,
    ChoiceSort.DEFER: DeferForm,
    ChoiceSort.SPLIT: SplitForm,
    ChoiceSort.SKIP: SkipForm,
}
CHOICE_WORDS = {
    ChoiceSort.PIN: "is pinned",
    ChoiceSort.DEFER: "is put off",
    ChoiceSort.SPLIT: "is split",
    ChoiceSort.SKIP: "is left out",
}


@require_POST
def make_choice(request: HttpRequest, sort: str, activity_id: str) -> HttpResponse:
    """Pin, put off, split or leave out one activity; each can be undone."""
    learner = learner_of(request)
    found = turn_or_404(learner)
    chosen = _sort_or_404(sort)
    if activity_id not in found.activities or chosen not in CHOICE_FORMS:
        raise Http404
    form = CHOICE_FORMS[chosen](request.POST)
    title = found.activities[activity_id].title
    if not form.is_valid():
        problems = _words(form)
        raise UserError(f"“{title}” stays as it is: the choice is not complete.", problems)
    actions.choose(learner, chosen, activity_id, **form.cleaned_data)
    undo = reverse("plan:undo-choice", args=[sort, activity_id])
    offer_undo(request, f"“{title}” {CHOICE_WORDS[chosen]}. The plan has moved around it.", undo)
    return redirect(_back(request))


@require_POST
def undo_choice(request: HttpRequest, sort: str, activity_id: str) -> HttpResponse:
    """Takes a choice back."""
    actions.undo_choice(learner_of(request), _sort_or_404(sort), activity_id)
    say(request, "Taken back.")
    return redirect(_back(request))


def _words(form: forms.Form) -> str:
    """What is wrong with a small form, in one line."""
    return " ".join(str(problem) for problems in form.errors.values() for problem in problems)


def _sort_or_404(sort: str) -> ChoiceSort:
    try:
        return ChoiceSort(sort)
    except ValueError as error:
        raise Http404 from error


def _back(request: HttpRequest) -> str:
    return own_address(request, request.POST.get("next", "")) or reverse("plan:show-plan")


def _calendar(hours: Hours, found: Turn) -> HttpResponse:
    from segue.plan.calendar import build_calendar  # icalendar takes a while to import, and few visits need it

    response = HttpResponse(build_calendar(found, hours.session_at, clock.now()), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = 'attachment; filename="segue.ics"'
    add_never_cache_headers(response)
    return response


@require_safe
def export_calendar(request: HttpRequest) -> HttpResponse:
    """The plan as a file for a calendar program."""
    learner = learner_of(request)
    found, hours = turn_or_404(learner), hours_of(learner)
    assert hours is not None  # a turn needs hours
    return _calendar(hours, found)


@require_safe
def serve_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a calendar program that subscribes: the address is the secret."""
    hours = get_object_or_404(Hours.objects.select_related("learner__user"), feed_token=token)
    return _calendar(hours, turn_or_404(hours.learner))


@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    """A new address for the feed; the old one is dead."""
    actions.renew_feed(learner_of(request))
    say(request, "The feed has a new address. Calendars that used the old one get nothing from now on.")
    return redirect("plan:show-plan")
