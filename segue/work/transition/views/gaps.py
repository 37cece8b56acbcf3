"""The pages of the gap plan."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.core.loop import Turn
from segue.core.wording import written_date
from segue.evidence.models import Confidentiality
from segue.evidence.standing import too_short
from segue.schedule.queries import planned_or_404, turn_or_404
from segue.shared.notices import offer_undo, say
from segue.work.transition.actions import gaps as actions
from segue.work.transition.closing_forms import GapForm, RecordForm
from segue.work.transition.gap_plan import MOST_AT_A_TIME, crowded
from segue.work.transition.models import GapTask
from segue.work.transition.queries import gaps as queries
from segue.work.transition.queries.three_views import closing_of
from segue.work.transition.views.trail import trail

REMOVED = "transition-removed-gap"
SHOWN = 6


@require_safe
def list_gaps(request: HttpRequest) -> HttpResponse:
    """The gaps in 30, 60 and 90 days, and what the gate still lacks."""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    page = queries.gaps_page(learner, turn, closing_of(learner))
    kept = page.entry.confidentiality if page.entry else Confidentiality.PRIVATE
    context = {
        "page": page,
        "first": page.suggestions[:SHOWN],
        "others": page.suggestions[SHOWN:],
        "record": RecordForm(initial={"confidentiality": kept}),
        "crumbs": trail(("Gap plan", "")),
    }
    return render(request, "transition/list_gaps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_gap(request: HttpRequest) -> HttpResponse:
    """Plans a gap, begun from a line of the gate or from nothing."""
    learner = learner_of(request)
    turn = turn_or_404(learner)
    subjects, activities = queries.subjects_of(learner, turn), queries.activities_of(turn)
    first = queries.begun_from(turn, request.GET.get("line", ""))
    form = GapForm(request.POST or None, initial=first, subjects=subjects, activities=activities)
    if request.method == "POST" and form.is_valid():
        task = actions.add_gap(learner, form.cleaned_data)
        _say_kept(request, task, turn)
        return redirect("transition:list-gaps")
    return _edit(request, form, None)


def _say_kept(request: HttpRequest, task: GapTask, turn: Turn) -> None:
    days = list(task.learner.gap_tasks.filter(closed_on=None).values_list("due_on", flat=True))
    many = crowded(task.due_on, days, turn.today)
    more = f" That makes {many} at a time; {MOST_AT_A_TIME} are easier to close." if many else ""
    say(request, f"Planned by {written_date(task.due_on)}.{more}", "care" if many else "good")


def _edit(request: HttpRequest, form: GapForm, task: GapTask | None) -> HttpResponse:
    here = "Change a gap" if task else "Add a gap"
    crumbs = trail(("Gap plan", reverse("transition:list-gaps")), (here, ""))
    context = {"form": form, "task": task, "crumbs": crumbs}
    return render(request, "transition/edit_gap.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_gap(request: HttpRequest, key: str) -> HttpResponse:
    """Changes a gap."""
    learner = learner_of(request)
    turn, task = turn_or_404(learner), queries.task_or_404(learner, key)
    subjects, activities = queries.subjects_of(learner, turn), queries.activities_of(turn, task.activity_id)
    first = {name: getattr(task, name) for name in actions.COLUMNS}
    form = GapForm(request.POST or None, initial=first, before=task.due_on, subjects=subjects, activities=activities)
    if request.method == "POST" and form.is_valid():
        _say_kept(request, actions.change_gap(task, form.cleaned_data), turn)
        return redirect("transition:list-gaps")
    return _edit(request, form, task)


@require_POST
def close_gap(request: HttpRequest, key: str) -> HttpResponse:
    """Leaves a gap open on purpose, or found closed; the undo brings it back."""
    learner = learner_of(request)
    planned_or_404(learner)
    actions.close_gap(queries.task_or_404(learner, key), is_closed=True)
    offer_undo(request, "Out of the plan, and kept below.", reverse("transition:reopen-gap", args=[key]))
    return redirect("transition:list-gaps")


@require_POST
def reopen_gap(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a gap up again."""
    learner = learner_of(request)
    planned_or_404(learner)
    actions.close_gap(queries.task_or_404(learner, key), is_closed=False)
    say(request, "It is in the plan again.", "info")
    return redirect("transition:list-gaps")


@require_POST
def remove_gap(request: HttpRequest, key: str) -> HttpResponse:
    """Takes a gap out that was planned by mistake; the undo brings it back."""
    learner = learner_of(request)
    planned_or_404(learner)
    request.session[REMOVED] = actions.remove_gap(queries.task_or_404(learner, key))
    offer_undo(request, "The gap is removed.", reverse("transition:restore-gap", args=[key]))
    return redirect("transition:list-gaps")


@require_POST
def restore_gap(request: HttpRequest, key: str) -> HttpResponse:
    """Brings back the gap that was removed last."""
    learner, kept = learner_of(request), request.session.get(REMOVED, {})
    planned_or_404(learner)
    if kept.get("key") != key:
        say(request, "Nothing is left to bring back: another gap was removed since.", "care")
        return redirect("transition:list-gaps")
    actions.restore_gap(learner, kept)
    del request.session[REMOVED]
    say(request, "The gap is back.", "info")
    return redirect("transition:list-gaps")


@require_POST
def pin_gap(request: HttpRequest, key: str) -> HttpResponse:
    """Puts the activity that closes a gap into the plan, early enough for its day."""
    learner = learner_of(request)
    turn, task = turn_or_404(learner), queries.task_or_404(learner, key)
    day = actions.pin_gap(task, turn)
    words = f"“{turn.activities[task.activity_id].title}” begins on {written_date(day)}. The plan has moved around it."
    offer_undo(request, words, reverse("transition:unpin-gap", args=[key]))
    return redirect("transition:list-gaps")


@require_POST
def unpin_gap(request: HttpRequest, key: str) -> HttpResponse:
    """Takes that back."""
    learner = learner_of(request)
    planned_or_404(learner)
    actions.unpin_gap(queries.task_or_404(learner, key))
    say(request, "Taken back: the plan sets its day again.", "info")
    return redirect("transition:list-gaps")


@require_POST
def record_gaps(request: HttpRequest) -> HttpResponse:
    """Records the gap plan as evidence, or a new version of it."""
    learner = learner_of(request)
    entry = actions.record_gaps(learner, turn_or_404(learner), request.POST.get("confidentiality", ""))
    say(request, f"The gap plan is in the ledger as entry {entry.number}.{too_short(entry)}")
    return redirect("evidence:show-entry", entry.number)
