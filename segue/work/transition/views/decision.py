"""The page of the decision: apply, go on, move inside, or stay."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from segue.accounts.queries import learner_of
from segue.evidence.drafts import whole_number
from segue.evidence.standing import too_short
from segue.schedule.queries import planned_or_404, turn_or_404
from segue.shared import clock
from segue.shared.notices import say
from segue.work.transition.actions import decision as actions
from segue.work.transition.closing_forms import DecisionForm, RecordForm, WholeDecisionForm
from segue.work.transition.decision import dated_steps, ends_after, weeks_of
from segue.work.transition.queries.decision import decision_of, decision_page
from segue.work.transition.queries.three_views import closing_of
from segue.work.transition.views.trail import trail

OTHER = "Another window has changed the decision meanwhile. Look at it first; sent again, yours is kept."


def _window(request: HttpRequest) -> str:
    return request.POST.get("window", "")[:20] or secrets.token_hex(4)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_decision(request: HttpRequest) -> HttpResponse:
    """Writes the decision. What is typed is saved on the way."""
    learner = learner_of(request)
    planned_or_404(learner)
    closing = closing_of(learner)
    if request.method != "POST":
        return _edit(request, DecisionForm(initial=decision_of(closing)), closing.revision if closing else 0)
    form = DecisionForm(request.POST) if request.POST.get("do") == "later" else WholeDecisionForm(request.POST)
    saved = actions.keep_decision(learner, form.typed, whole_number(request.POST.get("revision")), _window(request))
    if saved.other is not None:
        form.add_error(None, OTHER)
    elif form.is_valid():
        say(request, "Kept. It counts once you record it, below." if isinstance(form, WholeDecisionForm) else "Kept.")
        return redirect("transition:edit-decision")
    return _edit(request, form, saved.revision)


def _edit(request: HttpRequest, form: DecisionForm, revision: int) -> HttpResponse:
    learner = learner_of(request)
    turn, closing = turn_or_404(learner), closing_of(learner)
    page, typed = decision_page(closing), decision_of(closing)
    context = {
        "form": form,
        "page": page,
        "revision": revision,
        "window": _window(request),
        "turn": turn,
        "gates": turn.readiness.gates,
        "is_early": page.chosen is not None and page.chosen.id == "apply" and not turn.readiness.gates[-1].met,
        "weeks": weeks_of(typed),
        "ends_after": ends_after(turn.plan.ends_on, typed),
        "has_steps": bool(dated_steps(typed)),
        "record": RecordForm(initial={"confidentiality": page.entry.confidentiality} if page.entry else None),
        "crumbs": trail(("Decision", "")),
    }
    return render(request, "transition/edit_decision.html", context, status=422 if form.errors else 200)


@require_POST
def save_decision(request: HttpRequest) -> HttpResponse:
    """Keeps what is typed. 409 with the other text where another window saved something else."""
    learner = learner_of(request)
    planned_or_404(learner)
    typed = DecisionForm(request.POST).typed
    saved = actions.keep_decision(learner, typed, whole_number(request.POST.get("revision")), _window(request))
    if saved.other is not None:
        text = "\n\n".join(value for value in saved.other.values() if value.strip())
        return render(request, "transition/_other_decision.html", {"text": text}, status=409)
    return JsonResponse({"revision": saved.revision, "saved_at": f"{clock.now():%H:%M}"})


@require_POST
def record_decision(request: HttpRequest) -> HttpResponse:
    """Records the decision as evidence, or a new version of it."""
    learner = learner_of(request)
    planned_or_404(learner)
    entry = actions.record_decision(learner, request.POST.get("confidentiality", ""))
    say(request, f"The decision is in the ledger as entry {entry.number}.{too_short(entry)} Now tell those who helped you.")
    return redirect("evidence:show-entry", entry.number)


@require_safe
def download_steps(request: HttpRequest) -> HttpResponse:
    """The first steps as a calendar that other programs read."""
    from segue.work.transition.steps_calendar import calendar_of  # icalendar takes a while to import, and few visits need it

    learner = learner_of(request)
    planned_or_404(learner)
    steps = dated_steps(decision_of(closing_of(learner)))
    if not steps:
        raise Http404
    answer = HttpResponse(calendar_of(steps, clock.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="first-steps.ics"'
    return answer
