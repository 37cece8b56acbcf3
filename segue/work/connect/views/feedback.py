"""What people criticised in the project, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.models import Learner
from segue.accounts.queries import learner_of
from segue.core.errors import UserError
from segue.evidence.standing import too_short
from segue.shared import clock
from segue.shared.notices import offer_undo, say
from segue.work.connect.actions import feedback as actions
from segue.work.connect.feedback_forms import AnswerForm, LogForm, PointForm, initial_of
from segue.work.connect.models import FeedbackPoint, Meeting
from segue.work.connect.queries import feedback as queries
from segue.work.connect.queries.runs import run_choices, run_links, run_score
from segue.work.connect.views.finding import meeting_or_404, person_or_404
from segue.work.connect.views.trail import trail

REMOVED = "removed_point"  # in the session: what the undo brings back


def _trail(here: str) -> list[tuple[str, str]]:
    return trail(("Feedback", reverse("connect:list-points")), (here, ""))


@require_safe
def list_points(request: HttpRequest) -> HttpResponse:
    """What did they say, and what came of it?"""
    learner = learner_of(request)
    return _list(request, learner, None)


def _list(request: HttpRequest, learner: Learner, form: LogForm | None) -> HttpResponse:
    page = queries.feedback_page(learner, request.GET.get("page"))
    context = {"page": page, "form": form or LogForm(initial={"data_kind": page.data}), "crumbs": trail(("Feedback", ""))}
    return render(request, "connect/list_points.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_point(request: HttpRequest) -> HttpResponse:
    """A point of criticism, as said; several in a row after a talk."""
    learner = learner_of(request)
    meeting = meeting_or_404(learner, key) if (key := request.GET.get("meeting", "")) else None
    person = meeting.person if meeting else person_or_404(learner, key) if (key := request.GET.get("person", "")) else None
    first = {"person": person.key if person else "", "on": meeting.held_on or clock.today() if meeting else clock.today()}
    people = queries.offered_people(learner, person)
    form = PointForm(request.POST or None, people=people, initial=first)
    if form.is_valid():
        point = actions.add_point(learner, {**_told(learner, form), "meeting": meeting})
        say(request, "Added." if "more" not in request.POST else "Added. And the next one?")
        return redirect(_next(request, point, meeting))
    said = [p for p in queries.points_of(learner) if p.on == clock.today()][-10:] if not meeting else [*meeting.points.all()]
    context = {"form": form, "meeting": meeting, "said": said, "crumbs": _trail("New")}
    return render(request, "connect/edit_point.html", context, status=422 if form.errors else 200)


def _told(learner: Learner, form: PointForm) -> dict[str, Any]:
    """The columns of the point."""
    given = form.cleaned_data
    person = learner.people.filter(key=given["person"]).first() if given["person"] else None
    return {"text": given["text"], "role": given["role"], "on": given["on"], "person": person}


def _next(request: HttpRequest, point: FeedbackPoint, meeting: Meeting | None) -> str:
    if "more" not in request.POST:
        return reverse("connect:list-points")
    same = {"meeting": meeting.key} if meeting else {"person": point.person.key} if point.person else {}
    return f"{reverse('connect:add-point')}?{urlencode(same)}"


@require_http_methods(["GET", "HEAD", "POST"])
def change_point(request: HttpRequest, key: str) -> HttpResponse:
    """Says a point anew."""
    learner = learner_of(request)
    point = queries.point_of(learner, key)
    people = queries.offered_people(learner, point.person)
    form = PointForm(request.POST or None, people=people, initial=initial_of(point))
    if form.is_valid():
        actions.change_point(point, _told(learner, form))
        say(request, "The point is changed.")
        return redirect("connect:list-points")
    context = {"form": form, "point": point, "crumbs": _trail("Change")}
    return render(request, "connect/edit_point.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_point(request: HttpRequest, key: str) -> HttpResponse:
    """Accepted or declined, and why?"""
    learner = learner_of(request)
    point = queries.point_of(learner, key)
    runs = run_choices(learner)
    if point.run and point.run not in dict(runs):
        runs.append((point.run, run_links(learner, [point.run])[point.run].words))
    first = {name: getattr(point, name) for name in actions.ANSWER}
    form = AnswerForm(request.POST or None, runs=runs, initial=first)
    if form.is_valid():
        actions.answer_point(point, form.cleaned_data)
        say(request, "Answered." + (" Tell them what came of it." if point.person else ""))
        return redirect("connect:list-points")
    score = run_score(learner, point.run) if point.run else None
    context = {"form": form, "point": point, "who": queries.who_said(point), "score": score, "crumbs": _trail("Answer")}
    return render(request, "connect/answer_point.html", context, status=422 if form.errors else 200)


@require_POST
def remove_point(request: HttpRequest, key: str) -> HttpResponse:
    """Removes a point that was noted by mistake; the undo brings it back."""
    request.session[REMOVED] = actions.remove_point(queries.point_of(learner_of(request), key))
    offer_undo(request, "The point is removed.", reverse("connect:restore-point", args=[key]))
    return redirect("connect:list-points")


@require_POST
def restore_point(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the point that was removed last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    if kept.get("key") == key:
        del request.session[REMOVED]
        actions.restore_point(learner, kept)
        say(request, "The point is back.", kind="info")
    else:
        say(request, "There is nothing left to bring back: another point was removed since.", kind="care")
    return redirect("connect:list-points")


@require_POST
def tell_person(request: HttpRequest, key: str) -> HttpResponse:
    """Notes that somebody knows what came of what they said."""
    person = person_or_404(learner_of(request), key)
    if actions.tell_person(person):
        undo = reverse("connect:untell-person", args=[key])
        offer_undo(request, f"{person.name} knows what came of it. It counts as a contact of today.", undo)
    return redirect("connect:list-points")


@require_POST
def untell_person(request: HttpRequest, key: str) -> HttpResponse:
    """Takes back that somebody was told today."""
    actions.untell_person(person_or_404(learner_of(request), key))
    say(request, "Taken back.", kind="info")
    return redirect("connect:list-points")


@require_POST
def record_points(request: HttpRequest) -> HttpResponse:
    """Records the log of all points as evidence."""
    learner = learner_of(request)
    form = LogForm(request.POST)
    if form.is_valid():
        try:
            entry = actions.record_log(learner, form.cleaned_data["data_kind"])
        except UserError as error:
            form.add_error(None, str(error))
        else:
            say(request, f"The log is in the ledger as entry {entry.number}.{too_short(entry)}")
            return redirect("evidence:show-entry", entry.number)
    return _list(request, learner, form)
