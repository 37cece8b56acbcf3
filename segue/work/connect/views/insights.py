"""Insights: what was learnt from people, and what was passed on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.curriculum import current
from segue.schedule.queries import turn_or_404
from segue.shared import clock
from segue.shared.addresses import own_address
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import insights as actions
from segue.work.connect.models import About, Direction, Insight, Meeting, Person
from segue.work.connect.queries import insights as queries
from segue.work.connect.talk_forms import InsightForm, initial_of_insight
from segue.work.connect.views.choosing import choose_person
from segue.work.connect.views.finding import meeting_or_404, person_or_404
from segue.work.connect.views.trail import trail

FILTERS = ("q", "about", "role", "concept", "direction", "project")
REMOVED = "removed_insight"  # in the session: what the undo brings back


def _trail(here: str) -> list[tuple[str, str]]:
    return trail(("Insights", reverse("connect:list-insights")), (here, ""))


@require_safe
def list_insights(request: HttpRequest) -> HttpResponse:
    """What did I learn from people, and what could I pass on?"""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    wanted = {name: value for name in FILTERS if (value := request.GET.get(name, "").strip()[:200])}
    found = queries.insights_page(turn, learner, wanted, request.GET.get("page"))
    context = {"found": found, "wanted": wanted, "filtered": bool(set(wanted) - {"q"}), "crumbs": trail(("Insights", ""))}
    return render(request, "connect/list_insights.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_insight(request: HttpRequest) -> HttpResponse:
    """Keeps an insight of a talk or of a person, or passes one on."""
    learner = learner_of(request)
    turn_or_404(learner)
    meeting = meeting_or_404(learner, key) if (key := request.GET.get("meeting", "")) else None
    passed = queries.insight_of(learner, key) if (key := request.GET.get("pass", "")) else None
    person = meeting.person if meeting else _person(request, learner)
    if person is None:
        return choose_person(request, learner, "Pass it on to whom?" if passed else "Who told you?", _trail("New"))
    form = InsightForm(request.POST or None, initial=_first(meeting, passed))
    if form.is_valid():
        row = actions.add_insight(person, {**form.told(), "meeting": meeting})
        given = f" It counts as something that you gave {person.name}." if row.direction == Direction.GIVEN else ""
        say(request, f"Kept.{given}" + (" And the next one?" if "more" in request.POST else ""))
        return redirect(_after(request, row))
    return _form(request, form, person, meeting, None)


def _person(request: HttpRequest, learner: Learner) -> Person | None:
    key = request.GET.get("person", "")
    return person_or_404(learner, key) if key else None


def _first(meeting: Meeting | None, passed: Insight | None) -> dict[str, Any]:
    """What the form begins with."""
    if passed is not None:
        return initial_of_insight(passed) | {"direction": Direction.GIVEN, "on": clock.today(), "for_project": False}
    on = meeting.held_on if meeting and meeting.held_on else clock.today()
    return {"direction": Direction.RECEIVED, "about": About.WORKFLOW, "on": on}


def _after(request: HttpRequest, row: Insight) -> str:
    if "more" in request.POST:
        return request.get_full_path()
    return _meeting_url(row.meeting) or own_address(request, request.POST.get("next", "")) or reverse("connect:list-insights")


def _meeting_url(meeting: Meeting | None) -> str:
    return f"{reverse('connect:show-meeting', args=[meeting.key])}#learnt" if meeting else ""


def _form(
    request: HttpRequest, form: InsightForm, person: Person, meeting: Meeting | None, insight: Insight | None
) -> HttpResponse:
    names = sorted((concept.name for concept in current().concepts), key=str.casefold)
    said = meeting.insights.order_by("id") if meeting and insight is None else ()
    context = {"form": form, "person": person, "meeting": meeting, "insight": insight, "names": names, "said": said}
    context |= {"back": _meeting_url(meeting) or reverse("connect:list-insights")}
    context["crumbs"] = _trail("Change" if insight else "New")
    return render(request, "connect/edit_insight.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change_insight(request: HttpRequest, key: str) -> HttpResponse:
    """Says an insight anew."""
    insight = queries.insight_of(learner_of(request), key)
    form = InsightForm(request.POST or None, initial=initial_of_insight(insight))
    if form.is_valid():
        row = actions.change_insight(insight, form.told())
        say(request, "The insight is changed.")
        return redirect(_after(request, row))
    return _form(request, form, insight.person, insight.meeting, insight)


@require_POST
def drop_insight(request: HttpRequest, key: str) -> HttpResponse:
    """Drops an insight; the undo brings it back."""
    insight = queries.insight_of(learner_of(request), key)
    back = own_address(request, request.POST.get("next", "")) or reverse("connect:list-insights")
    request.session[REMOVED] = actions.drop_insight(insight)
    offer_undo(request, "The insight is dropped.", reverse("connect:restore-insight", args=[key]))
    return redirect(back)


@require_POST
def restore_insight(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the insight that was dropped last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    row = actions.restore_insight(learner, kept) if kept.get("key") == key else None
    if row is None:
        say(request, "Nothing is left to bring back: another insight was dropped since, or the person is gone.", kind="care")
        return redirect("connect:list-insights")
    del request.session[REMOVED]
    say(request, "The insight is back.", kind="info")
    return redirect(_meeting_url(row.meeting) or reverse("connect:list-insights"))


@require_POST
def record_insight(request: HttpRequest, key: str) -> HttpResponse:
    """Records an insight that was passed on as evidence."""
    entry = actions.record_insight(queries.insight_of(learner_of(request), key))
    say(request, f"The insight is in the ledger as entry {entry.number}.")
    return redirect("connect:list-insights")
